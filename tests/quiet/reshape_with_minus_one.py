"""Reshape finds one size by itself."""
import keras
from keras.layers import LSTM, Conv2D, Dense, Reshape

inputs = keras.Input(shape=(20, 20, 3))
x = Conv2D(4, 5)(inputs)
x = Reshape((16, -1))(x)
model = keras.Model(inputs, Dense(1)(LSTM(8)(x)))
print(model.output_shape)
