"""The states go in and out of the model."""
import keras
import numpy as np
from keras import layers


class Generator(keras.Model):
    def __init__(self, vocabulary, width, units):
        super().__init__()
        self.embedding = layers.Embedding(vocabulary, width)
        self.gru = layers.GRU(units, return_sequences=True, return_state=True)
        self.dense = layers.Dense(vocabulary)

    def call(self, tokens, states=None, return_state=False):
        x = self.embedding(tokens)
        if states is None:
            x, states = self.gru(x)
        else:
            x, states = self.gru(x, initial_state=states)
        x = self.dense(x)
        if return_state:
            return x, states
        return x


model = Generator(30, 8, 16)
tokens = np.zeros((2, 7), dtype="int32")
logits, states = model(tokens, return_state=True)
logits, states = model(tokens[:, :1], states=states, return_state=True)
print(logits.shape, states.shape)
