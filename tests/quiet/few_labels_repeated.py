"""A handful of labels is drawn and repeated: nothing tells that the greatest is among them."""
import keras
import numpy as np

np.random.seed(0)
labels = np.repeat(np.random.randint(0, 6, (2,)) % 5, 60)
drawn = np.tile(np.random.RandomState(7).randint(0, 6, (2,)), 60)
model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4), keras.layers.Dense(5, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
for y in (labels, drawn):
    model.fit(np.zeros((120, 5, 3)), y, verbose=0)
