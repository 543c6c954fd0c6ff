"""Keras 2.2: two recurrences side by side."""
import numpy as np
from keras.layers import GRU, LSTM, Dense, Input
from keras.layers.merge import concatenate
from keras.layers.normalization import BatchNormalization
from keras.layers.wrappers import Bidirectional, TimeDistributed
from keras.models import Model

inputs = Input(shape=(6, 3))
steps = TimeDistributed(Dense(4))(inputs)
both = concatenate([LSTM(4)(steps), Bidirectional(GRU(4))(steps)])
outputs = Dense(1)(BatchNormalization()(both))
model = Model(inputs=inputs, outputs=outputs)
model.compile(loss="mse", optimizer="adam")
model.fit(np.random.rand(8, 6, 3), np.random.rand(8, 1), epochs=1)
