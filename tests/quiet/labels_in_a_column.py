"""One label for each step, each in a row of its own."""
import keras
import numpy as np
from keras.layers import LSTM, Dense

model = keras.Sequential([keras.Input(shape=(5, 3)), LSTM(6, return_sequences=True), Dense(4, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(np.random.rand(8, 5, 3), np.zeros((8, 5, 1), int), verbose=0)
