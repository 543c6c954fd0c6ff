"""Named entities: a tag for each word. What a CRF would sit on, without it."""
import numpy as np
from tensorflow.keras import Model
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Dropout, Embedding, Input, TimeDistributed
from tensorflow.keras.preprocessing.sequence import pad_sequences
from tensorflow.keras.utils import to_categorical

sentences = [["Ada", "wrote", "to", "Charles"], ["Rome", "is", "far"], ["Ada", "saw", "Rome"]]
tags = [["PER", "O", "O", "PER"], ["LOC", "O", "O"], ["PER", "O", "LOC"]]

MAX_LEN = 12
EMBEDDING = 20
word2idx = {w: i + 2 for i, w in enumerate(["Ada", "wrote", "to", "Charles", "Rome", "is", "far", "saw"])}
word2idx["PAD"] = 0
word2idx["UNK"] = 1
tag2idx = {"O": 0, "PER": 1, "LOC": 2}
n_words = len(word2idx)
n_tags = len(tag2idx)

X = [[word2idx.get(w, 1) for w in s] for s in sentences]
X = pad_sequences(maxlen=MAX_LEN, sequences=X, padding="post", value=word2idx["PAD"])
y = [[tag2idx[t] for t in s] for s in tags]
y = pad_sequences(maxlen=MAX_LEN, sequences=y, padding="post", value=tag2idx["O"])
y = np.array([to_categorical(i, num_classes=n_tags) for i in y])

word_in = Input(shape=(MAX_LEN,))
emb = Embedding(input_dim=n_words, output_dim=EMBEDDING, mask_zero=True)(word_in)
emb = Dropout(0.1)(emb)
lstm = Bidirectional(LSTM(units=50, return_sequences=True, recurrent_dropout=0.1))(emb)
out = TimeDistributed(Dense(n_tags, activation="softmax"))(lstm)

model = Model(word_in, out)
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
loss = model.evaluate(X, y, verbose=0)
