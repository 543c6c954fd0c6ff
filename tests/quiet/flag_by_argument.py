"""Whether the sequences go on is the caller's choice, and so is the head."""
import keras
from keras.layers import GRU, Dense, TimeDistributed


def tagger(steps, features, per_step=False):
    inputs = keras.Input(shape=(steps, features))
    x = GRU(8, return_sequences=per_step)(inputs)
    outputs = TimeDistributed(Dense(3))(x) if per_step else Dense(3)(x)
    return keras.Model(inputs, outputs)


print(tagger(7, 2).output_shape, tagger(7, 2, per_step=True).output_shape)
