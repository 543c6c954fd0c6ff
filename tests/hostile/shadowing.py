"""Names that look like Keras and are the user's own, and the reverse."""
import os

import keras
from keras import layers


class LSTM:
    def __init__(self, *sizes, **options):
        os.system("touch CANARY")

    def __call__(self, x):
        os.system("touch CANARY")
        return x


class numpy:
    load = staticmethod(lambda path: os.system("touch CANARY"))


np = numpy
layers.LSTM.call = lambda self, x: os.system("touch CANARY")
keras.layers.GRU = LSTM
keras.Model.fit = lambda *some, **more: os.system("touch CANARY")
print = os.system
x = keras.Input((5, 3))
LSTM(4)(LSTM(4)(x))
np.load("touch CANARY")
print("touch CANARY")
layers.SimpleRNN(4)(layers.SimpleRNN(4)(x))
