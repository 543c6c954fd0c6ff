"""Names that one generation has not, each asked for only where a test of the version says that it is there."""

import sys

import keras
import tensorflow as tf
from packaging import version

if version.parse(tf.__version__) < version.parse("2.0"):
    from keras.layers import CuDNNLSTM as Fast
else:
    from keras.layers import LSTM as Fast

if hasattr(keras.layers, "CuDNNGRU"):
    layer = keras.layers.CuDNNGRU(4)
else:
    layer = keras.layers.GRU(4)

if sys.version_info[0] < 3:
    keras.layers.MaxoutDense(3)

try:
    from keras.utils import np_utils as utils
except ImportError:
    from keras import utils

to_categorical = utils.np_utils.to_categorical if keras.__version__.startswith("1.") else utils.to_categorical
