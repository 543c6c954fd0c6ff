"""Keras 1: a convolution before the recurrence."""
import numpy as np
from keras.layers.convolutional import Convolution1D, MaxPooling1D
from keras.layers.core import Dense
from keras.layers.recurrent import GRU
from keras.models import Sequential

model = Sequential()
model.add(Convolution1D(nb_filter=8, filter_length=3, border_mode="same", activation="relu", input_shape=(12, 4)))
model.add(MaxPooling1D(pool_length=2, stride=2))
model.add(GRU(output_dim=6))
model.add(Dense(output_dim=1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(np.random.rand(16, 12, 4), np.random.randint(0, 2, (16, 1)), nb_epoch=1)
