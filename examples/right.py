"""Looks wrong and is right: the branch decides how many states there are, and the loop where sequences end."""

import keras
import numpy as np
from keras import layers

UNITS = [32, 32, 16]


def encode(x, both_ways):
    if both_ways:
        _, forward_h, forward_c, backward_h, backward_c = layers.Bidirectional(layers.LSTM(16, return_state=True))(x)
        return [layers.Concatenate()([forward_h, backward_h]), layers.Concatenate()([forward_c, backward_c])]
    _, h, c = layers.LSTM(32, return_state=True)(x)
    return [h, c]


inputs = keras.Input(shape=(30, 4))
states = encode(inputs, both_ways=True)
x = layers.RepeatVector(10)(layers.Dense(8)(states[0]))
x = layers.LSTM(32, return_sequences=True)(x, initial_state=states)
for depth, units in enumerate(UNITS):
    x = layers.LSTM(units, return_sequences=depth < len(UNITS) - 1)(x)
model = keras.Model(inputs, layers.Dense(1)(x))
model.compile(optimizer="adam", loss="mse")
print(model.predict(np.zeros((2, 30, 4))).shape)
