"""A generator of batches."""
import keras
import numpy as np


def batches(size):
    while True:
        yield np.random.rand(size, 5, 2), np.random.rand(size, 1)


model = keras.Sequential([keras.Input(shape=(5, 2)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(batches(4), steps_per_epoch=2, epochs=1, verbose=0)
