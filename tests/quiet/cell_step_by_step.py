"""A cell takes one step and its states."""
import keras
import numpy as np
import tensorflow as tf

cell = keras.layers.LSTMCell(4)
states = [tf.zeros((2, 4)), tf.zeros((2, 4))]
for step in range(3):
    output, states = cell(tf.constant(np.random.rand(2, 3), "float32"), states)
print(output.shape)
