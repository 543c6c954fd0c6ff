"""Keras 2.2: windows of a series by the TimeseriesGenerator."""
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential
from keras.preprocessing.sequence import TimeseriesGenerator

series = np.random.rand(30, 1)
windows = TimeseriesGenerator(series, series, length=4, batch_size=2)
x, y = windows[0]
model = Sequential()
model.add(LSTM(4, input_shape=(4, 1)))
model.add(Dense(1))
model.compile("adam", "mse")
model.fit(x, y, epochs=1)
