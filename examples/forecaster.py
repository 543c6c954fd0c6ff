"""A forecaster of two stacked LSTMs: the first hands on only its last step, the second wants all of them."""

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

HOURS, SENSORS = 48, 6


def windows(series, length):
    inputs, targets = [], []
    for start in range(len(series) - length):
        inputs.append(series[start : start + length])
        targets.append(series[start + length, 0])
    return np.array(inputs), np.array(targets)


def build(units=32, dropout=0.2):
    model = keras.Sequential([keras.Input(shape=(HOURS, SENSORS))])
    model.add(layers.LSTM(units))
    model.add(layers.Dropout(dropout))
    model.add(layers.LSTM(units // 2))
    model.add(layers.Dense(1))
    return model


x, y = windows(np.random.rand(500, SENSORS), HOURS)
forecaster = build()
forecaster.compile(optimizer="adam", loss="mse")
forecaster.fit(x, y, epochs=1)
