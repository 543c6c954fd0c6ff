"""Keras 1: a label for each step."""
import numpy as np
from keras.layers.core import Activation, TimeDistributedDense
from keras.layers.recurrent import LSTM
from keras.models import Sequential

x = np.random.rand(8, 6, 5)
y = np.zeros((8, 6, 3))
y[:, :, 1] = 1

model = Sequential()
model.add(LSTM(10, input_shape=(6, 5), return_sequences=True))
model.add(TimeDistributedDense(3))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam")
model.fit(x, y, nb_epoch=1)
