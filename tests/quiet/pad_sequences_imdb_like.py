"""Lists of any length, padded to one."""
import keras
import numpy as np

texts = [[3, 4, 5], [1, 2], [7, 8, 9, 10, 2, 1]]
x = keras.preprocessing.sequence.pad_sequences(texts, maxlen=5, padding="post")
y = np.array([0, 1, 1])
model = keras.Sequential([
    keras.Input(shape=(5,)),
    keras.layers.Embedding(20, 4),
    keras.layers.LSTM(6),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, verbose=0)
