"""Several arrays into one, one into several, one repeated."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from lstm_lint.library.arguments import array_shape, integer, integers, positive
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.making import shape_given
from lstm_lint.library.arrays.shaping import data_of
from lstm_lint.library.arrays.spelling import given, made, of_cells, parts, spelled
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Shape, Tensor, Thing, Tuple, Value, number

MOST_PARTS = 200


@spelled("np tf ops K", "stack")
@spelled("tf", "parallel_stack")
def stack(_: Any, call: Call) -> Value:
    """Equal shapes along a new axis."""
    data = given(call, 0, "arrays", "values", "x")
    shape, axis = array_shape(data), integer(given(call, 1, "axis", default=Const(0)))
    if isinstance(shape, Unknown) or axis is None or not shape or of_cells(data):
        return made(call, None, data)
    return made(call, axes.inserted(shape[1:], axis, shape[0]), data)


@spelled("np ops K", "concatenate concat")
@spelled("tf", "concat")
def concatenate(_: Any, call: Call) -> Value:
    """Equal ranks, equal sizes off the axis; K.concatenate joins the last one unless told."""
    data = given(call, 0, "arrays", "values", "xs", "tensors")
    if isinstance(data, Tensor) and call.callee.startswith("tensorflow."):
        return data  # one tensor is not taken for its rows
    last = call.callee.startswith("keras.backend")
    axis = integer(given(call, 1, "axis", default=Const(-1 if last else 0)))
    return joined(call, data, axis, lambda shape: shape)


def _row(shape: Shape) -> Shape:
    return (1,) * (2 - len(shape)) + shape


def _column(shape: Shape) -> Shape:
    return (*shape, 1) if len(shape) == 1 else shape


def _deep(shape: Shape) -> Shape:
    return (1, *shape, 1) if len(shape) == 1 else (*shape, 1) if len(shape) == 2 else shape


@spelled("np ops", "vstack row_stack")
def vstack(_: Any, call: Call) -> Value:
    return joined(call, given(call, 0, "tup", "xs"), 0, _row)


@spelled("np ops", "hstack")
def hstack(_: Any, call: Call) -> Value:
    data = given(call, 0, "tup", "xs")
    shape = array_shape(data) if isinstance(data, Tensor) else next(_shapes(data), ())
    flat = not isinstance(shape, Unknown) and len(shape) == (2 if isinstance(data, Tensor) else 1)
    return joined(call, data, 0 if flat else 1, lambda shape: shape or (1,))


@spelled("np ops", "dstack")
def dstack(_: Any, call: Call) -> Value:
    return joined(call, given(call, 0, "tup", "xs"), 2, _deep)


@spelled("np", "column_stack")
def column_stack(_: Any, call: Call) -> Value:
    return joined(call, given(call, 0, "tup"), 1, _column)


def _rows(value: Value) -> tuple[Value, ...] | None:
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return items if isinstance(items, tuple) else None


def _shapes(value: Value) -> Iterator[Shape | Unknown]:
    return (array_shape(each) for each in _rows(value) or ())


def joined(call: Call, value: Value, axis: int | None, form: Callable[[Shape], Shape]) -> Value:
    """`form` is what each part becomes before they are joined."""
    rows = _rows(value)
    odd = call.callee.startswith("keras.ops.") and any(map(_rows, rows or (value,)))
    if of_cells(value) or odd or isinstance(value, Tensor) and call.callee.startswith("keras.ops."):
        return made(call, None, value)
    if rows is None or not rows:
        return _joined_many(call, value, axis, form)
    shapes_ = [array_shape(row) for row in rows]
    known = [form(shape) for shape in shapes_ if not isinstance(shape, Unknown)]
    if axis is None or not known:
        return made(call, None, value)
    if len(known) < len(rows):
        return made(call, axes.unknown_on(_widest(known), axis, "the length of something unknown"), value)
    result = shapes.concatenate(known, axis)
    if result is None and _surely(known, axis):
        _refuse(call, known, axis, value)
    return made(call, result, value)


def _widest(known: list[Shape]) -> Shape:
    first = known[0]
    for other in known[1:]:
        first = tuple(map(shapes.agreed, first, other)) if len(first) == len(other) else first
    return first


def _surely(known: list[Shape], axis: int) -> bool:
    """Does the real library refuse for sure: other ranks, or other integer sizes off the axis?"""
    return positive(axis, len(known[0])) is not None


def _refuse(call: Call, known: list[Shape], axis: int, value: Value) -> None:
    numpy = call.callee.startswith("numpy.")
    ranks = len({len(shape) for shape in known}) > 1
    words = "must match exactly" if not ranks else "must have same number of dimensions"
    facts = {"shapes": known, "axis": axis, "tensors": list(parts(value))}
    raises = ("ValueError",) if numpy else ("ValueError", "InvalidArgumentError")
    raise Clash("concatenate", raises, (words,) if numpy else (), facts)


def _joined_many(call: Call, value: Value, axis: int | None, form: Callable[[Shape], Shape]) -> Value:
    """Equal parts whose number is a dim: a list filled in a loop, or the rows of an array."""
    held = value.get("items") if isinstance(value, Thing) else value
    if isinstance(held, Tensor) and not isinstance(held.shape, Unknown) and held.shape:
        inner, count = held.shape[1:], held.shape[0]
    elif isinstance(held, Many):
        element = array_shape(held.element)
        if isinstance(element, Unknown):
            return made(call, None, held.element)
        inner, count = element, held.length
    else:
        return made(call, None, value)
    return made(call, axes.scaled(form(inner), axis, count) if axis is not None else None, value)


@spelled("np ops", "append")
def append(_: Any, call: Call) -> Value:
    """Along an axis, or of everything flat."""
    one, other = given(call, 0, "arr", "x1"), given(call, 1, "values", "x2")
    axis = given(call, 2, "axis")
    if axis != NONE:
        return joined(call, Tuple((one, other)), integer(axis), lambda shape: shape)
    lengths = [
        Unknown("a length") if isinstance(s, Unknown) else dims.product(s) for s in map(array_shape, (one, other))
    ]
    return made(call, (dims.add(*lengths),), one, other)


@spelled("np", "insert delete")
def insert(_: Any, call: Call) -> Value:
    """One index along an axis changes its size by one; several, or a mask, by what is not known."""
    data, shape = data_of(call)
    index, insertion = given(call, 1, "obj"), call.callee.endswith("insert")
    axis = given(call, 3 if insertion else 2, "axis")
    if isinstance(shape, Unknown) or axis != NONE and integer(axis) is None:
        return made(call, None, data)
    if axis == NONE:
        shape, axis = (axes.flattened(shape),), Const(0)
    place = positive(integer(axis) or 0, len(shape))
    if place is None:
        return made(call, None, data)
    count: Dim = 1 if isinstance(number(index), int) else _distinct(index)
    changed = dims.add(shape[place], count) if insertion else dims.subtract(shape[place], count)
    return made(call, axes.replaced(shape, place, changed), data)


def _distinct(index: Value) -> Dim:
    found = integers(index)
    return len(set(found)) if found and min(found) >= 0 else Unknown("a number of places")


@spelled("np ops", "split array_split hsplit vsplit")
@spelled("tf", "split")
def split(_: Any, call: Call) -> Value:
    """Equal parts along an axis, or parts between indices (in TensorFlow, of given sizes), as a list."""
    data, name = given(call, 0, "ary", "x", "value"), call.callee.rpartition(".")[2]
    shape = array_shape(data)
    cuts = given(call, 1, "indices_or_sections", "num_or_size_splits")
    axis = integer(given(call, 2, "axis", default=Const(0)))
    axis = (
        0 if name == "vsplit" else 1 if name == "hsplit" and not isinstance(shape, Unknown) and len(shape) > 1 else axis
    )
    sizes = _sizes(call, cuts, shape, axis)
    if sizes is None:
        return Thing("list", {"items": Many(made(call, None, data), Unknown("a number of parts"))})
    several = [None if isinstance(shape, Unknown) else axes.replaced(shape, axis or 0, size) for size in sizes]
    return Thing("list", {"items": tuple(made(call, each, data) for each in several)})


def _sizes(call: Call, cuts: Value, shape: Shape | Unknown, axis: int | None) -> list[Dim] | None:
    count, raw = integer(cuts), call.callee.startswith("tensorflow.")
    known = not isinstance(shape, Unknown) and axis is not None and positive(axis, len(shape)) is not None
    whole: Dim = shape[axis] if known else Unknown("an axis of unknown size")  # type: ignore[index]
    if count is not None:
        return _equal(call, whole, count, shape) if 0 < count <= MOST_PARTS else None
    places = [number(row) for row in _rows(cuts) or ()]
    if not places or len(places) > MOST_PARTS:
        return None
    if raw:
        rest = dims.subtract(whole, _total(place for place in places if place != -1))
        return [rest if place == -1 else place for place in places]
    edges: list[Dim] = [0, *places, whole]
    pairs = pairwise(edges)
    return [
        Unknown("a part of unknown bounds") if isinstance(b, int) and b < 0 else dims.subtract(b, a) for a, b in pairs
    ]


def _total(several: Iterator[Dim]) -> Dim:
    total: Dim = 0
    for each in several:
        total = dims.add(total, each)
    return total


def _equal(call: Call, whole: Dim, count: int, shape: Shape | Unknown) -> list[Dim]:
    if call.callee.endswith("array_split"):
        if not isinstance(whole, int):
            return [Unknown("a part of an uneven split")] * count
        return [whole // count + (i < whole % count) for i in range(count)]
    if isinstance(whole, int) and whole % count:
        numpy = call.callee.startswith("numpy.")
        words = ("array split does not result in an equal division",) if numpy else ()
        raises = ("ValueError",) if numpy else ("ValueError", "InvalidArgumentError")
        raise Clash("split", raises, words, {"shape": shape, "parts": count, "size": whole})
    return [None if whole is None else dims.divide(whole, count)] * count


@spelled("tf ops", "unstack")
def unstack(_: Any, call: Call) -> Value:
    """The slices along an axis, as a list."""
    data, shape = data_of(call)
    data = given(call, 0, "value", "x")
    shape = array_shape(data)
    axis = integer(given(call, 2, "axis", default=Const(0)))
    place = positive(axis, len(shape)) if axis is not None and not isinstance(shape, Unknown) else None
    if place is None or isinstance(shape, Unknown):
        return Thing("list", {"items": Many(made(call, None, data), Unknown("a number of slices"))})
    inner = made(call, (*shape[:place], *shape[place + 1 :]), data)
    count = number(given(call, 1, "num"))
    count = shape[place] if count is None else count
    if isinstance(count, int) and count <= MOST_PARTS:
        return Thing("list", {"items": tuple(made(call, inner.shape, data) for _ in range(count))})
    return Thing("list", {"items": Many(inner, count if count is not None else Unknown("an open axis"))})


@spelled("np nd ops tf", "repeat")
@spelled("K", "repeat_elements")
def repeat(_: Any, call: Call) -> Value:
    """Each element so many times along an axis, or of everything flat."""
    data, shape = data_of(call)
    times, axis = _times(given(call, 1, "repeats", "rep")), given(call, 2, "axis")
    if isinstance(shape, Unknown):
        return made(call, (Unknown("a flattened length"),) if axis == NONE else None, data)
    if axis == NONE:
        return made(call, (dims.multiply(axes.flattened(shape), times),), data)
    place = integer(axis)
    return made(call, axes.scaled(shape, place, times) if place is not None else None, data)


def _times(value: Value) -> Dim:
    return number(value) if integers(value) is None or integer(value) is not None else Unknown("several repeats")


@spelled("K", "repeat")
def repeat_rows(_: Any, call: Call) -> Value:
    """K.repeat: (batch, features) -> (batch, n, features)."""
    data, shape = data_of(call)
    known = not isinstance(shape, Unknown) and len(shape) == 2
    return made(call, axes.inserted(shape, 1, number(given(call, 1, "n"))) if known else None, data)  # type: ignore[arg-type]


@spelled("np tf ops K", "tile")
def tile(_: Any, call: Call) -> Value:
    data = given(call, 0, "A", "x", "input")
    shape, reps = array_shape(data), shape_given(given(call, 1, "reps", "repeats", "multiples", "n"))
    if isinstance(shape, Unknown) or isinstance(reps, Unknown):
        return made(call, None, data)
    return made(call, axes.tiled(shape, reps), data)


@spelled("np tf ops", "pad")
def pad(_: Any, call: Call) -> Value:
    """Each axis grows by what is put before and behind it."""
    data = given(call, 0, "array", "x", "tensor")
    shape, widths = array_shape(data), given(call, 1, "pad_width", "paddings")
    if isinstance(shape, Unknown):
        return made(call, None, data)
    sums = _widths(widths, len(shape))
    return made(call, tuple(map(axes.grown, shape, sums)), data)


def _widths(value: Value, rank: int) -> list[Dim]:
    """`n`, `(before, after)`, or one pair for each axis."""
    rows = _rows(value)
    if rows is None:
        return [dims.multiply(2, number(value))] * rank
    pairs = [_rows(row) for row in rows]
    if all(pair is None for pair in pairs):
        return [_total(map(number, rows)) if len(rows) == 2 else dims.multiply(2, number(rows[0]))] * rank
    sums = [_total(map(number, pair)) if pair else Unknown("a padding that is not known") for pair in pairs]
    return sums if len(sums) == rank else sums * rank if len(sums) == 1 else [Unknown("a padding")] * rank


@spelled("np", "lib.stride_tricks.sliding_window_view")
def windows(_: Any, call: Call) -> Value:
    """(n, ...) with a window of w along an axis -> (n - w + 1, ..., w)."""
    data = given(call, 0, "x")
    shape, axis = array_shape(data), given(call, 2, "axis")
    sizes = shape_given(given(call, 1, "window_shape"))
    if isinstance(shape, Unknown) or isinstance(sizes, Unknown):
        return made(call, None, data)
    places = tuple(range(len(shape))) if axis == NONE else integers(axis)
    result: Shape | None = shape
    for place, size in zip(places or (), sizes, strict=False):
        here = positive(place, len(shape))
        result = None if result is None or here is None else axes.replaced(result, here, _left(result[here], size))
    return made(call, (*result, *sizes) if result is not None and places is not None else None, data)


def _left(dim: Dim, window: Dim) -> Dim:
    return dims.add(dims.subtract(dim, window), 1)
