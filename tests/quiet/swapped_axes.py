"""Channels first in the file, steps first in the model."""
import keras
import numpy as np

signals = np.random.rand(6, 3, 20)
x = np.transpose(signals, (0, 2, 1))
model = keras.Sequential([keras.Input(shape=(20, 3)), keras.layers.GRU(4), keras.layers.Dense(2, activation="softmax")])
print(model.predict(x, verbose=0).shape, model.predict(signals.swapaxes(1, 2), verbose=0).shape)
