"""Layers in __init__, the way of the tensors in call."""
import keras
import numpy as np
from keras import layers


class Forecaster(keras.Model):
    def __init__(self, units, horizon):
        super().__init__()
        self.lstm = layers.LSTM(units, return_sequences=True)
        self.last = layers.LSTM(units)
        self.drop = layers.Dropout(0.1)
        self.head = layers.Dense(horizon)

    def call(self, x, training=False):
        x = self.lstm(x)
        x = self.drop(x, training=training)
        return self.head(self.last(x))


model = Forecaster(8, 3)
model.compile(loss="mse", optimizer="adam")
model.fit(np.random.rand(8, 6, 2), np.random.rand(8, 3), verbose=0)
