"""Scaling by hand, with the scale kept for later."""
import keras
import numpy as np

data = np.random.rand(100, 3) * 50
low, high = data.min(axis=0), data.max(axis=0)
scaled = (data - low) / (high - low)
x = np.stack([scaled[i:i + 6] for i in range(len(scaled) - 6)])
y = scaled[6:, 0]
model = keras.Sequential([keras.Input(shape=(6, 3)), keras.layers.LSTM(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, verbose=0)
prices = model.predict(x[:5], verbose=0)[:, 0] * (high[0] - low[0]) + low[0]
print(prices.shape)
