"""Kernel, recurrent kernel and bias, taken apart by gates and put back."""
import keras
import numpy as np

UNITS = 4
layer = keras.layers.LSTM(UNITS)
layer.build((None, 7, 3))
kernel, recurrent, bias = layer.get_weights()
forget = kernel[:, UNITS:2 * UNITS]
bias[UNITS:2 * UNITS] = 1.0
layer.set_weights([kernel, recurrent, bias])
print(forget.shape, np.split(kernel, 4, axis=1)[0].shape)
