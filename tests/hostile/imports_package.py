"""The package beside it is read, never imported."""
import keras
from keras import layers
from package import UNITS
from package.units import SIZE

x = keras.Input((5, 3))
layers.LSTM(SIZE)(layers.LSTM(UNITS)(x))
