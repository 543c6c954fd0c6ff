"""A layer and a cell whose methods do harm; the claim hangs on neither."""
import os

import keras
from keras import layers


class Evil(layers.Layer):
    def __init__(self, units):
        super().__init__()
        os.system("touch CANARY")
        self.state_size = units

    def __reduce__(self):
        return os.system, ("touch CANARY",)

    def __getattr__(self, name):
        open("CANARY", "w").close()

    def __del__(self):
        open("CANARY", "w").close()

    def build(self, shape):
        os.system("touch CANARY")

    def call(self, x):
        open("CANARY", "w").close()
        return x


def loss(y_true, y_pred):
    open("CANARY", "w").close()
    return y_pred


class Callback(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        open("CANARY", "w").close()


x = keras.Input((5, 3))
y = layers.LSTM(4)(Evil(3)(x))
z = layers.LSTM(4)(y)
r = layers.RNN(Evil(3))(x)
m = keras.Sequential([keras.Input((5, 3)), layers.LSTM(4), layers.Lambda(lambda t: open("CANARY", "w"))])
m.compile(optimizer="sgd", loss=loss)
m.fit(keras.ops.zeros((4, 6, 3)), keras.ops.zeros((4, 4)), callbacks=[Callback()])
layers.LSTM(4)(layers.LSTM(4)(x))
