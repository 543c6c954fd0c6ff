"""Keras 1: length and width of the input as two arguments."""
import numpy as np
from keras.layers import Dense, LSTM
from keras.models import Sequential

X = np.random.rand(12, 9, 2)
model = Sequential()
model.add(LSTM(4, input_length=X.shape[1], input_dim=X.shape[2]))
model.add(Dense(1))
model.compile(optimizer="adam", loss="mse")
model.fit(X, np.random.rand(12, 1), nb_epoch=1)
