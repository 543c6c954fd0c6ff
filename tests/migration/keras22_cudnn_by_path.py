"""Keras 2.2: the same by their whole paths."""
import keras
import numpy as np

model = keras.models.Sequential()
model.add(keras.layers.CuDNNLSTM(8, input_shape=(10, 3)))
model.add(keras.layers.Dense(2, activation="softmax"))
model.compile("adam", loss="categorical_crossentropy", metrics=["acc"])
labels = keras.utils.np_utils.to_categorical(np.array([0, 1] * 4))
model.fit(np.random.rand(8, 10, 3), labels, epochs=1)
