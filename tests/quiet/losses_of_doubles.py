"""Targets come to a loss as floats of the outputs' kind, whatever array they were; rows of numbers weigh them."""

import keras
import numpy as np
from keras import layers



def plain(y_true, y_pred):
    return y_pred * [1.0, 2.0] - y_true


def near(y_true, y_pred):
    return y_pred * (1.0, 2.0)


class Own(keras.Model):
    def train_step(self, data):
        x, y = data
        z = self(x) * [1.0, 2.0]
        return {"loss": z[0, 0]}


model = keras.Sequential([keras.Input((4, 3)), layers.LSTM(2)])
model.compile("sgd", plain, metrics=[near])
model.fit(np.zeros((8, 4, 3)), np.zeros((8, 2)), verbose=0)
i = keras.Input((4, 3))
own = Own(i, layers.LSTM(2)(i))
own.compile("sgd")
own.fit(np.zeros((8, 4, 3)), np.zeros((8, 2)), verbose=0)


def squared(y_true, y_pred):
    return (y_true - y_pred) ** 2


more = keras.Model(i, layers.LSTM(2)(i))
more.compile("sgd", squared)
more.fit(np.zeros((8, 4, 3)), np.zeros((8, 2)), verbose=0)
