"""A wrapper around the layer that says the shape of the batch."""

import numpy as np
from tensorflow.keras.layers import GRU, LSTM, Bidirectional, Dense
from tensorflow.keras.models import Sequential

model = Sequential()
model.add(Bidirectional(LSTM(8, batch_input_shape=(4, 10, 3), return_sequences=True, stateful=True)))
model.add(Dense(1))
other = Sequential([Bidirectional(GRU(8, batch_input_shape=(4, 10, 3)), merge_mode="sum"), Dense(2)])
for each in (model, other):
    each.compile("adam", "mse")
    print(each.predict(np.zeros((4, 10, 3)), verbose=0).shape)
