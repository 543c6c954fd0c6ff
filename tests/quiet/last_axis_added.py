"""Keras adds a last axis of one to a series of numbers."""
import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(7, 1)), keras.layers.LSTM(4), keras.layers.Dense(1)])
x = np.random.rand(5, 7)
print(model.predict(x[..., None], verbose=0).shape, model.predict(x.reshape(5, 7, 1), verbose=0).shape)
