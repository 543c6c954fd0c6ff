"""Batches from tf.data."""
import keras
import numpy as np
import tensorflow as tf

x, y = np.random.rand(20, 6, 3), np.random.rand(20, 1)
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(20).batch(4)
model = keras.Sequential([keras.Input(shape=(6, 3)), keras.layers.GRU(4), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(data, epochs=1, verbose=0)
