"""A sequence and a vector, joined behind the LSTM."""
import keras
import numpy as np
from keras.layers import LSTM, Concatenate, Dense, Input

sequence, vector = Input(shape=(7, 3), name="sequence"), Input(shape=(4,), name="vector")
x = Concatenate()([LSTM(8)(sequence), Dense(8)(vector)])
model = keras.Model(inputs=[sequence, vector], outputs=Dense(1)(x))
model.compile("adam", "mse")
model.fit([np.zeros((6, 7, 3)), np.zeros((6, 4))], np.zeros(6), verbose=0)
model.fit({"sequence": np.zeros((6, 7, 3)), "vector": np.zeros((6, 4))}, np.zeros((6, 1)), verbose=0)
