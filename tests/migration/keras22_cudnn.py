"""Keras 2.2: the layers that ran on a GPU alone."""
import numpy as np
from keras.layers import Bidirectional, CuDNNGRU, CuDNNLSTM, Dense
from keras.models import Sequential
from keras.optimizers import Adam

model = Sequential()
model.add(Bidirectional(CuDNNLSTM(8, return_sequences=True), input_shape=(10, 3)))
model.add(CuDNNGRU(4))
model.add(Dense(1))
model.compile(Adam(lr=1e-3, decay=1e-4), loss="mse")
model.fit(np.random.rand(8, 10, 3), np.random.rand(8, 1), epochs=1)
