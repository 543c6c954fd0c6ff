"""Everything runs from main."""
import keras
import numpy as np


def load(samples):
    return np.random.rand(samples, 5, 2), np.random.rand(samples, 1)


def build(shape):
    inputs = keras.Input(shape=shape)
    x = keras.layers.LSTM(4)(inputs)
    return keras.Model(inputs, keras.layers.Dense(1)(x))


def main():
    x, y = load(10)
    model = build(x.shape[1:])
    model.compile("adam", "mse")
    model.fit(x, y, verbose=0)


if __name__ == "__main__":
    main()
