"""A stateful net that carries its memory from batch to batch until it is told to forget."""
import numpy as np
from tensorflow.keras.layers import LSTM, Dense, Input
from tensorflow.keras.models import Sequential

batch_size, tsteps = 5, 1
cos = np.cos(np.arange(100) / 5.0)[:, np.newaxis, np.newaxis]
expected = np.roll(cos, -1, axis=0)[:, 0]

model = Sequential()
model.add(Input(batch_shape=(batch_size, tsteps, 1)))
model.add(LSTM(20, return_sequences=True, stateful=True))
model.add(LSTM(20, return_sequences=False, stateful=True))
model.add(Dense(1))
model.compile(loss='mse', optimizer='rmsprop')

for epoch in range(2):
    model.fit(cos[:10], expected[:10], batch_size=batch_size, epochs=1, verbose=0, shuffle=False)
    for layer in model.layers:
        if hasattr(layer, 'reset_states'):
            layer.reset_states()
