from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import LSTM, Dense

from .sizes import FEATURES, UNITS


def build(timesteps, deep=False):
    model = Sequential([Input((timesteps, FEATURES))])
    model.add(LSTM(UNITS))  # error: missing-return-sequences
    if deep:
        model.add(LSTM(UNITS))
    model.add(Dense(1))
    return model
