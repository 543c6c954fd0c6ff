"""A model is a layer of another."""
import keras
from keras import layers

encoder = keras.Sequential([keras.Input(shape=(6, 4)), layers.LSTM(8, return_sequences=True), layers.Dropout(0.1)])
inputs = keras.Input(shape=(6, 4))
x = encoder(inputs)
x = layers.GRU(4)(x)
print(keras.Model(inputs, x).output_shape)
