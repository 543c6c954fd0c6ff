"""Forward and backward states are joined, so the decoder is twice as wide."""
import keras
from keras.layers import LSTM, Bidirectional, Concatenate, Dense

inputs = keras.Input(shape=(10, 4))
_, fh, fc, bh, bc = Bidirectional(LSTM(8, return_state=True))(inputs)
h, c = Concatenate()([fh, bh]), Concatenate()([fc, bc])
targets = keras.Input(shape=(6, 5))
decoded = LSTM(16, return_sequences=True)(targets, initial_state=[h, c])
model = keras.Model([inputs, targets], Dense(5)(decoded))
model.summary()
