"""Keras 1: characters in, the next character out."""
from __future__ import print_function

import numpy as np
from keras.layers.core import Activation, Dense, Dropout
from keras.layers.recurrent import LSTM
from keras.models import Sequential
from keras.optimizers import RMSprop

maxlen, chars = 12, 20
X = np.zeros((64, maxlen, chars), dtype="bool")
y = np.zeros((64, chars), dtype="bool")
X[:, :, 3] = 1
y[:, 5] = 1

model = Sequential()
model.add(LSTM(output_dim=32, return_sequences=True, input_shape=(maxlen, chars), init="glorot_uniform"))
model.add(Dropout(p=0.2))
model.add(LSTM(output_dim=32, inner_init="orthogonal", inner_activation="hard_sigmoid", consume_less="gpu"))
model.add(Dense(output_dim=chars))
model.add(Activation("softmax"))
model.compile(loss="categorical_crossentropy", optimizer=RMSprop(lr=0.01))
model.fit(X, y, batch_size=16, nb_epoch=1)
