"""The class of the layer is chosen by a name."""
import keras
from keras import layers

KINDS = {"lstm": layers.LSTM, "gru": layers.GRU, "rnn": layers.SimpleRNN}


def build(kind, units=8):
    inputs = keras.Input(shape=(6, 3))
    x = KINDS[kind](units, return_sequences=True)(inputs)
    x = KINDS[kind](units)(x)
    return keras.Model(inputs, layers.Dense(1)(x))


for kind in KINDS:
    print(kind, build(kind).count_params())
