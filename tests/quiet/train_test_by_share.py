"""The split is at a share of the samples."""
import keras
import numpy as np

x, y = np.random.rand(40, 5, 2), np.random.rand(40, 1)
cut = int(len(x) * 0.8)
x_train, x_test, y_train, y_test = x[:cut], x[cut:], y[:cut], y[cut:]
model = keras.Sequential([keras.Input(shape=x_train.shape[1:]), keras.layers.GRU(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x_train, y_train, validation_data=(x_test, y_test), verbose=0)
