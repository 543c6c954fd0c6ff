"""A table of 28 columns as 7 steps of 4 features."""
import keras
import numpy as np

table = np.random.rand(20, 29)
x, y = table[:, :-1].reshape(-1, 7, 4), table[:, -1]
model = keras.Sequential([keras.Input(shape=(7, 4)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
