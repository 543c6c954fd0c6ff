"""A horizon of several values, one unit for each."""
import keras
import numpy as np

HORIZON = 4
series = np.sin(np.arange(60) / 5)
x = np.array([series[i:i + 10] for i in range(len(series) - 10 - HORIZON)])[..., np.newaxis]
y = np.array([series[i + 10:i + 10 + HORIZON] for i in range(len(series) - 10 - HORIZON)])
model = keras.Sequential([keras.Input(shape=(10, 1)), keras.layers.LSTM(8), keras.layers.Dense(HORIZON)])
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
print(model.evaluate(x, y, verbose=0))
