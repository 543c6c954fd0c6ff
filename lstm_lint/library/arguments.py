"""Arguments as shapes, axes and tensors."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Many, Shape, Tensor, Thing, Tuple, Value, either, from_dim, number

NO_RANK = Unknown("a shape of unknown rank")


def as_shape(value: Value) -> Shape | Unknown:
    """`(3, 4)`, `[3, n]` or `5` as a shape."""
    match value:
        case Const(value=int()) | Size():
            return (number(value),)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return tuple(_dim(item) for item in items)
        case Unknown():
            return value
    return NO_RANK


def _dim(value: Value) -> Dim:
    return number(value) if isinstance(value, Const | Size | Unknown) else Unknown("a size that is not known")


def shape_value(shape: Shape | Unknown) -> Value:
    """A tensor's `.shape` as the value that the source sees."""
    return shape if isinstance(shape, Unknown) else Tuple(tuple(map(from_dim, shape)), "shape")


def integer(value: Value) -> int | None:
    """A constant int, numpy's or Python's."""
    return int(value.value) if isinstance(value, Const) and isinstance(value.value, int) else None


def integers(value: Value) -> tuple[int, ...] | None:
    """One int or several."""
    single = integer(value)
    if single is not None:
        return (single,)
    if isinstance(value, Tuple) or isinstance(value, Thing) and value.type == "list":
        items = value.items if isinstance(value, Tuple) else value.get("items")
        found = [integer(item) for item in items] if isinstance(items, tuple) else [None]
        return None if None in found else tuple(i for i in found if i is not None)
    return None


def flag(value: Value) -> bool | None:
    """A truth value, where it is known."""
    from lstm_lint.values.value import truth

    return truth(value)


def tensors(value: Value) -> list[Tensor] | None:
    """A tensor, or several in a list or tuple; None if some of it is none."""
    if isinstance(value, Tensor):
        return [value]
    items: Any = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if not isinstance(items, tuple) or not items:
        return None
    return list(items) if all(isinstance(item, Tensor) for item in items) else None


def array_shape(value: Value, engine: Engine | None = None) -> Shape | Unknown:
    """The shape that numpy gives to a value: an array, a number, or nested lists of them."""
    match value:
        case Tensor(shape=shape):
            return shape
        case Const(value=int() | float() | bool() | complex() | str() | bytes() | None) | Size():
            return ()
        case Many(element=element, length=length):
            return _stacked(array_shape(element, engine), length)
        case Thing(type="list", fields={"items": Many(element=element, length=length)}):
            return _stacked(array_shape(element, engine), length)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return _of_rows(items, engine)
    return NO_RANK


def _stacked(inner: Shape | Unknown, length: Dim) -> Shape | Unknown:
    return inner if isinstance(inner, Unknown) else (length, *inner)


def _of_rows(items: Sequence[Value], engine: Engine | None) -> Shape | Unknown:
    if not items:
        return (0,)
    shapes = [array_shape(item, engine) for item in items]
    first = shapes[0]
    for other in shapes[1:]:
        if isinstance(first, Unknown) or isinstance(other, Unknown) or len(first) != len(other):
            return NO_RANK
        first = tuple(map(dims.join, first, other))
    return _stacked(first, len(items))


def unknown_tensor(kind: str = "tensor") -> Tensor:
    return Tensor(NO_RANK, kind)


def joined(values: Sequence[Value]) -> Value:
    return either(values)
