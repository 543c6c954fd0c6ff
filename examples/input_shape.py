"""The shape of the whole array, samples and all, given as the shape of one sample."""

import numpy as np
from tensorflow.keras.layers import GRU, Dense
from tensorflow.keras.models import Sequential

train_x = np.random.rand(200, 12, 3)

model = Sequential()
model.add(GRU(units=16, input_shape=train_x.shape))
model.add(Dense(1))
