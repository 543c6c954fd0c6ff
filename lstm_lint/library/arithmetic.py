"""Operators between tensors, arrays, tables and numbers."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.arrays.products import matrix_product
from lstm_lint.library.arrays.spelling import EAGER, NDARRAY, NUMBER, SYMBOLIC
from lstm_lint.values import shapes
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Shape, Tensor, Thing, Value

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
KINDS = (SYMBOLIC, EAGER, "tensorflow.Variable", "tensor", SERIES, NDARRAY, NUMBER, "float")
"""Where two kinds of tensors meet, the first of these decides what comes out."""

COMPARING = ("==", "!=", "<", "<=", ">", ">=")


def operate(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> Value:
    """`left operator right`; `left` is None for a unary operator."""
    table = next((side for side in (left, right) if isinstance(side, Thing) and side.type == FRAME), None)
    if table is not None:
        return _of_table(registry, operator, table, left, right)
    sides = [side for side in (left, right) if isinstance(side, Tensor)]
    if not sides:
        return Unknown(f"the result of {operator} on unknown values")
    kind, dtype = _kind(sides), "bool" if operator in COMPARING else sides[0].dtype
    if left == NONE:
        return Tensor(sides[0].shape, kind, dtype)
    a, b = array_shape(left), array_shape(right)
    result = _shape(operator, a, b)
    if result is None:
        raise _clash(operator, kind, a, b, sides)
    kind = NUMBER if result == () and kind == NDARRAY else NDARRAY if kind == NUMBER and result != () else kind
    return Tensor(result, kind, dtype)


def _kind(sides: list[Tensor]) -> str:
    kind = next((k for k in KINDS if any(side.type == k for side in sides)), sides[0].type)
    return EAGER if kind == "tensorflow.Variable" else kind


def _shape(operator: str, a: Shape | Unknown, b: Shape | Unknown) -> Shape | Unknown | None:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return NO_RANK
    return matrix_product(a, b) if operator == "@" else shapes.broadcast(a, b)


def _clash(operator: str, kind: str, a: Shape | Unknown, b: Shape | Unknown, sides: list[Tensor]) -> Clash:
    words: tuple[str, ...] = ()
    if kind == NDARRAY:
        words = ("mismatch in its core dimension",) if operator == "@" else ("operands could not be broadcast",)
    raises = ("ValueError", "InvalidArgumentError", "TypeError")
    return Clash("broadcast", raises, words, {"left": a, "right": b, "operator": operator, "tensors": sides})


def _of_table(registry: Any, operator: str, table: Thing, left: Value, right: Value) -> Value:
    """A table with a number, a row or a table: labels are aligned, so only where these agree is its shape kept."""
    other = right if table is left else left
    shape, theirs = array_shape(table), array_shape(other)
    kept = left == NONE or theirs == () or theirs == shape or isinstance(shape, tuple) and theirs == shape[1:]
    data = table.get("data")
    names = data.content if isinstance(data, Tensor) and kept else None
    rest = (Unknown("aligned rows"), Unknown("aligned columns"))
    dtype = "bool" if operator in COMPARING else None
    return Thing(FRAME, {"data": Tensor(shape if kept else rest, FRAME, dtype, names)})
