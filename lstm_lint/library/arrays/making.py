"""Arrays made of a shape, of data, or drawn at random."""

from math import ceil, isfinite
from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, as_shape, integer
from lstm_lint.library.arrays.spelling import NUMBERS, dtype_of, given, in_a_layer, index_dtype, made, spelled
from lstm_lint.library.symbolic import check_sizes
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Tuple, Value, Whole, number, plain

MOST_CONTENT = 64


def shape_given(value: Value) -> Shape | Unknown:
    """The shape that an argument `shape` or `size` asks for; one made of an array's content is known where that is."""
    if isinstance(value, Tensor):
        if isinstance(value.content, tuple) and all(isinstance(each, int) for each in value.content):
            return value.content
        size = value.shape[0] if not isinstance(value.shape, Unknown) and len(value.shape) == 1 else None
        return tuple([None] * size) if isinstance(size, int) else NO_RANK
    return as_shape(value)


def sizes_given(call: Call, shape: Value) -> Shape | Unknown:
    """A new array must know all its sizes; inside a layer they are known when it runs."""
    if not in_a_layer(call.engine):
        check_sizes(call, shape)
    return shape_given(shape)


@spelled("np tf ops K", "zeros ones empty")
def filled(_: Any, call: Call) -> Value:
    """shape -> an array of that shape."""
    kind = given(call, 1, "dtype", default=Const("float64" if call.callee.startswith("numpy.") else "float32"))
    return made(call, sizes_given(call, given(call, 0, "shape")), dtype=dtype_of(call, kind))


@spelled("np tf ops K", "full fill constant")
def full(_: Any, call: Call) -> Value:
    """(shape, value); tf.constant is given (value, dtype, shape)."""
    if not call.callee.endswith("constant"):
        return made(call, sizes_given(call, given(call, 0, "shape", "dims")))
    shape = given(call, 2, "shape")
    if shape != NONE:
        return made(call, shape_given(shape))
    return array_of(call)


@spelled("np tf ops K", "zeros_like ones_like empty_like full_like")
def same_as(_: Any, call: Call) -> Value:
    data = given(call, 0, "a", "x", "input", "tensor")
    place = 2 if call.callee.endswith("full_like") else 1
    return made(call, array_shape(data), data, dtype=dtype_of(call, given(call, place, "dtype")))


@spelled("np ops", "eye identity")
@spelled("tf K", "eye")
def eye(_: Any, call: Call) -> Value:
    rows = given(call, 0, "N", "n", "num_rows", "size")
    oblong = call.callee.endswith("eye") and not call.callee.startswith("keras.backend.")
    columns = given(call, 1, "M", "num_columns") if oblong else NONE
    return made(call, (number(rows), number(rows if columns == NONE else columns)))


@spelled("np ops K", "arange")
@spelled("tf", "range")
def arange(_: Any, call: Call) -> Value:
    """(stop) or (start, stop[, step]) -> (n,)."""
    bounds = [each.value for each in call.positional()]
    kind = dtype_of(call, bounds.pop()) if len(bounds) == 4 else None
    named = [given(call, 9, *names) for names in (("start",), ("stop", "limit"), ("step", "delta"))]
    if call.open or len(bounds) > 3:
        return made(call, (Unknown("the length of an arange"),))
    if len(bounds) == 1 and named[1] == NONE:
        bounds = [Const(0), *bounds]
    start, stop, step = (b if b != NONE else n for b, n in zip((*bounds, NONE, NONE, NONE), named, strict=False))
    start, step = Const(0) if start == NONE else start, Const(1) if step == NONE else step
    return _counted(call, start, stop, step, kind)


def _counted(call: Call, start: Value, stop: Value, step: Value, kind: str | None) -> Value:
    whole = [integer(each) for each in (start, stop, step)]
    if None not in whole and whole[2]:
        known = range(*whole)  # type: ignore[arg-type]
        count = dims.rounds(known)
        array = made(call, (count,), dtype=kind or index_dtype(call))
        array.content = tuple(known) if count <= MOST_CONTENT else None
        return array
    if all(isinstance(each, (Const, Size)) and not isinstance(number(each), Unknown) for each in (start, stop, step)):
        length = dims.subtract(number(stop), number(start))
        return made(
            call, (length if step == Const(1) else Unknown("the length of an arange"),), dtype=kind or index_dtype(call)
        )
    plain_numbers = all(isinstance(each, Const) for each in (start, stop, step))
    return made(call, (_float_steps(start, stop, step),), dtype=kind or (_floats(call) if plain_numbers else None))


def _floats(call: Call) -> str:
    return "float64" if call.callee.startswith("numpy.") else "float32"


def _float_steps(start: Value, stop: Value, step: Value) -> Dim:
    """The ceiling, unless rounding may decide it."""
    ends = [each.value if isinstance(each, Const) else None for each in (start, stop, step)]
    if not all(isinstance(end, (int, float)) and isfinite(end) for end in ends) or not ends[2]:
        return Unknown("the length of an arange")
    exact = (ends[1] - ends[0]) / ends[2]  # type: ignore[operator]
    return max(0, ceil(exact)) if abs(exact - round(exact)) > 1e-6 else _even(ends, round(exact))


def _even(ends: list[Any], count: int) -> Dim:
    """numpy takes the ceiling of (stop - start) / step as floats give it."""
    return max(0, ceil((ends[1] - ends[0]) / ends[2])) if count < 10**6 else Unknown("the length of a float arange")


@spelled("np tf ops", "linspace logspace geomspace")
def linspace(_: Any, call: Call) -> Value:
    """(start, stop, num) -> (num,), of arrays (num, *theirs)."""
    ends = [given(call, 0, "start"), given(call, 1, "stop")]
    first, last = map(array_shape, ends)
    count = number(given(call, 2, "num", default=Const(50)))
    known = not isinstance(first, Unknown) and not isinstance(last, Unknown) and given(call, 99, "axis") == NONE
    inner = shapes.broadcast(first, last) if known else None  # type: ignore[arg-type]
    taken = (float,) if call.callee.startswith("tensorflow.") else (int, float)
    kind = _floats(call) if all(isinstance(each, Const) and isinstance(each.value, taken) for each in ends) else None
    return made(call, None if inner is None else (count, *inner), dtype=kind)


ARRAYS = "array asarray asanyarray ascontiguousarray asfarray copy matrix mat"


@spelled("np", "float16 float32 float64 int8 int16 int32 int64 uint8 float_ int_")
def scalar(_: Any, call: Call) -> Value:
    """A number stays the number it is; an array is cast."""
    data, kind = given(call, 0, "x"), call.callee.rpartition(".")[2]
    kind = NUMBERS.get(kind, kind)
    if isinstance(data, Size) and "int" in kind:
        return data
    plain_number = isinstance(data, Const) and isinstance(data.value, (int, float))
    content = cast((data.value,), kind.lstrip("u")) if plain_number else None  # type: ignore[union-attr]
    if content and isinstance(content[0], int) and not isinstance(content[0], bool):
        return Const(Whole(content[0]))
    return Const(content[0]) if content else made(call, array_shape(data), data, dtype=kind)


@spelled("np", ARRAYS)
@spelled("tf ops K", "array convert_to_tensor convert_to_numpy variable copy")
@spelled("tf K", "identity")
def from_data(_: Any, call: Call) -> Value:
    return array_of(call)


def array_of(call: Call) -> Value:
    """Nested lists, tuples or arrays -> the array of their shape; ragged ones are not known."""
    data = given(call, 0, "object", "a", "value", "x", "input")
    shape = array_shape(data, call.engine)
    kind = None if call.callee.endswith("identity") else dtype_of(call, given(call, 1, "dtype"))
    if call.callee.endswith("convert_to_numpy"):
        return Tensor(shape, "numpy.ndarray", kind)
    if call.callee.endswith(("matrix", "mat", "ascontiguousarray")) and not isinstance(shape, Unknown):
        shape = (1,) * ((1 if call.callee.endswith("array") else 2) - len(shape)) + shape
    array = made(call, shape, data, dtype=kind)
    array.content = content_of(data, shape, kind)
    return array


@spelled("tf", "Variable")
def variable(_: Any, call: Call) -> Value:
    shape = given(call, 6, "shape")
    value = array_shape(given(call, 0, "initial_value"), call.engine)
    return Tensor(value if shape == NONE else shape_given(shape), "tensorflow.Variable")


def content_of(data: Value, shape: Shape | Unknown, dtype: str | None = None) -> Any:
    """The elements of a short row of plain data, as the dtype makes them."""
    if isinstance(data, Tensor):
        return cast(data.content, dtype)
    if isinstance(shape, Unknown) or len(shape) != 1 or not isinstance(shape[0], int) or shape[0] > MOST_CONTENT:
        return None
    try:
        return cast(tuple(plain(data)), dtype)
    except (ValueError, TypeError):
        return None


def cast(content: Any, dtype: str | None) -> Any:
    if content is None or dtype is None:
        return content
    function = next((f for name, f in (("int", int), ("float", float), ("str", str)) if dtype.startswith(name)), None)
    try:
        return tuple(map(function, content)) if function else None
    except (TypeError, ValueError):
        return None


@spelled("np ops", "meshgrid")
@spelled("tf", "meshgrid")
def meshgrid(_: Any, call: Call) -> Value:
    """(n,), (m,) -> two of (m, n); with indexing="ij" of (n, m)."""
    sizes = [array_shape(each.value) for each in call.positional()]
    rows = [size[0] for size in sizes if not isinstance(size, Unknown) and len(size) == 1]
    if len(rows) != len(sizes) or len(rows) < 2:
        return Unknown("a mesh of unknown axes")
    first, second = rows[:2]
    turned = given(call, 99, "indexing") == Const("ij")
    shape = tuple(rows) if turned else (second, first, *rows[2:])
    return Tuple(tuple(made(call, shape) for _ in rows))
