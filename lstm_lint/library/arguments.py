"""Arguments as shapes, axes and tensors."""

from collections.abc import Callable, Sequence
from typing import Any

from lstm_lint.values import shapes
from lstm_lint.values.dims import Dim, Size, join
from lstm_lint.values.heap import Rows
from lstm_lint.values.library import Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    OPEN,
    Const,
    Either,
    Many,
    Shape,
    Tensor,
    Thing,
    Tuple,
    Value,
    either,
    from_dim,
    number,
)

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
    return number(value) if isinstance(value, (Const, Size, Unknown)) else Unknown("a size that is not known")


def shape_value(shape: Shape | Unknown, kind: str = "shape") -> Value:
    """A tensor's `.shape` as the value that the source sees: TensorFlow's own kind of tuple, or a `bare` one."""
    return shape if isinstance(shape, Unknown) else Tuple(tuple(map(from_dim, shape)), kind)


def symbolic_shape(shape: Shape | Unknown, kind: str) -> Value:
    """The same of a symbolic tensor, whose open axes are told from any other None."""
    sizes = shape_value(shape, kind)
    if not isinstance(sizes, Tuple):
        return sizes
    return Tuple(tuple(OPEN if size == OPEN else size for size in sizes.items), kind)


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


def positive(axis: int, rank: int) -> int | None:
    """An axis counted from the front; None if there is none such."""
    return axis % rank if -rank <= axis < rank else None


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
    """The shape that numpy gives to a value: an array, a table, a number, or nested lists of them."""
    match value:
        case Tensor(shape=shape):
            return shape
        case Const() | Size():
            return ()
        case Either(members=several):
            return _agreed_rows([array_shape(each, engine) for each in several], join)
        case Many(element=element, length=length) | Thing(fields={"items": Many(element=element, length=length)}):
            return _stacked(_of_any_row(element, engine), length)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return _of_rows(items, engine)
        case Thing(type="list", fields={"items": Rows(ways=ways)}):
            return _agreed_rows([_of_rows(way, engine) for way in ways], join)
        case Thing(type="list", fields={"items": Unknown()}):
            return NO_RANK
        case Thing(fields={"data": Tensor() | Either() as data}):
            return array_shape(data, engine)
    return NO_RANK


def _stacked(inner: Shape | Unknown, length: Dim) -> Shape | Unknown:
    return inner if isinstance(inner, Unknown) else (length, *inner)


def _of_any_row(element: Value, engine: Engine | None) -> Shape | Unknown:
    """Rows that one expression gave in several rounds of a loop have one shape: what is known of any is known of all."""
    if isinstance(element, Either) and len({_written(member) for member in element.members}) == 1:
        return _agreed_rows([array_shape(member, engine) for member in element.members], shapes.agreed)
    return array_shape(element, engine)


def _written(value: Value) -> object:
    """Where in the source a tensor comes from."""
    origin = value.origin if isinstance(value, Tensor) else None
    return value if origin is None else (origin.operation.place, origin.path)


def _of_rows(items: Sequence[Value], engine: Engine | None) -> Shape | Unknown:
    """Rows of one shape: numpy refuses any other, so the known ones speak for the rest."""
    if not items:
        return (0,)
    several = {id(item): item for item in items}.values()  # `[[0] * n] * n` holds one row many times
    inner = _agreed_rows([array_shape(item, engine) for item in several], shapes.agreed)
    return _stacked(inner, len(items))


def _agreed_rows(rows: Sequence[Shape | Unknown], both: Callable[[Dim, Dim], Dim]) -> Shape | Unknown:
    known = [row for row in rows if not isinstance(row, Unknown)]
    if not known or both is join and len(known) < len(rows):
        return NO_RANK
    first = known[0]
    for other in known[1:]:
        if len(first) != len(other) or both is shapes.agreed and not shapes.compatible(first, other):
            return Unknown("rows of several shapes")
        first = tuple(map(both, first, other))
    return first


def unknown_tensor(kind: str = "tensor") -> Tensor:
    return Tensor(NO_RANK, kind)


def joined(values: Sequence[Value]) -> Value:
    return either(values)
