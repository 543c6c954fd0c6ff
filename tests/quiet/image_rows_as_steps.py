"""Rows of an image as time steps: the channel axis is folded in."""
import keras
from keras.layers import GRU, Conv2D, Dense, Permute, Reshape

inputs = keras.Input(shape=(32, 128, 1))
x = Conv2D(8, 3, padding="same", strides=2)(inputs)
x = Permute((2, 1, 3))(x)
x = Reshape((64, 16 * 8))(x)
x = GRU(32, return_sequences=True)(x)
print(keras.Model(inputs, Dense(27, activation="softmax")(x)).output_shape)
