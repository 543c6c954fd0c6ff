"""The same name holds one model after another."""
import keras
from keras.layers import LSTM, Dense

model = keras.Sequential([keras.Input(shape=(5, 2)), LSTM(4, return_sequences=True)])
print(model.output_shape)
model = keras.Sequential([keras.Input(shape=(5, 2)), LSTM(4)])
model.add(Dense(1))
print(model.output_shape)
