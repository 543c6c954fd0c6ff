"""The shape of one sample, taken from the array."""
import numpy as np
import keras
from keras.layers import GRU, Dense

x = np.random.rand(30, 12, 5)
y = np.random.rand(30)
model = keras.Sequential([GRU(8, input_shape=x.shape[1:]), Dense(1)])
model.compile("sgd", "mae")
model.fit(x, y, verbose=0)
print(model.predict(x[:3], verbose=0).shape)
