"""Down by a convolution, up again by UpSampling1D."""
import keras
from keras.layers import LSTM, Conv1D, Dense, UpSampling1D

inputs = keras.Input(shape=(16, 3))
x = Conv1D(8, 3, strides=2, padding="same")(inputs)
x = LSTM(8, return_sequences=True)(x)
x = UpSampling1D(2)(x)
print(keras.Model(inputs, Dense(3)(x)).output_shape)
