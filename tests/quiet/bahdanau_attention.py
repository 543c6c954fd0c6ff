"""Scores of every encoder step against the last state."""
import keras
import numpy as np
from keras import layers


class Bahdanau(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.w1 = layers.Dense(units)
        self.w2 = layers.Dense(units)
        self.v = layers.Dense(1)

    def call(self, query, values):
        query = query[:, None, :]
        score = self.v(keras.activations.tanh(self.w1(query) + self.w2(values)))
        weights = keras.activations.softmax(score, axis=1)
        return weights * values


values = np.random.rand(2, 7, 16).astype("float32")
query = np.random.rand(2, 16).astype("float32")
print(Bahdanau(10)(query, values).shape)
