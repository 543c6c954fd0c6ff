"""A code of two parts, and a decoder that repeats it."""
import keras
from keras import layers

inputs = keras.Input(shape=(10, 3))
hidden = layers.LSTM(16)(inputs)
mean, spread = layers.Dense(2)(hidden), layers.Dense(2)(hidden)
code = layers.Add()([mean, spread])
decoded = layers.LSTM(16, return_sequences=True)(layers.RepeatVector(10)(code))
print(keras.Model(inputs, layers.TimeDistributed(layers.Dense(3))(decoded)).output_shape)
