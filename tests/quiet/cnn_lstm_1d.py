"""Convolution and pooling keep the time axis."""
import keras
from keras.layers import LSTM, Conv1D, Dense, MaxPooling1D

model = keras.Sequential([
    keras.Input(shape=(100, 6)),
    Conv1D(32, 5, activation="relu"),
    MaxPooling1D(2),
    Conv1D(32, 3, padding="causal", activation="relu"),
    LSTM(20),
    Dense(4, activation="softmax"),
])
print(model.output_shape)
