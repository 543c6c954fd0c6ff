"""Subscripts of tensors and arrays, and iteration over their first axis."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.tables import OPS
from lstm_lint.values import shapes
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Many, Shape, Slice, Tensor, Thing, Tuple, Value

MOST_ROWS = 64


def item(registry: Any, owner: Value, index: Value, engine: Engine) -> Value:
    """`owner[index]` of what a library made."""
    if isinstance(owner, Tensor):
        return tensor_item(owner, index)
    if isinstance(owner, Thing):
        for kind in registry.types(owner):
            function = OPS.get((f"{kind}.__getitem__", registry.target))
            if function is not None:
                from lstm_lint.values.library import Argument

                call = Call("__getitem__", (Argument(index),), engine, receiver=owner)
                return function(registry, call)  # type: ignore[no-any-return]
    return Unknown("an element of something unknown")


def tensor_item(owner: Tensor, index: Value) -> Value:
    """numpy's basic indexing, with one boolean mask or index array among it."""
    parts = list(index.items) if isinstance(index, Tuple) and index.kind == "tuple" else [index]
    if isinstance(owner.shape, Unknown):
        return Tensor(NO_RANK, owner.type, owner.dtype)
    if owner.content is not None and len(parts) == 1 and isinstance(parts[0], Const):
        return _known(owner.content, parts[0].value)
    shape = indexed(owner.shape, parts)
    if shape is None:
        return Tensor(NO_RANK, owner.type, owner.dtype)
    if shape == () and owner.type == "numpy.ndarray":
        return Unknown("a number of an array")
    return Tensor(shape, owner.type, owner.dtype)


def _known(content: Any, index: Any) -> Value:
    if isinstance(index, int) and -len(content) <= index < len(content):
        return Const(content[index])
    return Unknown("an element of an array")


def indexed(shape: Shape, parts: list[Value]) -> Shape | None:
    """The shape after `[parts]`; None where that is not known."""
    if sum(isinstance(part, Const) and part.value is Ellipsis for part in parts) == 0:
        parts = [*parts, Const(...)]
    used = sum(_axes_used(part) for part in parts)
    if used > len(shape):
        return None
    result: list[Dim] = []
    arrays: list[Shape] = []
    place: int | None = None
    axis = 0
    for part in parts:
        match part:
            case Const(value=None):
                result.append(1)
            case Const(value=ellipsis) if ellipsis is Ellipsis:
                rest = len(shape) - used
                result.extend(shape[axis : axis + rest])
                axis += rest
            case Slice():
                from lstm_lint.values.slices import sliced

                result.append(sliced(shape[axis], part))
                axis += 1
            case Const(value=int()) | Size():
                axis += 1
            case Unknown():
                return None
            case _:
                chosen = array_shape(part)
                if isinstance(chosen, Unknown):
                    return None
                if place is None:
                    place = len(result)
                arrays.append(_chosen(part, chosen))
                axis += _axes_used(part)
    if arrays:
        together: Shape | None = arrays[0]
        for other in arrays[1:]:
            together = shapes.broadcast(together, other) if together is not None else None
        if together is None:
            return None
        result[place or 0 : place or 0] = together
    return tuple(result)


def _axes_used(part: Value) -> int:
    if isinstance(part, Const) and (part.value is None or part.value is Ellipsis):
        return 0
    if isinstance(part, Tensor) and part.dtype == "bool" and part.rank is not None:
        return part.rank
    return 1


def _chosen(part: Value, shape: Shape) -> Shape:
    """The shape that an index array gives; a boolean one picks an unknown number."""
    if isinstance(part, Tensor) and part.dtype == "bool":
        return (Unknown("a number of rows that a mask picks"),)
    return shape


ITERATED_WORDS = {
    "keras2": "Cannot iterate over a Tensor with unknown first dimension",
    "keras3": "Iterating over a symbolic KerasTensor is not supported",
}


def iterate(registry: Any, value: Value, engine: Engine) -> Sequence[Value] | Many | None:
    """Rows of an array along a short first axis; parts of a thing that holds several."""
    if isinstance(value, Tensor) and value.rank and not isinstance(value.shape, Unknown):
        first = value.shape[0]
        if value.type == "keras.KerasTensor" and (registry.target == "keras3" or first is None):
            words = (ITERATED_WORDS[registry.target],)
            raise Clash("iterated", ("TypeError", "NotImplementedError"), words, {"tensor": value, "shape": value.shape})
        if isinstance(first, int) and first <= MOST_ROWS:
            if value.content is not None:
                return [Const(each) for each in value.content]
            return [Tensor(value.shape[1:], value.type, value.dtype) for _ in range(first)]
        return Many(Tensor(value.shape[1:], value.type, value.dtype), first)
    if isinstance(value, Thing) and isinstance(value.get("items"), tuple):
        return value.fields["items"]  # type: ignore[no-any-return]
    return None
