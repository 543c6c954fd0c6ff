"""Modules beside this file bear the names of libraries."""
import keras
import numpy
from keras import layers

x = keras.Input((5, 3))
layers.LSTM(4)(layers.LSTM(4)(x))
