"""Several series side by side make the features."""
import keras
import numpy as np

a, b, c = (np.random.rand(30) for _ in range(3))
data = np.column_stack((a, b, c))
x = np.array([data[i:i + 5] for i in range(25)])
model = keras.Sequential([keras.Input(shape=(5, data.shape[1])), keras.layers.LSTM(4)])
print(model.predict(x, verbose=0).shape)
