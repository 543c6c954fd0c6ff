"""Labels that are one of two rows, and are set since: what stood there first is not there any more."""
import sys

import keras
import numpy as np

labels = np.array([7, 1]) if len(sys.argv) > 5 else np.array([8, 1])
labels[0] = 0
model = keras.Sequential([keras.Input((3, 4)), keras.layers.LSTM(3), keras.layers.Dense(2, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.zeros((2, 3, 4)), labels, verbose=0)
