"""What numpy's functions and an array's methods do to shapes."""

from collections.abc import Callable
from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, as_shape, flag, integer, integers, tensors
from lstm_lint.library.numpy.making import NDARRAY, array, dtype_of
from lstm_lint.library.tables import attribute, op
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Many,
    Shape,
    Tensor,
    Thing,
    Tuple,
    Value,
    either,
    from_dim,
    number,
    show_shape,
)


def subject(call: Call, name: str = "a") -> tuple[Value, list[Argument]]:
    """The array that a function or a method is about, and the other positional arguments."""
    given = list(call.positional())
    if call.receiver is not None:
        return call.receiver, given
    if given:
        return given[0].value, given[1:]
    return call.value(name), []


def both(name: str) -> tuple[str, str]:
    return f"numpy.{name}", f"{NDARRAY}.{name}"


def _named(call: Call, name: str, rest: list[Argument], index: int, default: Value = NONE) -> Value:
    found = next((a.value for a in call.arguments if a.name == name), None)
    if found is not None:
        return found
    if index < len(rest):
        return rest[index].value
    return Unknown(f"argument {name}") if call.open else default


@op(*both("reshape"))
def reshape(_: Any, call: Call) -> Value:
    """The elements in another shape; -1 once. A number of elements that cannot be is a clash."""
    data, rest = subject(call)
    given = next((a.value for a in call.arguments if a.name in ("shape", "newshape")), None)
    if given is None and not rest:
        return array(NO_RANK)
    several = call.receiver is not None and len(rest) > 1
    target = as_shape(Tuple(tuple(a.value for a in rest)) if several else given or rest[0].value)
    shape = array_shape(data)
    if isinstance(target, Unknown) or call.open:
        return array(NO_RANK)
    result = shapes.reshape(shape, target)
    if result is None:
        facts = {"shape": shape, "target": target, "tensor": data}
        raise Clash("reshape", ("ValueError",), ("cannot reshape array",), facts)
    return array(result, getattr(data, "dtype", None))


@op("numpy.expand_dims")
def expand_dims(_: Any, call: Call) -> Value:
    """A new axis of size 1."""
    shape, axes = array_shape(call.value("a", 0)), integers(call.value("axis", 1))
    if isinstance(shape, Unknown) or axes is None:
        return array(NO_RANK)
    rank = len(shape) + len(axes)
    if any(not -rank <= axis < rank for axis in axes):
        return array(NO_RANK)
    places = {axis % rank for axis in axes}
    rest = iter(shape)
    return array(tuple(1 if i in places else next(rest) for i in range(rank)))


@op(*both("squeeze"))
def squeeze(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    shape, axis = array_shape(data), _named(call, "axis", rest, 0)
    if isinstance(shape, Unknown):
        return array(NO_RANK)
    if axis == NONE:
        known = all(isinstance(dim, int) for dim in shape)
        return array(tuple(dim for dim in shape if dim != 1)) if known else array(NO_RANK)
    axes = integers(axis)
    return array((shapes.without(shape, axes) if axes else None) or NO_RANK)


@op(*both("transpose"), "numpy.permute_dims")
def transpose(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    shape = array_shape(data)
    if isinstance(shape, Unknown):
        return array(NO_RANK)
    axes = _named(call, "axes", rest, 0)
    order = integers(Tuple(tuple(a.value for a in rest)) if len(rest) > 1 else axes) if axes != NONE else None
    if axes == NONE:
        return array(tuple(reversed(shape)))
    if order is None or sorted(axis % len(shape) for axis in order) != list(range(len(shape))):
        return array(NO_RANK)
    return array(tuple(shape[axis] for axis in order))


@attribute(f"{NDARRAY}.T")
def transposed(_: Any, owner: Tensor, engine: Any) -> Value:
    return array(owner.shape if isinstance(owner.shape, Unknown) else tuple(reversed(owner.shape)))


@op(*both("swapaxes"), "numpy.moveaxis", "numpy.rollaxis")
def swapaxes(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    shape, pair = array_shape(data), [integer(a.value) for a in rest]
    if isinstance(shape, Unknown) or len(pair) != 2 or None in pair:
        return array(NO_RANK)
    one, other = (axis % len(shape) for axis in pair if axis is not None)
    axes = list(shape)
    if call.callee.endswith("moveaxis"):
        axes.insert(other, axes.pop(one))
    elif call.callee.endswith("swapaxes"):
        axes[one], axes[other] = axes[other], axes[one]
    else:
        return array(NO_RANK)
    return array(tuple(axes))


@op("numpy.stack")
def stack(_: Any, call: Call) -> Value:
    """Equal shapes along a new axis."""
    shape, axis = array_shape(call.value("arrays", 0)), integer(call.value("axis", 1, Const(0)))
    if isinstance(shape, Unknown) or axis is None or not shape:
        return array(NO_RANK)
    count, *inner = shape
    inner.insert(axis % len(shape), count)
    return array(tuple(inner))


@op("numpy.concatenate", "numpy.concat")
def concatenate(_: Any, call: Call) -> Value:
    return _joined(call.value("arrays", 0), integer(call.value("axis", 1, Const(0))), lambda shape: shape)


@op("numpy.vstack", "numpy.row_stack")
def vstack(_: Any, call: Call) -> Value:
    return _joined(call.value("tup", 0), 0, lambda shape: (1, *shape) if len(shape) == 1 else shape)


@op("numpy.hstack")
def hstack(_: Any, call: Call) -> Value:
    parts = call.value("tup", 0)
    ranks = {len(s) for s in _shapes(parts) or () if not isinstance(s, Unknown)}
    return _joined(parts, 0 if ranks == {1} else 1, lambda shape: shape)


@op("numpy.dstack")
def dstack(_: Any, call: Call) -> Value:
    def deep(shape: Shape) -> Shape:
        return (1, *shape, 1) if len(shape) == 1 else (*shape, 1) if len(shape) == 2 else shape

    return _joined(call.value("tup", 0), 2, deep)


@op("numpy.column_stack")
def column_stack(_: Any, call: Call) -> Value:
    return _joined(call.value("tup", 0), 1, lambda shape: (*shape, 1) if len(shape) == 1 else shape)


def _shapes(value: Value) -> list[Shape | Unknown] | None:
    several = tensors(value)
    return [each.shape for each in several] if several else None


def _joined(value: Value, axis: int | None, form: Callable[[Shape], Shape]) -> Value:
    parts = _shapes(value)
    if parts is None:
        return _joined_many(value, axis, form)
    known = [form(part) for part in parts if not isinstance(part, Unknown)]
    if axis is None or len(known) != len(parts):
        return array(NO_RANK)
    result = shapes.concatenate(known, axis)
    return array(result if result is not None else NO_RANK)


def _joined_many(value: Value, axis: int | None, form: Callable[[Shape], Shape]) -> Value:
    """Equal parts whose number is a dim."""
    many = value if isinstance(value, Many) else value.get("items") if isinstance(value, Thing) else None
    if not isinstance(many, Many) or axis is None:
        return array(NO_RANK)
    shape = array_shape(many.element)
    if isinstance(shape, Unknown) or not -len(form(shape)) <= axis < len(form(shape)):
        return array(NO_RANK)
    axes = list(form(shape))
    axes[axis] = dims.multiply(axes[axis], many.length)
    return array(tuple(axes))


@op(*both("astype"), *both("copy"), *both("clip"), *both("round"), "numpy.around", "numpy.nan_to_num")
def same_shape(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    kind = dtype_of(rest[0].value) if call.callee.endswith("astype") and rest else getattr(data, "dtype", None)
    content = getattr(data, "content", None)
    if call.callee.endswith("astype") and kind and kind.startswith("int") and content is not None:
        content = _whole(content)
    return array(array_shape(data), kind, content)


def _whole(content: Any) -> Any:
    try:
        return tuple(int(each) for each in content)
    except (TypeError, ValueError):
        return None


ELEMENTWISE = (
    "sin cos tan arcsin arccos arctan sinh cosh tanh exp expm1 exp2 log log1p log2 log10 sqrt square abs absolute fabs "
    "negative positive sign floor ceil rint trunc isnan isinf isfinite logical_not cumsum cumprod roll flip fliplr flipud "
    "sort argsort reciprocal cbrt deg2rad rad2deg degrees radians invert real imag conj angle unwrap gradient interp "
    "random.shuffle ascontiguousarray"
).split()


@op(*(f"numpy.{name}" for name in ELEMENTWISE), *(f"{NDARRAY}.{name}" for name in ("cumsum", "argsort", "conj")))
def elementwise(_: Any, call: Call) -> Value:
    """Element by element: the same shape; a number gives a number."""
    data, rest = subject(call, "x")
    shape = array_shape(data)
    if call.callee.endswith(("cumsum", "cumprod")) and not rest and call.find("axis") is None:
        shape = shape if isinstance(shape, Unknown) or len(shape) == 1 else (dims.product(shape),)
    return Unknown("a number") if shape == () else array(shape)


PAIRWISE = (
    "add subtract multiply divide true_divide floor_divide power mod maximum minimum fmax fmin hypot arctan2 "
    "logical_and logical_or logical_xor equal not_equal less less_equal greater greater_equal"
).split()


@op(*(f"numpy.{name}" for name in PAIRWISE))
def pairwise(_: Any, call: Call) -> Value:
    given = call.positional()
    if len(given) < 2:
        return array(NO_RANK)
    left, right = array_shape(given[0].value), array_shape(given[1].value)
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return array(NO_RANK)
    result = shapes.broadcast(left, right)
    return array(NO_RANK if result is None else result) if left or right else Unknown("a number")


REDUCING = (
    "sum mean std var max min amax amin prod median argmax argmin all any nanmean nansum nanmax nanmin nanstd ptp average"
).split()


@op(*(f"numpy.{name}" for name in REDUCING), *(f"{NDARRAY}.{name}" for name in REDUCING))
def reduced(_: Any, call: Call) -> Value:
    """Over `axis`, or over all to a number."""
    data, rest = subject(call)
    axis, keep = _named(call, "axis", rest, 0), flag(_named(call, "keepdims", rest, 3, Const(False)))
    shape = array_shape(data)
    if axis == NONE:
        return Unknown("a number") if keep is False else array(NO_RANK)
    axes = integers(axis)
    if isinstance(shape, Unknown) or axes is None or keep is None:
        return array(NO_RANK)
    result = shapes.without(shape, axes, keep)
    return Unknown("a number") if result == () else array(result if result is not None else NO_RANK)


@op("numpy.split", "numpy.array_split")
def split(_: Any, call: Call) -> Value:
    """Equal parts along an axis, as a list."""
    shape = array_shape(call.value("ary", 0))
    parts, axis = call.value("indices_or_sections", 1), integer(call.value("axis", 2, Const(0)))
    count = integer(parts)
    if isinstance(shape, Unknown) or axis is None or not -len(shape) <= axis < len(shape):
        return _list(count)
    if count is None:
        return _split_at(shape, axis % len(shape), integers(parts))
    whole = shape[axis]
    if isinstance(whole, int) and count > 0 and whole % count:
        if call.callee.endswith("array_split"):
            return _list(count)
        words = ("array split does not result in an equal division",)
        raise Clash("split", ("ValueError",), words, {"shape": shape, "parts": count, "axis": axis})
    inner = list(shape)
    inner[axis] = dims.divide(whole, count)
    return Thing("list", {"items": tuple(array(tuple(inner)) for _ in range(max(0, count)))})


def _split_at(shape: Shape, axis: int, cuts: tuple[int, ...] | None) -> Value:
    if cuts is None:
        return _list(None)
    edges: list[Dim] = [0, *cuts, shape[axis]]
    sizes = [dims.subtract(b, a) for a, b in zip(edges, edges[1:], strict=False)]
    parts = (array((*shape[:axis], size, *shape[axis + 1 :])) for size in sizes)
    return Thing("list", {"items": tuple(parts)})


def _list(count: int | None) -> Value:
    items: Any = tuple(array(NO_RANK) for _ in range(count)) if count and 0 < count < 100 else Unknown("a list of parts")
    return Thing("list", {"items": items})


@op(*both("repeat"))
def repeat(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    shape, times = array_shape(data), number(_named(call, "repeats", rest, 0))
    axis = integer(_named(call, "axis", rest, 1))
    if isinstance(shape, Unknown):
        return array(NO_RANK)
    if axis is None:
        return array((dims.multiply(dims.product(shape), times),))
    axes = list(shape)
    axes[axis] = dims.multiply(axes[axis], times)
    return array(tuple(axes))


@op("numpy.tile")
def tile(_: Any, call: Call) -> Value:
    shape, reps = array_shape(call.value("A", 0)), as_shape(call.value("reps", 1))
    if isinstance(shape, Unknown) or isinstance(reps, Unknown):
        return array(NO_RANK)
    rank = max(len(shape), len(reps))
    left, right = (1,) * (rank - len(shape)) + shape, (1,) * (rank - len(reps)) + reps
    return array(tuple(map(dims.multiply, left, right)))


@op(*both("ravel"), f"{NDARRAY}.flatten")
def ravel(_: Any, call: Call) -> Value:
    shape = array_shape(subject(call)[0])
    return array((dims.product(shape),) if not isinstance(shape, Unknown) else (Unknown("a flattened length"),))


@op(f"{NDARRAY}.tolist", f"{NDARRAY}.item", "numpy.where", "numpy.unique", "numpy.einsum", "numpy.append", "numpy.delete")
def unknown(_: Any, call: Call) -> Value:
    return Unknown(f"{call.callee} is not followed")


@op("numpy.allclose", "numpy.array_equal", "numpy.isclose", "numpy.save", "numpy.savez", "numpy.random.seed")
def nothing(_: Any, call: Call) -> Value:
    return Unknown(f"{call.callee} gives no array")


@op("numpy.dot", "numpy.matmul", f"{NDARRAY}.dot")
def matmul(_: Any, call: Call) -> Value:
    data, rest = subject(call)
    other = rest[0].value if rest else call.value("b")
    return array(product_shape(array_shape(data), array_shape(other)))


def product_shape(left: Shape | Unknown, right: Shape | Unknown) -> Shape | Unknown:
    """The shape of a matrix product of rank 2 and below."""
    if isinstance(left, Unknown) or isinstance(right, Unknown) or not left or not right:
        return NO_RANK
    if len(right) > 2 or len(left) > 2 and len(right) == 1:
        return NO_RANK
    return (*left[:-1], *right[1:])


@attribute(f"{NDARRAY}.shape")
def shape_of(_: Any, owner: Tensor, engine: Any) -> Value:
    """As a tuple of ints; a shape that is not known is named after the array."""
    from lstm_lint.library.arguments import shape_value

    return shape_value(owner.shape)


@attribute(f"{NDARRAY}.ndim")
def ndim(_: Any, owner: Tensor, engine: Any) -> Value:
    return Unknown("a rank that is not known") if owner.rank is None else Const(owner.rank)


@attribute(f"{NDARRAY}.size")
def size(_: Any, owner: Tensor, engine: Any) -> Value:
    return owner.shape if isinstance(owner.shape, Unknown) else from_dim(dims.product(owner.shape))


@attribute(f"{NDARRAY}.dtype")
def dtype(_: Any, owner: Tensor, engine: Any) -> Value:
    return Const(owner.dtype) if owner.dtype else Unknown("a dtype that is not known")


@op("numpy.shape")
def shape_function(_: Any, call: Call) -> Value:
    from lstm_lint.library.arguments import shape_value

    return shape_value(array_shape(call.value("a", 0)))


@op("numpy.ndim")
def ndim_function(_: Any, call: Call) -> Value:
    shape = array_shape(call.value("a", 0))
    return Unknown("a rank that is not known") if isinstance(shape, Unknown) else Const(len(shape))


__all__ = ["either", "show_shape"]
