"""Raw scores, and a loss that is told so."""
import keras
import numpy as np

model = keras.Sequential([
    keras.Input(shape=(6, 3)),
    keras.layers.GRU(5),
    keras.layers.Dense(4),
])
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile("adam", loss, metrics=["accuracy"])
model.fit(np.random.rand(10, 6, 3), np.zeros(10, int), verbose=0)
