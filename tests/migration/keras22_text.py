"""Keras 2.2: words by the Tokenizer."""
import numpy as np
from keras.layers import LSTM, Dense, Embedding
from keras.models import Sequential
from keras.preprocessing.sequence import pad_sequences
from keras.preprocessing.text import Tokenizer

texts = ["a good film", "a bad film", "good good", "bad"]
tokenizer = Tokenizer(num_words=20)
tokenizer.fit_on_texts(texts)
x = pad_sequences(tokenizer.texts_to_sequences(texts), maxlen=4)
model = Sequential()
model.add(Embedding(20, 8, input_length=4))
model.add(LSTM(4, dropout=0.1, recurrent_dropout=0.1, implementation=2))
model.add(Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["acc"])
model.fit(x, np.array([1, 0, 1, 0]), epochs=1)
