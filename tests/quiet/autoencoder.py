"""One code for the whole sequence, repeated for each step of the output."""
import keras
import numpy as np
from keras.layers import LSTM, Dense, RepeatVector, TimeDistributed

x = np.random.rand(16, 8, 3)
model = keras.Sequential([
    keras.Input(shape=x.shape[1:]),
    LSTM(16),
    RepeatVector(x.shape[1]),
    LSTM(16, return_sequences=True),
    TimeDistributed(Dense(x.shape[2])),
])
model.compile("adam", "mae")
model.fit(x, x, verbose=0)
error = np.mean(np.abs(model.predict(x, verbose=0) - x), axis=(1, 2))
print(error.shape)
