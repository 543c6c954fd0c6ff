"""A layer that is built meets another input: what its weights, or Keras' note of the first shape, bind."""

from typing import Any

from lstm_lint.library.keras.calling import UNASKED, LayerCall, rank_clash
from lstm_lint.library.keras.convolutional import in_groups
from lstm_lint.library.keras.core import shared_places
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import length_of_row, rows_of_numbers
from lstm_lint.library.keras.moments import check_scaled
from lstm_lint.library.keras.otherwise import FAILS, told
from lstm_lint.library.keras.weights import INPUTS
from lstm_lint.library.keras.windows import channels_first
from lstm_lint.records import replace
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.value import Shape, Tensor, Value

EINSUM, PRELU, MOMENTS = (f"keras.layers.{name}" for name in ("EinsumDense", "PReLU", "Normalization"))
KINDS = ("Batch", "Layer", "Unit", "RMS", "Group")
BATCH, LAYER, UNIT, RMS, GROUP = (f"keras.layers.{name}Normalization" for name in KINDS)
DISTRIBUTED = "keras.layers.TimeDistributed"
CONVOLVED = tuple(f"keras.layers.ConvLSTM{n}D" for n in (1, 2, 3))
SCALED = (LAYER, RMS, MOMENTS)
RANK_BOUND = {"keras2": (PRELU, BATCH, GROUP), "keras3": (PRELU, BATCH, GROUP, EINSUM)}


def check_again(call: LayerCall, built: Any) -> None:
    shape = call.input.shape
    if not isinstance(built, tuple) or not isinstance(shape, tuple) or built == shape:
        return
    if call.kind == DISTRIBUTED and not call.keras3:
        _check_noted(call, built, shape)
    if call.kind in (LAYER, UNIT) and not call.keras3:
        return check_scaled(call, built, shape)
    if _unscaled(call):
        return None
    if call.call.callee == UNASKED and len(shape) != len(built):
        return _check_slopes(call, built, shape) if call.kind == PRELU else None
    if len(shape) != len(built) and call.kind in RANK_BOUND[call.registry.target]:
        if call.keras3:
            raise rank_clash(call.layer, call.input, len(built))
        return meet(call, _clash(call, "rank", len(built), len(shape), _goes_through(call, built, shape)))
    places = _bound(call, built, shape) if call.kind != MOMENTS or call.keras3 else ()
    if call.kind == LAYER and len(places) > 1 and _as_many(built, shape, places):
        return None  # its scale is cast to their shape
    for axis in places:
        wanted, found = built[axis], shape[axis]
        known = isinstance(wanted, int) and isinstance(found, int) and wanted != found
        named = call.kind == GROUP or call.kind == PRELU and not call.is_none("shared_axes")
        last = call.integers("axis") == (len(shape) - 1,)  # so written, Keras 3 stretches
        whole = named or call.kind in (EINSUM, *CONVOLVED) or call.kind == LAYER and not last
        if known and (1 not in (wanted, found) or whole):
            unasked = _unasked(call, axis, built, shape)
            clash = _clash(call, "features", wanted, found, unasked, axis=axis)
            if named and call.keras3 and call.call.callee != UNASKED:  # in its `input_spec`
                clash.words = (f"expected axis {axis} of input shape to have value {wanted}",)
                clash.facts = {**clash.facts, "stage": "call"}
            meet(call, clash)


def _as_many(built: Shape, shape: Shape, places: tuple[int, ...]) -> bool:
    """Are there as many numbers along these axes, or are some not known?"""
    one, other = (dims.product([sizes[axis] for axis in places]) for sizes in (built, shape))
    return not (isinstance(one, int) and isinstance(other, int)) or one == other


def _check_slopes(call: LayerCall, built: Shape, shape: Shape) -> None:
    """Unasked for its rank, PReLU puts its slopes at the last axes."""
    shared = shared_places((call.integers("shared_axes") or ()) if not call.is_none("shared_axes") else (), len(built))
    slopes = [1 if axis in shared else size for axis, size in enumerate(built)][1:]
    for wanted, found in zip(reversed(slopes), reversed(shape), strict=False):
        if isinstance(wanted, int) and isinstance(found, int) and wanted != found and 1 not in (wanted, found):
            return meet(call, _clash(call, "features", wanted, found, axis=-1))
    return None


def _check_noted(call: LayerCall, built: Shape, shape: Shape) -> None:
    """The shape of its first input, but for batch and steps: symbolic tensors are held against it when numbers go through."""
    stage = "run" if call.symbolic else "call"
    if len(built) != len(shape):
        return meet(call, call.clash("rank", (), FAILS, expected=len(built), found=len(shape), stage=stage))
    for axis, (wanted, found) in enumerate(zip(built[2:], shape[2:], strict=True), 2):
        if isinstance(wanted, int) and isinstance(found, int) and wanted != found:
            clash = call.clash("features", (), FAILS, expected=wanted, found=found, axis=axis, stage=stage)
            return meet(call, clash)
    return None


def check_heads(call: LayerCall, tensors: list[Tensor]) -> bool:
    """Queries, values and keys meet kernels made for those of the first call; False if Keras 3 cuts the batch anew.

    Its kernel takes any number of features that comes out even, which only goes well where all three have as many times more.
    """
    built = call.layer.get(INPUTS)
    if not isinstance(built, tuple) or len(built) != len(tensors):
        return True
    several = [(one, each, each.shape) for one, each in zip(built, tensors, strict=True)]
    pairs = [(one, each, shape) for one, each, shape in several if isinstance(one, tuple) and isinstance(shape, tuple)]
    for one, each, shape in pairs:
        if len(one) != len(shape):
            meet(call, _clash(call, "rank", len(one), len(shape), tensor=each, shape=shape))
            return False
    same = any(dims.same(one[-1], shape[-1]) for one, _, shape in pairs)
    unlike = [(one[-1], each, shape) for one, each, shape in pairs if _other_size(one[-1], shape[-1])]
    if unlike and (same or not call.keras3):
        wanted, each, shape = unlike[0]
        meet(call, _clash(call, "features", wanted, shape[-1], axis=-1, tensor=each, shape=shape))
    return not unlike


def check_scale(call: LayerCall, query: Shape, key: Shape) -> None:
    """Additive scores have a weight for each feature, and one feature is stretched over them."""
    built = call.layer.get(INPUTS)
    scaled = built[0 if call.keras3 else 1] if isinstance(built, tuple) and call.flag("use_scale") else None
    wanted = scaled[-1] if isinstance(scaled, tuple) else None
    found = key[-1] if query[-1] == 1 else query[-1]
    if _other_size(wanted, found) and 1 not in (wanted, found):
        meet(call, _clash(call, "features", wanted, found, axis=-1))


def _other_size(one: Dim, other: Dim) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one != other


def stretched(call: LayerCall, built: Any, result: Value) -> Value:
    """A size of 1 is stretched to that of the weights, or of a row of numbers; Keras 3 tells so only when it runs."""
    shape = call.input.shape
    if not isinstance(shape, tuple) or not isinstance(result, Tensor) or not isinstance(result.shape, tuple):
        return result
    if len(result.shape) != len(shape):
        return result
    wide = list(result.shape)
    for axis in _bound(call, built, shape) if isinstance(built, tuple) and built != shape else ():
        told_by_weights = shape[axis] is None and isinstance(built[axis], int) and call.kind in (PRELU, LAYER)
        stretches = shape[axis] == 1 and (call.keras3 or call.kind != LAYER)
        if (stretches or told_by_weights and not call.keras3) and built[axis] != 1 and not _unscaled(call):
            wide[axis] = built[axis]
    if shape and shape[-1] == 1 and call.keras3:
        wide[-1] = max((length_of_row(call, name) or 0 for name in rows_of_numbers(call)), default=0) or wide[-1]
        axes = call.integers("axis") if call.kind == RMS else None
        scale = shape[axes[0]] if axes and len(axes) == 1 and -len(shape) <= axes[0] < len(shape) else None
        if isinstance(scale, int) and scale > 1 and wide[-1] == 1:  # it multiplies the last axis, whatever it is for
            wide[-1] = scale
    if tuple(wide) == result.shape:
        return result
    return told(call, result, tuple(wide)) if call.keras3 and call.symbolic else replace(result, shape=tuple(wide))


def _unscaled(call: LayerCall) -> bool:
    return call.kind == LAYER and call.flag("scale") is False and call.flag("center") is False


def _clash(call: LayerCall, kind: str, expected: object, found: object, unasked: bool = False, **more: object) -> Clash:
    late = "run" if call.symbolic and (call.keras3 or unasked) else "call"
    return call.clash(kind, (), FAILS, expected=expected, found=found, stage=late, **more)


def _goes_through(call: LayerCall, built: Shape, shape: Shape) -> bool:
    """Symbolic tensors of another rank that Keras 2 computes with, as it asks for none once the layer is built."""
    if call.kind == PRELU:
        return call.is_none("shared_axes") and shapes.broadcast(built[1:], shape) is not None
    axes = call.integers("axis") or ()
    if len(axes) != 1 or not -len(built) <= axes[0] < len(built) or len(shape) < 2:
        return False
    if call.kind == BATCH:
        place = axes[0] % len(built)
        return len(built) < 4 and len(shape) > len(built) and dims.same(built[place], shape[place]) is True
    within = call.kind == GROUP and -len(shape) <= axes[0] < len(shape)
    return within and dims.same(built[axes[0]], shape[axes[0]]) is True


def _unasked(call: LayerCall, axis: int, built: Shape, shape: Shape) -> bool:
    """Symbolic tensors that Keras 2 lets through where TensorFlow computes: any image, channels in groups, one slope."""
    if call.kind not in CONVOLVED:
        return call.kind == PRELU and 1 in (built[axis], shape[axis])
    if axis != (2 if channels_first(call) else len(shape) - 1):
        return True
    wanted, found = built[axis], shape[axis]
    return isinstance(wanted, int) and isinstance(found, int) and in_groups(wanted, found, call.integer("filters"))


def _bound(call: LayerCall, built: Shape, shape: Shape) -> tuple[int, ...]:
    """The axes of the input whose sizes are those of weights, or of states."""
    alike = len(built) == len(shape)
    if call.kind == EINSUM:
        return (-1,)
    if call.kind == PRELU and alike:
        shared = () if call.is_none("shared_axes") else call.integers("shared_axes")
        if shared is None:
            return ()
        return tuple(sorted(set(range(1, len(shape))) - shared_places(shared, len(shape))))
    if call.kind in CONVOLVED and alike:
        return tuple(range(2, len(shape)))
    axes = (call.integers("axis") or ()) if call.kind in (*SCALED, GROUP) and not call.is_none("axis") else ()
    return tuple(a for a in axes if (a < 0 and call.keras3 or alike) and -min(len(built), len(shape)) <= a < len(shape))
