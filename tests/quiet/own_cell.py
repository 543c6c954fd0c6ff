"""A cell of one's own keeps what its state_size tells."""
import keras
import numpy as np


class Minimal(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="uniform", name="kernel")
        self.recurrent = self.add_weight(shape=(self.units, self.units), initializer="uniform", name="recurrent")
        self.built = True

    def call(self, inputs, states):
        before = states[0]
        after = inputs @ self.kernel + before @ self.recurrent
        return after, [after]


layer = keras.layers.RNN(Minimal(6), return_sequences=True)
print(layer(np.random.rand(2, 5, 3).astype("float32")).shape)
