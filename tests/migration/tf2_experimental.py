"""tf.keras 2.x: a normalization that was still an experiment."""
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers.experimental import preprocessing

x = np.random.rand(8, 5, 2).astype("float32")
normalize = preprocessing.Normalization(axis=-1)
normalize.adapt(x)
model = tf.keras.Sequential([normalize, tf.keras.layers.LSTM(4), tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, np.random.rand(8, 1), epochs=1)
