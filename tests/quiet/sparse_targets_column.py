"""Numbers of classes in a column, which the loss takes too."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(shape=(6, 3)),
    keras.layers.GRU(5),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(np.random.rand(10, 6, 3), np.zeros((10, 1), int), verbose=0)
