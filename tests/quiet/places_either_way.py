"""The places that are not zero, in an array that is one of two: a tuple of rows, whichever it is."""
import sys

import keras
import numpy as np

chosen = np.ones(5) if len(sys.argv) > 5 else np.ones(6)
joined = np.concatenate((np.zeros(1), chosen[np.nonzero(chosen)]), axis=0)
place = 1 if len(sys.argv) > 5 else 0
windows = np.zeros((4, 6, 3))
assert joined.shape == (7,) and windows[place].shape == (6, 3)
model = keras.Sequential([keras.Input((6, 3)), keras.layers.LSTM(2)])
model.predict(windows[[place]], verbose=0)
