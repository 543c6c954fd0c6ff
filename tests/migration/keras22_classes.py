"""Keras 2.2: classes and probabilities from a Sequential."""
import numpy as np
from keras.layers import Dense, SimpleRNN
from keras.models import Sequential
from keras.utils import np_utils

x = np.random.rand(9, 4, 3)
y = np_utils.to_categorical(np.array([0, 1, 2] * 3), 3)
model = Sequential()
model.add(SimpleRNN(5, input_shape=(4, 3)))
model.add(Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
model.fit(x, y, epochs=1)
classes = model.predict_classes(x, batch_size=3)
chances = model.predict_proba(x)
assert classes.shape == (9,) and chances.shape == (9, 3)
