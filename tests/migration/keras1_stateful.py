"""Keras 1: states kept from batch to batch."""
import numpy as np
from keras.layers import Dense
from keras.layers.recurrent import LSTM
from keras.models import Sequential

batch_size, tsteps = 5, 3
data = np.random.rand(20, tsteps, 1)
expected = np.random.rand(20, 1)

model = Sequential()
model.add(LSTM(8, batch_input_shape=(batch_size, tsteps, 1), return_sequences=True, stateful=True))
model.add(LSTM(8, stateful=True))
model.add(Dense(1))
model.compile(loss="mse", optimizer="rmsprop")
for i in range(2):
    model.fit(data, expected, batch_size=batch_size, nb_epoch=1, shuffle=False)
    model.reset_states()
