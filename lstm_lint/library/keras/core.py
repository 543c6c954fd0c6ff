"""Layers that feed and follow recurrent ones: Dense, Embedding, and those that leave the shape as it is."""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall, apply_layer, called_on_one
from lstm_lint.library.keras.checking import plain
from lstm_lint.library.keras.late import leave, meet
from lstm_lint.library.keras.later import INTEGERS, refused_argument, rows_of_numbers
from lstm_lint.library.keras.making import GIVEN
from lstm_lint.library.keras.mask_shapes import fits, known_mask, misfit
from lstm_lint.library.keras.otherwise import run_of, told
from lstm_lint.library.keras.recurrent import check_features
from lstm_lint.library.keras.refusals import check_activation
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.tables import layer
from lstm_lint.records import replace
from lstm_lint.values import shapes
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Value


@layer("keras.layers.Dense", least=2)
def dense(call: LayerCall) -> Value:
    """(batch, ..., features) -> (batch, ..., units)."""
    check_activation(call)
    shape = call.input.shape
    if isinstance(shape, Unknown):
        return call.of(NO_RANK)
    check_features(call, shape[-1])
    return call.give(*shape[:-1], call.dim("units"))


@layer("keras.layers.Embedding")
def embedding(call: LayerCall) -> Value:
    """(batch, ...) -> (batch, ..., output_dim): one axis more, always."""
    check_weights(call)
    for name in ("input_dim", "output_dim"):
        value = call.value(name)
        if isinstance(value, Const) and isinstance(value.value, float):
            raise call.clash("units-no-int", "Dimension value must be integer", "TypeError", name=name, value=value)
    shape = call.input.shape
    return call.of(NO_RANK) if isinstance(shape, Unknown) else call.give(*shape, call.dim("output_dim"))


def check_weights(call: LayerCall) -> None:
    """`weights=[array]`: the array is the table."""
    items = listed(call.value("weights"))
    array = items[0] if items is not None and len(items) == 1 else None
    if not isinstance(array, Tensor) or isinstance(array.shape, Unknown):
        return
    wanted = (call.dim("input_dim"), call.dim("output_dim"))
    if not shapes.compatible(array.shape, wanted):
        raise call.clash(
            "weights-shape", "not compatible with provided weight shape", expected=wanted, found=array.shape
        )


SAME = [
    "Dropout",
    "Activation",
    "ActivityRegularization",
    "LeakyReLU",
    "ReLU",
    "ELU",
    "ThresholdedReLU",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "Identity",
]
LOOKING = ("ActivityRegularization", "ReLU", "ELU")
"""They look at their arguments, too."""


@layer(*(f"keras.layers.{name}" for name in SAME if name not in LOOKING))
def unchanged(call: LayerCall) -> Value:
    """The shape stays."""
    if not called_on_one(call):
        return Unknown("a layer of one tensor called on a list")
    if call.input.rank in (0, 1) and call.kind == "keras.layers.Activation" and not call.keras3:
        _check_softmax(call)
    return call.of(call.input.shape, call.input.dtype)


def _check_softmax(call: LayerCall) -> None:
    """Keras 2 makes no probabilities of the batch."""
    from lstm_lint.library.keras.dtypes import function_path

    if call.kind == SOFTMAX or function_path(call.value("activation")) == "keras.activations.softmax":
        raise call.clash("softmax-of-a-batch", "Cannot apply softmax to a tensor that is 1D")


SOFTMAX = "keras.layers.Softmax"


SHORT = ("bool", "uint8", "int8", "uint16", "int16")
"""Numbers whose sum is one of another kind."""


@layer("keras.layers.ActivityRegularization")
def penalized(call: LayerCall) -> Value:
    """The shape stays; Keras 3 does not multiply the sum of small numbers by a part."""
    used = any(isinstance(n := plain(call.value(name)), float) and n > 0 for name in ("l1", "l2"))
    if call.keras3 and used and call.input.dtype in SHORT and call.input.type == SYMBOLIC:
        meet(call, call.clash("input-dtype", (), "InvalidArgumentError", dtype=call.input.dtype, stage="run"))
    return unchanged(call)


@layer("keras.layers.Rescaling", "keras.layers.ELU")
def rescaled(call: LayerCall) -> Value:
    """Rows of numbers are stretched over the last axis; Keras 3 says nothing of it before it runs."""
    result = unchanged(call)
    if call.keras3 and call.symbolic or not isinstance(result, Tensor):
        return result
    for name in rows_of_numbers(call):
        items, shape = listed(call.value(name)), result.shape
        if items is None or not isinstance(shape, tuple) or not shape:
            continue
        plain = all(isinstance(each, Const) for each in items)
        stretched = shape[-1] == 1 or shape[-1] is None and items
        wide = len(items) if len(items) != 1 and stretched else shape[-1]
        result = replace(result, shape=(*shape[:-1], wide) if plain else NO_RANK)
    return result


def activated(call: LayerCall, result: Value) -> Value:
    """A layer for an activation may give another shape."""
    if not call.keras3:
        several = map(call.value, ("activation", "recurrent_activation", "cell"))
        if not any(isinstance(each, Thing) for each in several):
            return result
        from lstm_lint.library.keras.activating import through

        return through(call, result)
    held = call.value("activation")
    if not isinstance(held, Thing) or held.type.rpartition(".")[2] in (*SAME, "Rescaling", "PReLU", "Softmax"):
        return result
    if isinstance(result, Tensor) and result.runs is None and call.kind in ACTIVATING:
        really = _through(call, held, result.shape)
        return told(call, result, really) if call.symbolic else replace(result, shape=really)
    if call.symbolic:
        leave(call)
        return result
    return replace(result, shape=NO_RANK) if isinstance(result, Tensor) else result


CONVOLVING = (("", ""), ("", "Transpose"), ("Separable", ""), ("Depthwise", ""))
CONVOLUTIONS = (f"{kind}Conv{n}D{more}" for n in (1, 2, 3) for kind, more in CONVOLVING)
ACTIVATING = frozenset(f"keras.layers.{name}" for name in ("Activation", "Dense", "EinsumDense", *CONVOLUTIONS))
"""Layers that do nothing behind their activation."""


def _through(call: LayerCall, held: Thing, shape: Shape | Unknown) -> Shape | Unknown:
    """The shape that a layer for an activation gives in a run."""
    start = run_of(Tensor(shape, SYMBOLIC, "float32"))
    asked = Call("__call__", (Argument(start),), call.call.engine, call.call.place, held)
    try:
        found = apply_layer(call.registry, held, [start], asked)
    except Clash as clash:
        facts = {**clash.facts, "stage": "run" if call.symbolic else "call"}
        meet(call, call.clash(clash.kind, (), (*clash.raises, "InvalidArgumentError"), **facts))
        return NO_RANK
    return found.shape if isinstance(found, Tensor) else NO_RANK


@layer("keras.layers.Masking")
def masking(call: LayerCall) -> Value:
    """The values of masked steps are compared with a number; Keras 3 does so when it runs."""
    if call.is_none("mask_value") and "mask_value" in call.layer.get(GIVEN, ()):
        stage = "run" if call.keras3 and call.symbolic else "call"
        meet(call, call.clash("argument-value", (), name="mask_value", value=NONE, stage=stage))
    return unchanged(call)


@layer("keras.layers.ReLU")
def rectified(call: LayerCall) -> Value:
    """The shape stays; Keras 3 takes a part of what is below from whole numbers, where both are whole."""
    slope, threshold, limit = (plain(call.value(name)) for name in ("negative_slope", "threshold", "max_value"))
    whole = call.keras3 and call.input.type == SYMBOLIC and call.input.dtype in INTEGERS
    leaks = isinstance(slope, (int, float)) and slope != 0 and not (limit is None and threshold == 0)
    if whole and leaks and (call.input.dtype == "bool" or _is_part(slope) or _is_part(threshold)):
        meet(call, refused_argument(call, "negative_slope", raises=("InvalidArgumentError", "TypeError")))
    return unchanged(call)


def _is_part(value: object) -> bool:
    return isinstance(value, float) and value != 0


@layer("keras.layers.PReLU")
def sloped(call: LayerCall) -> Value:
    """A slope for each place: every axis must be known, but those along which one is shared."""
    shape, shared = call.input.shape, call.integers("shared_axes")
    if call.is_none("shared_axes"):
        shared = ()
    if isinstance(shape, Unknown) or shared is None:
        return unchanged(call)
    lost = next((axis for axis in shared if axis >= len(shape) or axis < 2 - len(shape)), None)
    if lost is not None:
        raise call.clash("axis-out-of-range", (), "IndexError", axis=lost)
    places = shared_places(shared, len(shape))
    if call.building and any(dim is None for axis, dim in enumerate(shape[1:], 1) if axis not in places):
        raise call.clash("weights-for-an-open-axis", ())
    return unchanged(call)


def shared_places(shared: tuple[int, ...], rank: int) -> set[int]:
    """The axes of the input: those of a list that begins behind the batch are one less, and 0 is the last."""
    return {(axis - 1) % (rank - 1) + 1 for axis in shared} if rank > 1 else set()


@layer(SOFTMAX)
def softmax(call: LayerCall) -> Value:
    """The axis must be there; Keras 3 looks when it runs."""
    shape, axes = call.input.shape, call.integers("axis")
    if call.input.rank == 1 and not call.keras3:
        _check_softmax(call)
    if not isinstance(shape, Unknown) and any(not -len(shape) <= axis < len(shape) for axis in axes or ()):
        stage = "run" if call.keras3 and call.symbolic else "call"
        clash = call.clash("axis-out-of-range", (), axis=str(call.integer("axis") or axes), stage=stage)
        clash.raises = ("InvalidArgumentError", "ValueError")
        meet(call, clash)
    if call.keras3:
        _check_whole(call, shape)
    elif isinstance(shape, tuple) and len(shape) < 2 and axes is not None and len(axes) == 1:
        raise call.clash("softmax-of-a-batch", "Cannot apply softmax to a tensor that is 1D")
    mask = known_mask(call.input)
    if mask is None or isinstance(shape, Unknown) or call.call.find("mask") is not None:
        return unchanged(call)
    if call.keras3:
        if not fits(mask, shape):
            meet(call, misfit(call, mask, shape, late=True))
        return unchanged(call)
    stretched = shapes.broadcast(mask, shape)
    if stretched is None:
        raise misfit(call, mask, shape)
    return call.give(*stretched)


def _check_whole(call: LayerCall, shape: Shape | Unknown) -> None:
    """An axis is a whole number, or the last one as a float."""
    items = listed(call.value("axis"))
    several = [plain(each) for each in ((call.value("axis"),) if items is None else items)]
    rank = len(shape) if isinstance(shape, tuple) else None
    lone = len(several) == 1 and (rank is None or several[0] in (-1, rank - 1))
    if items == () or not lone and any(isinstance(each, (float, str)) for each in several):
        errors = ("InvalidArgumentError", "TypeError", "IndexError", "ValueError")
        stage = "run" if call.symbolic else "call"
        meet(call, call.clash("argument-value", (), errors, name="axis", value=call.value("axis"), stage=stage))


layer("keras.layers.SpatialDropout1D", rank=3)(unchanged)
layer("keras.layers.SpatialDropout2D", rank=4)(unchanged)
layer("keras.layers.SpatialDropout3D", rank=5)(unchanged)


@layer("keras.layers.InputLayer")
def input_layer(call: LayerCall) -> Value:
    return call.input
