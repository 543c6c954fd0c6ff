"""Operators between tensors, arrays and numbers."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.numpy.shaping import product_shape
from lstm_lint.values import shapes
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Tensor, Value

KINDS = ("keras.KerasTensor", "tensorflow.Tensor", "tensorflow.Variable", "pandas.DataFrame", "pandas.Series")
"""Where two kinds of tensors meet, the first of these decides what comes out."""


def operate(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> Value:
    """`left operator right`; `left` is None for a unary operator."""
    sides = [side for side in (left, right) if isinstance(side, Tensor)]
    if not sides:
        return Unknown(f"the result of {operator} on unknown values")
    kind = next((k for k in KINDS if any(side.type == k for side in sides)), sides[0].type)
    kind = "tensorflow.Tensor" if kind == "tensorflow.Variable" else kind
    dtype = "bool" if operator in ("==", "!=", "<", "<=", ">", ">=") else sides[0].dtype
    if left == NONE:
        return Tensor(sides[0].shape, kind, dtype)
    a, b = array_shape(left), array_shape(right)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return Tensor(NO_RANK, kind, dtype)
    if operator == "@":
        return Tensor(product_shape(a, b), kind, dtype)
    result = shapes.broadcast(a, b)
    if result is None:
        words = ("operands could not be broadcast",) if kind == "numpy.ndarray" else ()
        raises = ("ValueError", "InvalidArgumentError", "TypeError")
        raise Clash("broadcast", raises, words, {"left": a, "right": b, "operator": operator, "tensors": sides})
    return Tensor(result, kind, dtype) if result or kind != "numpy.ndarray" else Unknown("a number")
