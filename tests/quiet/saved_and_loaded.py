"""Saved to a file, and loaded again."""
import os
import tempfile

import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(6, 2)), keras.layers.LSTM(4), keras.layers.Dense(1)])
path = os.path.join(tempfile.mkdtemp(), "model.keras")
model.save(path)
again = keras.models.load_model(path)
print(again.predict(np.zeros((1, 6, 2)), verbose=0).shape)
