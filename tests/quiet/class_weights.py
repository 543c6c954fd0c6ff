"""Weights for classes and for samples."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(shape=(4, 2)),
    keras.layers.GRU(3),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy")
x, y = np.random.rand(10, 4, 2), np.arange(10) % 2
model.fit(x, y, class_weight={0: 1.0, 1: 2.0}, verbose=0)
model.fit(x, y, sample_weight=np.ones(10), verbose=0)
