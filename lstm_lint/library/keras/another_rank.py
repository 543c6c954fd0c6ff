"""Keras 2: a layer that is built is called again, on a symbolic tensor of another rank.

`input_spec` is asked only until a layer is built (`Layer._maybe_build`, Keras 2.15): what the call makes of other ranks
goes on, and a run refuses it. Measured for each layer, built on its own rank and called on all from 1 to 7.
"""

from typing import Any

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import INSIDE, LayerCall
from lstm_lint.library.keras.feeding import Again
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.pooling import both_ends
from lstm_lint.library.keras.windows import axes_of, channels_first
from lstm_lint.values import dims
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor

FAILS = ("ValueError", "InvalidArgumentError", "IndexError", "TypeError")


def refused(call: LayerCall, built: Any, clash: Clash) -> Tensor:
    """What the call gives where only a run refuses it. Raises the clash where the call itself fails."""
    shape = call.input.shape
    inside = call.call.callee == INSIDE or isinstance(call.call.engine, Again)
    if call.keras3 or not call.symbolic or inside or not isinstance(built, tuple) or isinstance(shape, Unknown):
        raise clash
    given = _let_through(call, built, shape)
    if given is None:
        clash.raises, clash.words = FAILS, ()
        raise clash
    clash.facts = {**clash.facts, "stage": "run"}
    meet(call, clash)
    return given


def _let_through(call: LayerCall, built: Shape, shape: Shape) -> Tensor | None:
    """What such a call gives; None where it fails."""
    name = call.kind.rpartition(".")[2]
    if name.startswith("SpatialDropout"):
        return call.of(shape)
    if not name[-2:-1].isdigit() or channels_first(call) is not False:
        return None
    count, longer = axes_of(call.kind), len(shape) > len(built)
    if name.startswith("Global") and len(shape) > count:
        kept = (1,) * count if call.flag("keepdims") else ()
        return call.give(shape[0], *kept, *shape[1 + count :])
    if name == "UpSampling1D" and len(shape) > 1:
        return call.give(shape[0], dims.multiply(shape[1], call.dim("size")), *shape[2:])
    if name.startswith("Cropping") and longer:
        return _cropped(call, shape, count)
    if name.startswith("ConvLSTM") and longer and dims.same(built[-1], shape[-1]):
        return call.of(NO_RANK)
    return call.of(NO_RANK) if name == "UpSampling2D" and len(shape) == 3 else None


def _cropped(call: LayerCall, shape: Shape, count: int) -> Tensor:
    ends = both_ends(call.value("cropping"), count)
    pairs = zip(shape[1:], ends, strict=False)
    left = [None if size is None else dims.subtract(size, dims.add(*pair)) for size, pair in pairs]
    if any(isinstance(size, Unknown) or isinstance(size, int) and size <= 0 for size in left):
        return call.of(NO_RANK)
    return call.give(shape[0], *left, *shape[1 + count :])
