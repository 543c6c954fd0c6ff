"""An encoder that is a GRU has one state, not two; and the options dictionary speaks the language of Keras 1."""

from tensorflow import keras
from tensorflow.keras import layers

OPTIONS = {"dropout": 0.1, "inner_activation": "sigmoid"}


def encoder(tokens, vocabulary, units):
    embedded = layers.Embedding(vocabulary, 64)(tokens)
    sequence, hidden, cell = layers.GRU(units, return_sequences=True, return_state=True)(embedded)
    return sequence, hidden


def decoder(tokens, state, vocabulary, units):
    embedded = layers.Embedding(vocabulary, 64)(tokens)
    return layers.GRU(units, return_sequences=True, **OPTIONS)(embedded, initial_state=state)


source = keras.Input(shape=(None,), dtype="int32")
target = keras.Input(shape=(None,), dtype="int32")
_, thought = encoder(source, vocabulary=5000, units=128)
words = layers.Dense(4000, activation="softmax")(decoder(target, thought, vocabulary=4000, units=128))
translator = keras.Model([source, target], words)
