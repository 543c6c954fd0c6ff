"""A while loop halves the units."""
import keras
from keras.layers import LSTM, Dense

units = 32
model = keras.Sequential([keras.Input(shape=(6, 3))])
while units > 8:
    model.add(LSTM(units, return_sequences=True))
    units //= 2
model.add(LSTM(units))
model.add(Dense(1))
print(model.output_shape)
