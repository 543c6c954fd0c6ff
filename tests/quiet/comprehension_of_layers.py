"""Layers from a comprehension, called one after the other."""
import keras
from keras.layers import LSTM, Dense

stack = [LSTM(u, return_sequences=True) for u in (16, 8, 4)]
x = inputs = keras.Input(shape=(6, 3))
for layer in stack:
    x = layer(x)
print(keras.Model(inputs, Dense(1)(x)).output_shape)
