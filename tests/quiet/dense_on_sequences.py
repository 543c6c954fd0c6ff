"""Dense works on the last axis, whatever stands before it."""
import keras
from keras.layers import GRU, Activation, Dense

inputs = keras.Input(shape=(8, 3))
x = Dense(10, activation="relu")(inputs)
x = GRU(6, return_sequences=True)(x)
x = Activation("softmax")(Dense(4)(x))
print(keras.Model(inputs, x).output_shape)
