"""A cell of one's own, one and then two of it, in an RNN."""
import keras
from keras import layers
import tensorflow as tf


class MinimalRNNCell(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, self.units), initializer="uniform", name="recurrent_kernel"
        )
        self.built = True

    def call(self, inputs, states):
        prev_output = states[0]
        h = tf.matmul(inputs, self.kernel)
        output = h + tf.matmul(prev_output, self.recurrent_kernel)
        return output, [output]


cell = MinimalRNNCell(32)
x = keras.Input((None, 5))
layer = layers.RNN(cell)
y = layer(x)
first = keras.Model(x, y)

cells = [MinimalRNNCell(32), MinimalRNNCell(64)]
x = keras.Input((None, 5))
layer = layers.RNN(cells)
y = layer(x)
second = keras.Model(x, y)
