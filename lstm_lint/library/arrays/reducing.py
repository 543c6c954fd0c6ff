"""Over an axis: sums, means, extremes and their places, running sums, differences."""

from typing import Any

from lstm_lint.library.arguments import array_shape, flag, integer, integers, positive
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.shaping import data_of
from lstm_lint.library.arrays.spelling import SYMBOLIC, given, index_dtype, made, of_numpy, parts, spelled
from lstm_lint.values import dims, shapes
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Value, number

REDUCING = (
    "sum mean std var max min amax amin prod median all any ptp average nansum nanmean nanmax nanmin nanstd nanvar "
)
RAW = "sum mean std variance max min prod all any logsumexp euclidean_norm"
BY_PLACE = {"quantile": 2, "percentile": 2, "nanpercentile": 2, "norm": 2}
ORDERED = ("max", "min", "amax", "amin", "reduce_max", "reduce_min", "nanmax", "nanmin", "ptp", "reduce_sum")
QUANTILES = ("quantile", "percentile", "nanpercentile")
KEPT_BY_PLACE = {"quantile": 4, "percentile": 4, "nanpercentile": 4, "norm": 3}


@spelled("np ops K", REDUCING + "nanmedian count_nonzero logsumexp quantile percentile nanpercentile linalg.norm norm")
@spelled("nd", REDUCING)
@spelled("tf", " ".join(f"reduce_{name}" for name in RAW.split()))
@spelled("tf", "norm")
def reduced(_: Any, call: Call) -> Value:
    """Over `axis`, or over all to a number."""
    data = given(call, 0, "a", "x", "input_tensor", "tensor")
    shape, name = array_shape(data), call.callee.rpartition(".")[2]
    axis = given(call, BY_PLACE.get(name, 1), "axis", "reduction_indices")
    place = KEPT_BY_PLACE.get(name, 9 if of_numpy(call) else 2)
    keep = flag(given(call, place, "keepdims", "keep_dims", default=Const(False)))
    kind = "bool" if name in ("all", "any", "reduce_all", "reduce_any") else None
    kind = index_dtype(call) if name == "count_nonzero" else kind
    sources = () if name in QUANTILES and of_numpy(call) else _summed(data, name)  # numpy 1 gives floats of 64 bits
    if name in QUANTILES and array_shape(given(call, 1, "q")) != ():
        return made(call, None)
    if axis == NONE:
        known = () if keep is False else None if keep is None or isinstance(shape, Unknown) else (1,) * len(shape)
        return made(call, known, *sources, dtype=kind)
    places = integers(axis)
    if isinstance(shape, Unknown) or places is None or keep is None:
        return made(call, None, *sources)
    left = shapes.without(shape, places, keep)
    if left is None and isinstance(data, Tensor) and data.type == SYMBOLIC:
        facts = {"tensor": data, "shape": shape, "axis": places}
        raise Clash("axis-out-of-range", ("ValueError", "InvalidArgumentError", "IndexError"), (), facts)
    return made(call, left, *sources, dtype=kind)


@spelled("np nd ops K tf", "argmax argmin nanargmax nanargmin")
def arg(_: Any, call: Call) -> Value:
    """Over one axis; numpy and keras.ops without one over all, TensorFlow over the first, keras.backend over the last."""
    data, shape = data_of(call)
    home = call.callee.partition(".")[0]
    default = Const(0) if home == "tensorflow" else Const(-1) if call.callee.startswith("keras.backend") else NONE
    axis = given(call, 1, "axis", "dimension", default=default)
    place, keep = integer(axis), flag(given(call, 2 if home == "keras" else 3, "keepdims", default=Const(False)))
    several = home == "tensorflow" and len(call.arguments) > 2 or call.find("output_type") is not None
    kind = None if several else "int32" if call.callee.startswith("keras.ops.") else "int64"
    sources = () if several else (data,)
    if axis == NONE:
        return made(call, () if keep is False else None, *sources, dtype=kind)
    if isinstance(shape, Unknown) or place is None or keep is None:
        return made(call, None, *sources, dtype=kind)
    return made(call, shapes.without(shape, (place,), keep), *sources, dtype=kind)


@spelled("np", "diff")
@spelled("ops", "diff")
def diff(_: Any, call: Call) -> Value:
    """n elements less along the axis."""
    data, shape = data_of(call)
    order, axis = number(given(call, 1, "n", default=Const(1))), integer(given(call, 2, "axis", default=Const(-1)))
    place = positive(axis, len(shape)) if axis is not None and not isinstance(shape, Unknown) else None
    if place is None or isinstance(shape, Unknown):
        return made(call, None, data)
    left = dims.subtract(shape[place], order)
    return made(call, axes.replaced(shape, place, max(left, 0) if isinstance(left, int) else left), data)


@spelled("np nd tf ops K", "cumsum cumprod nancumsum")
def cumsum(_: Any, call: Call) -> Value:
    """numpy and keras.ops without an axis flatten."""
    data, shape = data_of(call)
    flat = of_numpy(call) or call.callee.startswith("keras.ops.")
    if flat and given(call, 1, "axis") == NONE and not isinstance(shape, Unknown) and len(shape) != 1:
        shape = (axes.flattened(shape),)
    return made(call, shape or None, *_summed(data))


def _summed(data: Value, name: str = "sum") -> tuple[Value, ...]:
    """Sums, products and means of small integers are of larger numbers, or floats."""
    kept = name in ORDERED or isinstance(data, Tensor) and str(data.dtype).startswith("float")
    return (data,) if kept else tuple(Tensor(each.shape, each.type) for each in parts(data))
