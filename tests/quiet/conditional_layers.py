"""What follows a branch fits both of its arms."""
import os

import keras
from keras.layers import GRU, LSTM, Dense

deep = os.environ.get("DEEP") is not None
inputs = keras.Input(shape=(6, 3))
x = LSTM(8, return_sequences=deep)(inputs)
if deep:
    x = GRU(8)(x)
print(keras.Model(inputs, Dense(1)(x)).output_shape)
