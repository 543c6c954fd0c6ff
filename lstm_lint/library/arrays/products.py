"""Products of matrices, and what linear algebra and Fourier transforms leave of a shape."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, integer, integers
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.shaping import data_of
from lstm_lint.library.arrays.spelling import NUMBER, given, made, spelled
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Value, flag_of, number
