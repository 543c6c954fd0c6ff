"""The first state is computed from a vector."""
import keras
from keras.layers import LSTM, Dense

vector, sequence = keras.Input(shape=(4,)), keras.Input(shape=(7, 3))
h, c = Dense(8, activation="tanh")(vector), Dense(8)(vector)
x = LSTM(8)(sequence, initial_state=[h, c])
print(keras.Model([vector, sequence], Dense(1)(x)).output_shape)
