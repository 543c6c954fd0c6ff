"""Keras 1: sentiment from words."""
import numpy as np
from keras.layers import Activation, Dense, Embedding, LSTM
from keras.models import Sequential
from keras.preprocessing import sequence
from keras.utils.np_utils import to_categorical

max_features, maxlen = 50, 10
X = sequence.pad_sequences([[1, 2, 3], [4, 5], [6, 7, 8, 9]] * 4, maxlen=maxlen)
y = to_categorical(np.array([0, 1, 1] * 4), 2)

model = Sequential()
model.add(Embedding(max_features, 16, input_length=maxlen))
model.add(LSTM(output_dim=8, dropout_W=0.2, dropout_U=0.2))
model.add(Dense(2))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(X, y, batch_size=4, nb_epoch=1)
