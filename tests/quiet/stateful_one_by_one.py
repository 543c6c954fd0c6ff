"""Batches of one step, predicted one after the other."""
import keras
import numpy as np

inputs = keras.Input(batch_shape=(1, 1, 3))
outputs = keras.layers.GRU(4, stateful=True)(inputs)
model = keras.Model(inputs, outputs)
for row in np.random.rand(3, 3):
    print(model.predict(row.reshape(1, 1, 3), verbose=0).shape)
