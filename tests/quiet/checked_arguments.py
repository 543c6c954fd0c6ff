"""A layer whose __init__ a decorator wraps, and scores by a product with the adjoint."""

import functools

import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import LSTM, Dense, Layer


def checked(function):
    @functools.wraps(function)
    def wrapped(self, units, **kwargs):
        return function(self, int(units), **kwargs)

    return wrapped


class Scores(Layer):
    @checked
    def __init__(self, units, scaled=True, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.scaled = scaled
        self.query, self.key = Dense(units), Dense(units)

    def call(self, inputs):
        query, key = self.query(inputs), self.key(inputs)
        scores = tf.matmul(query, key, adjoint_b=True)
        return scores / self.units**0.5 if self.scaled else scores


class WiderScores(Scores):
    def __init__(self, units):
        super().__init__(2 * units, scaled=False)


inputs = Input((7, 4))
steps = LSTM(6, return_sequences=True)(inputs)
both = tf.keras.layers.Concatenate()([Scores(3, scaled=True)(steps), WiderScores(3)(steps)])
model = Model(inputs, Dense(1)(both))
left, right = tf.ones((2, 4, 3)), tf.ones((2, 10, 3))
print(model(tf.ones((2, 7, 4))).shape, tf.matmul(left, right, adjoint_b=True).shape)


class Memory(Layer):
    @checked
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.values = Dense(units)

    def __call__(self, inputs, **kwargs):
        return super().__call__(inputs, **kwargs)

    def call(self, inputs):
        return self.values(inputs)
