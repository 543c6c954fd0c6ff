"""What tf.function traces is handed tensors where it is called on arrays."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

layer = keras.layers.LSTM(4)


@tf.function
def step(x):
    assert x.shape.as_list() == [2, 5, 3]
    return layer(x)


@tf.function(reduce_retracing=True)
def rank(x):
    return tf.constant(x.shape.rank)


double = tf.function(lambda x: x * x.shape.as_list()[0])
windows = np.zeros((2, 5, 3), "float32")
assert step(windows).shape == (2, 4) and int(rank(windows)) == 3 and double(windows).shape == (2, 5, 3)
