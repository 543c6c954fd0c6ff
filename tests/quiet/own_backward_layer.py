"""The backward layer is of another width, which concat allows."""
import keras
from keras.layers import LSTM, Bidirectional

forward = LSTM(8, return_sequences=True)
backward = LSTM(5, activation="relu", return_sequences=True, go_backwards=True)
inputs = keras.Input(shape=(10, 4))
print(Bidirectional(forward, backward_layer=backward)(inputs).shape)
