"""The same elements in other axes: reshape, transpose, new axes, flat."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import array_shape, integer, integers
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.making import shape_given
from lstm_lint.library.arrays.spelling import SYMBOLIC, given, made, spelled
from lstm_lint.library.tables import op
from lstm_lint.values import dims, shapes
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Tuple, Value

DATA = ("a", "x", "tensor", "input", "m", "arr")


def data_of(call: Call) -> tuple[Value, Shape | Unknown]:
    data = given(call, 0, *DATA)
    return data, array_shape(data)


def several(call: Call, index: int, *names: str) -> Value:
    """An argument that may also be written as several positional ones, in methods."""
    rest = [each.value for each in call.positional()][index - 1 :]
    if call.receiver is not None and len(rest) > 1:
        return Tuple(tuple(rest))
    return given(call, index, *names)


@spelled("np nd tf ops K", "reshape")
@op("keras.KerasTensor.reshape", "Unknown.reshape")
def reshape(_: Any, call: Call) -> Value:
    """The elements in another shape; -1 once. A number of elements that cannot be is a clash."""
    data, shape = data_of(call)
    target = shape_given(several(call, 1, "shape", "newshape"))
    if isinstance(target, Unknown) or call.open:
        return made(call, None, data)
    result = shapes.reshape(shape, target)
    if result is None:
        facts = {"shape": shape, "target": target, "tensor": data}
        raise Clash("reshape", *_refusals(call, data), facts)
    if isinstance(data, Tensor) and data.type == SYMBOLIC:
        result = tuple(None if isinstance(dim, Unknown) else dim for dim in result)
    return made(call, result, data)


def _refusals(call: Call, data: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    numpy = call.callee.startswith("numpy.") or getattr(data, "type", "").startswith("numpy.")
    if numpy:
        return ("ValueError",), ("cannot reshape array",)
    return ("ValueError", "InvalidArgumentError"), ()


@spelled("np tf ops K", "expand_dims")
def expand_dims(_: Any, call: Call) -> Value:
    """A new axis of size 1; K.expand_dims puts it last unless told."""
    data, shape = data_of(call)
    last = Const(-1) if call.callee.startswith("keras.backend") else NONE
    places = integers(given(call, 1, "axis", "dim", default=last))
    known = not isinstance(shape, Unknown) and places is not None
    return made(call, axes.expanded(shape, places or ()) if known else None, data)  # type: ignore[arg-type]


@spelled("np nd tf ops K", "squeeze")
@op("keras.KerasTensor.squeeze")
def squeeze(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    axis = given(call, 1, "axis", "squeeze_dims")
    places = integers(axis)
    if isinstance(shape, Unknown) or axis != NONE and places is None:
        return made(call, None, data)
    _check_squeezed(data, shape, places or (), call.callee.startswith("keras.ops."))
    return made(call, axes.squeezed(shape, places), data)


def _check_squeezed(data: Value, shape: Shape, places: Sequence[int], keras3: bool) -> None:
    """Only an axis of size 1 can be taken away; in Keras 3 none of open size from a symbolic tensor."""
    if not isinstance(data, Tensor):
        return
    for axis in places if shape else ():
        size = shape[axis] if -len(shape) <= axis < len(shape) else 0
        if dims.apart(size, 1) or size is None and keras3 and data.type == SYMBOLIC:
            facts = {"tensor": data, "shape": shape, "axis": axis, "size": size}
            raise Clash("squeezed", ("ValueError", "InvalidArgumentError", "IndexError"), (), facts)


@spelled("np nd tf ops K", "transpose permute_dims")
@spelled("K", "permute_dimensions")
@spelled("linalg np", "matrix_transpose")
def transpose(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    axis = several(call, 1, "axes", "perm", "pattern")
    order = integers(axis)
    if isinstance(shape, Unknown):
        return made(call, None, data)
    if call.callee.endswith("matrix_transpose"):
        return made(call, axes.swapped(shape, -1, -2), data)
    if axis != NONE and order is None:
        return made(call, tuple(Unknown("an axis of unknown order") for _ in shape), data)
    return made(call, axes.permuted(shape, order), data)


@spelled("np nd ops", "swapaxes")
def swapaxes(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    one, other = integer(given(call, 1, "axis1")), integer(given(call, 2, "axis2"))
    if isinstance(shape, Unknown) or one is None or other is None:
        return made(call, None, data)
    return made(call, axes.swapped(shape, one, other), data)


@spelled("np ops", "moveaxis rollaxis")
def moveaxis(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    source, target = integers(given(call, 1, "source", "axis")), integers(given(call, 2, "destination", "start"))
    if isinstance(shape, Unknown) or source is None or target is None or call.callee.endswith("rollaxis"):
        return made(call, None, data)
    return made(call, axes.moved(shape, source, target), data)


@spelled("np nd ops K", "ravel flatten")
def flat(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    return made(call, (Unknown("a flattened length") if isinstance(shape, Unknown) else axes.flattened(shape),), data)


@spelled("K", "batch_flatten")
def batch_flatten(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    if isinstance(shape, Unknown) or not shape:
        return made(call, (Unknown("a batch"), Unknown("a flattened length")), data)
    return made(call, (shape[0], axes.flattened(shape[1:])), data)


@spelled("np tf ops", "broadcast_to")
def broadcast_to(_: Any, call: Call) -> Value:
    data, _shape = data_of(call)
    return made(call, shape_given(given(call, 1, "shape")), data)


@spelled("np", "atleast_1d atleast_2d atleast_3d")
def atleast(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    rank = int(call.callee[-2])
    if len(call.arguments) > 1:
        return Unknown("several arrays of some rank")
    if isinstance(shape, Unknown) or rank == 3:
        return made(call, shape if not isinstance(shape, Unknown) and len(shape) >= rank else None, data)
    return made(call, (1,) * (rank - len(shape)) + shape, data)


@spelled("np ops", "rot90")
def rot90(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    turns = integer(given(call, 1, "k", default=Const(1)))
    if isinstance(shape, Unknown) or turns is None or given(call, 2, "axes") != NONE or len(shape) < 2:
        return made(call, None, data)
    return made(call, axes.swapped(shape, 0, 1) if turns % 2 else shape, data)
