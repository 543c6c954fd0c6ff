"""Dense(1) on every step against targets of as many steps."""
import keras
import numpy as np
from keras.layers import GRU, Dense

x, y = np.random.rand(8, 5, 3), np.random.rand(8, 5, 1)
model = keras.Sequential([keras.Input(shape=(5, 3)), GRU(6, return_sequences=True), Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, validation_split=0.25, verbose=0)
