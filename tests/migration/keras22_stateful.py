"""Keras 2.2: a stateful stack, made from a list."""
import numpy as np
from keras.layers import LSTM, Dense
from keras.models import Sequential

batch_size = 4
model = Sequential([
    LSTM(6, batch_input_shape=(batch_size, 5, 3), stateful=True, return_sequences=True),
    LSTM(6, stateful=True),
    Dense(1),
])
model.compile(loss="mean_squared_error", optimizer="adam")
x, y = np.random.rand(8, 5, 3), np.random.rand(8, 1)
for epoch in range(2):
    model.fit(x, y, epochs=1, batch_size=batch_size, verbose=0, shuffle=False)
    model.reset_states()
