"""Encoder and decoder of one width; the decoder starts from the encoder's states."""
import keras
import numpy as np
from keras.layers import LSTM, Dense, Embedding

LATENT = 16
source = keras.Input(shape=(None,))
_, h, c = LSTM(LATENT, return_state=True)(Embedding(40, 8)(source))
target = keras.Input(shape=(None,))
sequence, _, _ = LSTM(LATENT, return_sequences=True, return_state=True)(Embedding(50, 8)(target), initial_state=[h, c])
model = keras.Model([source, target], Dense(50, activation="softmax")(sequence))
model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
model.fit([np.zeros((4, 6)), np.zeros((4, 5))], np.zeros((4, 5)), verbose=0)
