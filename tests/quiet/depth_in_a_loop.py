"""A loop builds the stack; only the last round gives one step."""
import keras
from keras import layers


def build(units, steps, features):
    model = keras.Sequential([keras.Input(shape=(steps, features))])
    for i, width in enumerate(units):
        model.add(layers.LSTM(width, return_sequences=i < len(units) - 1))
        model.add(layers.BatchNormalization())
    model.add(layers.Dense(1))
    return model


model = build([32, 16, 8], 10, 4)
print(model.output_shape)
