"""Both arms give one rank, of different widths."""
import os

import keras
from keras.layers import LSTM, Bidirectional, Dense

inputs = keras.Input(shape=(6, 3))
if os.environ.get("BOTH"):
    x = Bidirectional(LSTM(8))(inputs)
else:
    x = LSTM(8)(inputs)
print(keras.Model(inputs, Dense(1)(x)).output_shape)
