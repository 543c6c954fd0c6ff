"""Reading the gates of an LSTM as an answer of 2017 taught it: those attributes are gone, the weights are fused."""

import keras

units, timesteps, features = 8, 20, 3

lstm = keras.layers.LSTM(units)
model = keras.Sequential([keras.Input(shape=(timesteps, features)), lstm])

print("candidate weights", lstm.kernel_c.shape)
print("forget bias", lstm.bias_f.shape)
print("output gate", lstm.recurrent_kernel_o.shape)
