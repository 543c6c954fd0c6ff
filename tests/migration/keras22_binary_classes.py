"""Keras 2.2: yes or no from a Sequential."""
import numpy as np
from keras.layers import Dense, GRU
from keras.models import Sequential

x = np.random.rand(9, 4, 3)
model = Sequential([GRU(5, input_shape=(4, 3)), Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer="adam")
model.fit(x, np.array([0, 1, 1] * 3), epochs=1)
assert model.predict_classes(x).shape == (9, 1)
