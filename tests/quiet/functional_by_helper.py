"""Helpers that take and give tensors."""
import keras
from keras import layers


def block(x, units, last=False):
    x = layers.Bidirectional(layers.LSTM(units, return_sequences=not last))(x)
    return layers.Dropout(0.1)(x)


def head(x, classes):
    return layers.Dense(classes, activation="softmax" if classes > 1 else "sigmoid")(x)


inputs = keras.Input(shape=(9, 4))
outputs = head(block(block(inputs, 8), 4, last=True), 1)
print(keras.Model(inputs, outputs).output_shape)
