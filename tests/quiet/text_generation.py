"""Characters, one-hot, and a softmax over them."""
import keras
import numpy as np

text = "the quick brown fox jumps over the lazy dog " * 3
chars = sorted(set(text))
index = {c: i for i, c in enumerate(chars)}
maxlen, step = 10, 3
sentences, following = [], []
for i in range(0, len(text) - maxlen, step):
    sentences.append(text[i:i + maxlen])
    following.append(text[i + maxlen])
x = np.zeros((len(sentences), maxlen, len(chars)), dtype=bool)
y = np.zeros((len(sentences), len(chars)), dtype=bool)
for i, sentence in enumerate(sentences):
    for t, char in enumerate(sentence):
        x[i, t, index[char]] = 1
    y[i, index[following[i]]] = 1
model = keras.Sequential([
    keras.Input(shape=(maxlen, len(chars))),
    keras.layers.LSTM(16),
    keras.layers.Dense(len(chars), activation="softmax"),
])
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.RMSprop(learning_rate=0.01))
model.fit(x.astype("float32"), y.astype("float32"), verbose=0)
