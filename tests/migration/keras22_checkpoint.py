# needs --unsafe-fixes
"""Keras 2.2: weights kept on the way."""
import numpy as np
from keras.callbacks import ModelCheckpoint
from keras.layers import LSTM, Dense
from keras.models import Sequential

model = Sequential()
model.add(LSTM(4, input_shape=(5, 2)))
model.add(Dense(1))
model.compile(loss="mse", optimizer="adam")
keep = ModelCheckpoint("weights.hdf5", monitor="loss", save_best_only=True, save_weights_only=True, period=1)
model.fit(np.random.rand(8, 5, 2), np.random.rand(8, 1), epochs=1, callbacks=[keep])
model.save_weights("last.hdf5")
model.save("whole_model")
