"""A generator that gives inputs and targets in a list: Keras 2 takes it for a pair, Keras 3 wants a tuple."""
import numpy as np
from tensorflow import keras


def batches(pair):
    while True:
        yield pair(([np.zeros((4, 5, 3)), np.zeros((4, 1))]))


model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(1)])
model.compile("adam", "mse")
model.fit(batches(tuple), steps_per_epoch=1, epochs=1, verbose=0)
if not hasattr(keras, "ops"):
    model.fit(batches(list), steps_per_epoch=1, epochs=1, verbose=0)
