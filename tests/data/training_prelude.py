import numpy as np
import tensorflow as tf
from tensorflow import keras

K = keras
L = keras.layers
I = keras.Input
S = keras.Sequential
M = keras.Model
z = np.zeros
rng = np.random.default_rng(0)


def data(*shape):
    return rng.random(shape).astype("float32")


def tensor(*shape):
    return tf.constant(data(*shape))


def ints(high, shape):
    return rng.integers(0, high, shape)


def fit(model, x, y, loss="mse", metrics=None, **more):
    model.compile("sgd", loss, metrics=metrics)
    model.fit(x, y, verbose=0, epochs=1, **more)


def batches(x, y, size):
    return tf.data.Dataset.from_tensor_slices((x, y)).batch(size)


def last(activation=None, units=2):
    return S([I((5, 3)), L.LSTM(4), L.Dense(units, activation=activation)])


def steps(units=4):
    return S([I((5, 3)), L.LSTM(units, return_sequences=True)])


def chain():
    return S([I((5, 3)), L.LSTM(4), L.Dense(1)])


def graph():
    q = I((5, 3))
    return M(q, L.Dense(1)(L.LSTM(4)(q)))


def twice(layer):
    """Called on inputs of two widths, and run."""
    a, b = I((5, 3)), I((5, 2))
    return M([a, b], [layer(a), layer(b)])([tensor(2, 5, 3), tensor(2, 5, 2)])


def two_inputs():
    a = I((5, 3), name="a")
    b = I((5, 2), name="b")
    return M([a, b], L.Dense(1)(L.LSTM(4)(L.Concatenate()([a, b]))))


def two_outputs():
    q = I((5, 3))
    h = L.LSTM(4)(q)
    return M(q, [L.Dense(1, name="p")(h), L.Dense(2, name="q")(h)])


def stateful(batch=4):
    return S([I(batch_shape=(batch, 5, 3)), L.LSTM(8, stateful=True)])


def compiled(model, loss="mse"):
    model.compile("sgd", loss)
    return model


x = data(8, 5, 3)
y = data(8, 1)
