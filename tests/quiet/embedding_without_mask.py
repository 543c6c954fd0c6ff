"""Convolutions over an embedding that masks nothing."""
import keras
from keras.layers import Conv1D, Dense, Embedding, Flatten, GlobalMaxPooling1D

a = keras.Sequential([keras.Input(shape=(40,)), Embedding(500, 16), Conv1D(8, 3), GlobalMaxPooling1D(), Dense(1)])
b = keras.Sequential([keras.Input(shape=(40,)), Embedding(500, 16), Flatten(), Dense(1)])
print(a.output_shape, b.output_shape)
