"""Masked steps are passed over by the recurrent layer."""
import keras
import numpy as np
from keras.layers import LSTM, Dense, Masking

model = keras.Sequential([
    keras.Input(shape=(8, 2)),
    Masking(mask_value=-1.0),
    LSTM(4),
    Dense(1, activation="sigmoid"),
])
x = np.full((3, 8, 2), -1.0)
x[:, :5] = 0.5
print(model.predict(x, verbose=0).shape)
