"""One label for each step."""
import keras
import numpy as np
from keras.layers import LSTM, Dense

x = np.random.rand(8, 5, 3)
model = keras.Sequential([keras.Input(shape=(5, 3)), LSTM(6, return_sequences=True), Dense(4, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, np.zeros((8, 5), int), verbose=0)
