"""Keras 2.2: optimizers by their small names."""
import numpy as np
from keras import optimizers
from keras.layers import GRU, Dense
from keras.models import Sequential

model = Sequential()
model.add(GRU(4, input_shape=(5, 2)))
model.add(Dense(1))
model.compile(loss="mse", optimizer=optimizers.adam(lr=0.001))
model.fit(np.random.rand(8, 5, 2), np.random.rand(8, 1), epochs=1)
