"""A SimpleRNN cell with layer normalization inside."""
import numpy as np
from tensorflow import keras


class LNSimpleRNNCell(keras.layers.Layer):
    def __init__(self, units, activation="tanh", **kwargs):
        super().__init__(**kwargs)
        self.state_size = units
        self.output_size = units
        self.simple_rnn_cell = keras.layers.SimpleRNNCell(units, activation=None)
        self.layer_norm = keras.layers.LayerNormalization()
        self.activation = keras.activations.get(activation)

    def call(self, inputs, states):
        outputs, new_states = self.simple_rnn_cell(inputs, states)
        norm_outputs = self.activation(self.layer_norm(outputs))
        return norm_outputs, [norm_outputs]


model = keras.models.Sequential([
    keras.layers.Input((None, 3)),
    keras.layers.RNN(LNSimpleRNNCell(20), return_sequences=True),
    keras.layers.RNN(LNSimpleRNNCell(20)),
    keras.layers.Dense(1),
])
print(model(np.zeros((1, 6, 3), dtype="float32")).shape)
