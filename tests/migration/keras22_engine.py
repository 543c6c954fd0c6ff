"""Keras 2.2: a layer's base class from `keras.engine`."""
import numpy as np
from keras.engine.topology import Layer, Input
from keras.layers import GRU, Dense
from keras.models import Model


class Doubled(Layer):
    def call(self, x):
        return 2 * x


inputs = Input(shape=(5, 3))
model = Model(inputs, Dense(1)(GRU(4)(Doubled()(inputs))))
model.compile("adam", "mse")
model.fit(np.random.rand(8, 5, 3), np.random.rand(8, 1), epochs=1)
