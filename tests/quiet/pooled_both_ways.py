"""Maximum and average over time, joined."""
import keras
from keras.layers import LSTM, Concatenate, Dense, GlobalAveragePooling1D, GlobalMaxPooling1D

inputs = keras.Input(shape=(16, 3))
x = LSTM(8, return_sequences=True)(inputs)
x = Concatenate()([GlobalMaxPooling1D()(x), GlobalAveragePooling1D()(x)])
print(keras.Model(inputs, Dense(1)(x)).output_shape)
