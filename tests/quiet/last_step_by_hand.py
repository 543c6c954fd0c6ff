"""Slicing a symbolic tensor takes the last step."""
import keras
from keras.layers import LSTM, Dense, Lambda

inputs = keras.Input(shape=(8, 3))
x = LSTM(5, return_sequences=True)(inputs)
a = Dense(1)(x[:, -1, :])
b = Dense(1)(Lambda(lambda t: t[:, 0], output_shape=(5,))(x))
print(keras.Model(inputs, [a, b]).output_shape)
