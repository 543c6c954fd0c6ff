"""All steps flattened: the length is known, so Dense can count its weights."""
import keras
from keras.layers import LSTM, Dense, Flatten

model = keras.Sequential([
    keras.Input(shape=(6, 3)),
    LSTM(4, return_sequences=True),
    Flatten(),
    Dense(10, activation="relu"),
    Dense(1),
])
print(model.output_shape)
