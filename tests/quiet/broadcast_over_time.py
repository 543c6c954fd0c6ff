"""A vector with a time axis of one is added to every step."""
import keras
from keras.layers import LSTM, Add, Dense, Reshape

sequence, vector = keras.Input(shape=(10, 8)), keras.Input(shape=(5,))
steps = LSTM(8, return_sequences=True)(sequence)
shift = Reshape((1, 8))(Dense(8)(vector))
print(keras.Model([sequence, vector], Add()([steps, shift])).output_shape)
