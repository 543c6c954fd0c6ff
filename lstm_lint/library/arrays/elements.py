"""Element by element, pair by pair, along an axis."""

from typing import Any

from lstm_lint.library.arguments import array_shape, flag, integer, integers, positive
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.making import cast, content_of
from lstm_lint.library.arrays.shaping import data_of
from lstm_lint.library.arrays.spelling import NDARRAY, SYMBOLIC, dtype_of, given, index_dtype, made, of_numpy, spelled
from lstm_lint.library.tables import op
from lstm_lint.values import dims, shapes
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Tuple, Value, number

ELEMENTWISE = (
    "sin cos tan asin acos atan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh exp expm1 exp2 log log1p log2 "
    "log10 sqrt rsqrt square abs absolute fabs negative positive sign floor ceil rint trunc round around reciprocal cbrt "
    "deg2rad rad2deg degrees radians invert real imag conj conjugate angle unwrap nan_to_num clip clip_by_value roll flip "
    "fliplr flipud reverse sort argsort stop_gradient softmax log_softmax sigmoid log_sigmoid relu relu6 "
    "elu selu gelu silu swish softplus softsign leaky_relu hard_sigmoid hard_silu l2_normalize dropout "
    "spectral_normalize erf lgamma digamma cumulative_logsumexp bias_add interp hard_tanh "
    "exponential linear mish clip_by_norm layer_normalization batch_normalization digitize fix logit ndtri searchsorted ensure_shape random_shuffle"
)
MASKS = "isnan isinf isfinite logical_not isin is_nan is_inf is_finite isnat iscomplex isreal"


@spelled("np tf nn ops K act", ELEMENTWISE)
@spelled("nd", "clip round conj argsort")
def elementwise(registry: Any, call: Call) -> Value:
    """The same shape; in `searchsorted` that of another argument. A number may be broadcast to one."""
    name = call.callee.rpartition(".")[2]
    data = given(
        call, 1 if name == "searchsorted" else 0, "x", "a", "tensor", "features", "logits", "input", "inputs", "m"
    )
    if name == "softmax" and registry.target == "keras2" and call.callee.startswith("keras."):
        check_softmax(data)
    kind = index_dtype(call) if name in ("argsort", "digitize", "searchsorted") else None
    shape = array_shape(data)
    if name == "argsort" and shape == () or name == "searchsorted" and call.find("out_type") is not None:
        return made(call, None)
    others = [each.value for each in call.arguments if each.value is not data]
    if name == "argsort" and NONE in others:
        return made(call, None)  # of all, flat
    floats = isinstance(data, Tensor) and str(data.dtype).startswith("float")
    if (
        kind is None
        and not floats
        and any(isinstance(each, Const) and isinstance(each.value, float) for each in others)
    ):
        return made(call, shape)
    if name != "searchsorted" and (shape == () or kind is None) and any(array_shape(each) != () for each in others):
        return made(call, shape if shape else None)  # what it is broadcast to, or where numpy puts it
    return made(call, shape, data, dtype=kind)


def check_softmax(data: Value) -> None:
    """Keras 2 refuses a tensor of one axis, which would be its batch."""
    if isinstance(data, Tensor) and data.rank in (0, 1) and data.type != NDARRAY:
        words = ("Cannot apply softmax to a tensor that is 1D",)
        raise Clash("softmax-of-a-batch", ("ValueError",), words, {"tensor": data, "shape": data.shape})


@op("keras.utils.normalize", "keras.ops.normalize")
def normalize(_: Any, call: Call) -> Value:
    """Of a row Keras 2 makes a matrix."""
    data, shape = data_of(call)
    return made(call, shape if isinstance(shape, tuple) and len(shape) > 1 else None, data)


@spelled("np", "gradient")
def gradient(_: Any, call: Call) -> Value:
    """Of a row one array, otherwise one along each axis."""
    _data, shape = data_of(call)
    if isinstance(shape, Unknown) or call.find("axis") is not None:
        return Unknown("the gradients along some axes")
    return made(call, shape) if len(shape) == 1 else Tuple(tuple(made(call, shape) for _ in shape))


@spelled("np ops", "tril triu")
def triangle(_: Any, call: Call) -> Value:
    """Of a row a square."""
    data, shape = data_of(call)
    return made(call, shape * 2 if isinstance(shape, tuple) and len(shape) == 1 else shape, data)


@spelled("np tf ops", MASKS)
def mask(_: Any, call: Call) -> Value:
    data = given(call, 0, "x", "element")
    into = len(call.positional()) > 1 and not call.callee.endswith("isin")  # an array of any dtype
    return made(call, None) if into else made(call, array_shape(data), data, dtype="bool")


@spelled("tf ops K nd", "cast astype")
@spelled("np", "astype")
@spelled("nd", "copy view byteswap __array__")
def cast_(_: Any, call: Call) -> Value:
    """Another dtype, the same shape; the elements of a short row follow."""
    data, shape = data_of(call)
    kind = dtype_of(call, given(call, 1, "dtype"))
    if call.callee.endswith("view") and call.arguments:
        return made(call, None)
    result = made(call, shape, data, dtype=kind)
    result.content = cast(getattr(data, "content", None), kind)
    return result


PAIRWISE = (
    "add subtract multiply divide true_divide floor_divide floordiv truediv divide_no_nan power pow mod floormod fmod "
    "remainder maximum minimum fmax fmin hypot arctan2 atan2 logaddexp squared_difference bitwise_and bitwise_or copysign"
)
COMPARING = (
    "equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor isclose approximate_equal"
)


@spelled("np tf ops K", f"{PAIRWISE} {COMPARING}")
def pairwise(registry: Any, call: Call) -> Value:
    from lstm_lint.library.arithmetic import operate

    left, right = given(call, 0, "x1", "x"), given(call, 1, "x2", "y")
    name = call.callee.rpartition(".")[2]
    kind = "bool" if name in COMPARING.split() else None
    if array_shape(left) == array_shape(right) == ():
        return made(call, (), left, right, dtype=kind)
    if call.callee == "keras.ops.add" and _of_channels(array_shape(left), array_shape(right)):
        return made(call, array_shape(left), left, right)
    result = operate(registry, "<" if kind else "+", left, right, call.engine)
    return made(call, array_shape(result), left, right, dtype=kind)


def _of_channels(shape: Shape | Unknown, other: Shape | Unknown) -> bool:
    """Keras 3 on TensorFlow takes a row as long as the second axis for a bias of channels."""
    known = isinstance(shape, tuple) and isinstance(other, tuple) and len(shape) > 2 and len(other) == 1
    return bool(known and dims.same(shape[1], other[0]))  # type: ignore[index]


@spelled("np tf ops K", "where select switch")
def where(_: Any, call: Call) -> Value:
    """(condition, x, y) -> all three broadcast; the condition alone -> its places."""
    condition = given(call, 0, "condition", "condlist")
    one, other = given(call, 1, "x", "x1", "then_expression"), given(call, 2, "y", "x2", "else_expression")
    shape = array_shape(condition)
    if len(call.arguments) == 1:
        return _places(call, condition)
    for each in (one, other):
        theirs = array_shape(each)
        unknown = isinstance(shape, Unknown) or isinstance(theirs, Unknown)
        shape = Unknown("a choice") if unknown else shapes.broadcast(shape, theirs) or Unknown("a choice")  # type: ignore[arg-type]
        if not unknown and theirs == () and shape == Unknown("a choice"):
            shape = ()
    return made(call, None if call.callee.endswith("select") else shape, one if isinstance(one, Tensor) else other)


def _places(call: Call, condition: Value) -> Value:
    """One row of indices for each axis; in TensorFlow one array."""
    shape, count = array_shape(condition), Unknown("a number of hits")
    if call.callee.startswith("tensorflow."):
        return made(call, None if isinstance(shape, Unknown) else (count, len(shape)), condition, dtype="int64")
    if isinstance(condition, Tensor) and condition.type == SYMBOLIC:
        return Unknown("places in a symbolic tensor")
    if isinstance(shape, Unknown):
        return Unknown("places in something of unknown rank")
    return Tuple(tuple(made(call, (count,), condition, dtype="int64") for _ in shape or (1,)))


@spelled("np ops", "nonzero")
@spelled("nd", "nonzero")
def nonzero(_: Any, call: Call) -> Value:
    return _places(call, given(call, 0, "a", "x"))


@spelled("np", "argwhere flatnonzero")
def argwhere(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    count = Unknown("a number of hits")
    if call.callee.endswith("flatnonzero"):
        return made(call, (count,), data, dtype="int64")
    return made(call, None if isinstance(shape, Unknown) else (count, len(shape)), data, dtype="int64")


@spelled("np", "unique")
def unique(_: Any, call: Call) -> Value:
    """(n,) of a number that is not known, where the elements are not."""
    data, shape = data_of(call)
    content, axis = content_of(data, shape), given(call, 4, "axis")
    count = len(set(content)) if content is not None and axis == NONE else dims.symbol("unique")
    more = [n for i, n in enumerate(("return_index", "return_inverse", "return_counts")) if _asked(call, i + 1, n)]
    rest = shape[1:] if axis != NONE and not isinstance(shape, Unknown) else ()
    values = made(call, (count, *rest) if axis in (NONE, Const(0)) else None, data)
    values.content = tuple(sorted(set(content))) if content is not None and axis == NONE else None
    row = isinstance(shape, tuple) and len(shape) == 1  # otherwise numpy 2 gives the places in its shape
    others = (
        made(call, (shape if row else None) if name == "return_inverse" else (count,), data, dtype="int64")
        for name in more
    )
    return Tuple((values, *others)) if more else values


def _asked(call: Call, index: int, name: str) -> bool:
    return flag(given(call, index, name, default=Const(False))) is not False


@spelled("np tf ops", "bincount histogram")
def counted(_: Any, call: Call) -> Value:
    data = given(call, 0, "x", "a", "arr")
    bins = number(given(call, 1, "bins", default=Const(10)))
    if call.callee.endswith("histogram") and not call.callee.startswith("tensorflow."):
        return Tuple((made(call, (bins,)), made(call, (dims.add(bins, 1),))))
    shape = array_shape(data)
    row = isinstance(shape, tuple) and len(shape) == 1
    return made(call, (Unknown("a number of bins"),) if row else None)


@spelled("nn tf ops K", "one_hot")
def one_hot(_: Any, call: Call) -> Value:
    """A last axis of num_classes."""
    data = given(call, 0, "x", "indices")
    shape, count = array_shape(data), number(given(call, 1, "num_classes", "depth"))
    raw = call.callee.startswith("tensorflow.")
    axis = integer(given(call, 4 if raw else 2, "axis", default=Const(-1)))
    known = not isinstance(shape, Unknown) and axis is not None
    kind = "float32" if len(call.positional()) < 3 and call.find("on_value") is None else None
    return made(call, axes.inserted(shape, axis, count) if known else None, dtype=kind)  # type: ignore[arg-type]


@spelled("nn tf ops", "top_k")
def top_k(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    count = number(given(call, 1, "k", default=Const(1)))
    result = None if isinstance(shape, Unknown) or not shape else (*shape[:-1], count)
    return Tuple((made(call, result, data), made(call, result, data, dtype="int32")))


@spelled("nn tf", "moments")
def moments(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    places = integers(given(call, 1, "axes", "axis"))
    keep = flag(given(call, 99, "keepdims", "keep_dims", default=Const(False)))
    known = not isinstance(shape, Unknown) and places is not None and keep is not None and len(call.positional()) < 3
    result = shapes.without(shape, places, bool(keep)) if known else None  # type: ignore[arg-type]
    return Tuple((made(call, result, data), made(call, result, data)))


@spelled("np tf ops K nd", "take gather")
def take(_: Any, call: Call) -> Value:
    """Elements by index along an axis; numpy without one takes from everything flat."""
    data, indices = given(call, 0, "a", "x", "params", "reference"), given(call, 1, "indices", "ids")
    shape, chosen = array_shape(data), array_shape(indices)
    flat = of_numpy(call) or call.callee.startswith("keras.ops.")
    axis = given(call, 2 if flat else 99, "axis", default=NONE if flat else Const(0))
    if isinstance(shape, Unknown) or isinstance(chosen, Unknown):
        return made(call, None, data)
    place = 0 if axis == NONE else integer(axis)
    if axis == NONE:
        return made(call, chosen, data)
    here = positive(place, len(shape)) if place is not None else None
    return made(call, None if here is None else (*shape[:here], *chosen, *shape[here + 1 :]), data)


@spelled("np ops", "take_along_axis")
def take_along_axis(_: Any, call: Call) -> Value:
    data = given(call, 0, "arr", "x")
    return made(call, array_shape(given(call, 1, "indices")), data)


@spelled("tf", "boolean_mask")
@spelled("np nd", "compress extract")
def masked(_: Any, call: Call) -> Value:
    data = given(call, 0, "tensor", "a")
    shape, mask_ = array_shape(data), array_shape(given(call, 1, "mask"))
    count = Unknown("a number of rows that a mask picks")
    known = not isinstance(shape, Unknown) and not isinstance(mask_, Unknown) and call.callee.endswith("mask")
    return made(call, (count, *shape[len(mask_) :]) if known else None, data)  # type: ignore[index, arg-type]


@spelled("tf ops", "slice")
def slice_(_: Any, call: Call) -> Value:
    """(input, begin, size): -1 takes the rest."""
    data = given(call, 0, "input_", "inputs")
    shape, begin, size = array_shape(data), *(_dims(given(call, i, n)) for i, n in ((1, "begin"), (2, "size")))
    if isinstance(shape, Unknown) or begin is None or size is None or len(size) != len(shape):
        return made(call, None, data)
    rest = (
        dims.subtract(d, b) if s == -1 and d is not None else d if s == -1 else s
        for d, b, s in zip(shape, begin, size, strict=False)
    )
    return made(call, tuple(rest), data)


def _dims(value: Value) -> tuple[Any, ...] | None:
    from lstm_lint.library.arguments import as_shape

    found = as_shape(value)
    return None if isinstance(found, Unknown) else found


@spelled("np ops tf K", "shape int_shape")
def shape_of(_: Any, call: Call) -> Value:
    """As the tuple that it is; TensorFlow's is a tensor, of which only the elements matter."""
    from lstm_lint.library.arguments import shape_value

    data = given(call, 0, "a", "x", "input")
    return shape_value(array_shape(data))


@spelled("np ops tf K", "ndim rank")
def rank(_: Any, call: Call) -> Value:
    shape = array_shape(given(call, 0, "a", "x", "input"))
    return Unknown("a rank that is not known") if isinstance(shape, Unknown) else Const(len(shape))


@spelled("np ops tf", "size")
def size(_: Any, call: Call) -> Value:
    from lstm_lint.values.value import from_dim

    shape, axis = array_shape(given(call, 0, "a", "x", "input")), given(call, 1, "axis", "out_type")
    if axis == NONE and not isinstance(shape, Unknown):
        return from_dim(axes.flattened(shape))
    place = integer(axis)
    here = positive(place, len(shape)) if place is not None and isinstance(shape, tuple) else None
    return Unknown("a number of elements") if here is None else from_dim(shape[here])  # type: ignore[index]
