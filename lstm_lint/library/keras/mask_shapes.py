"""What becomes of the shapes of masks: which layers hand theirs on, how several are joined, what they must fit.

Measured in Keras 2.15 and 3.15, layer by layer.
"""

from collections.abc import Sequence
from functools import reduce

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.values import dims, shapes
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor

HOME = "keras.layers."
KEEP = frozenset(
    [
        *("Dense", "Activation", "ActivityRegularization", "Softmax", "ReLU", "LeakyReLU", "ELU", "PReLU"),
        *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "ThresholdedReLU"),
        *("GaussianNoise", "GaussianDropout", "BatchNormalization", "LayerNormalization", "GroupNormalization"),
        *("UnitNormalization", "Attention", "AdditiveAttention", "MultiHeadAttention"),
        *("GroupQueryAttention", "GroupedQueryAttention"),
    ]
)
KEEP_IN_KERAS3 = frozenset(("Identity", "Rescaling", "Normalization", "TimeDistributed"))
ELEMENTWISE = frozenset(("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"))
FAILS = ("ValueError", "InvalidArgumentError")

Held = Shape | Unknown | None


def mask_of(tensor: Tensor) -> Held:
    return None if tensor.mask is None else tensor.mask.shape


def known_mask(tensor: Tensor) -> Shape | None:
    held = mask_of(tensor)
    return held if isinstance(held, tuple) else None


def handed_on(call: LayerCall) -> Held:
    """The shape of the mask of what the layer gives."""
    name, held = call.kind.removeprefix(HOME), [mask_of(each) for each in call.inputs]
    if name in ELEMENTWISE:
        return _joined(call, held)
    if name == "Concatenate":
        return _concatenated(call, held)
    return held[0] if name in KEEP or call.keras3 and name in KEEP_IN_KERAS3 else None


def _joined(call: LayerCall, held: Sequence[Held]) -> Held:
    """In Keras 3 only where each has one; in Keras 2 they are of one shape."""
    several = [each for each in held if each is not None]
    known = [each for each in several if isinstance(each, tuple)]
    if call.keras3 and len(several) < len(held):
        return None
    if len(known) < len(several):
        return NO_RANK
    for each in known[1:]:
        if not call.keras3 and not shapes.compatible(known[0], each):
            raise misfit(call, each, known[0])
    if not call.keras3:
        return tuple(reduce(shapes.agreed, along) for along in zip(*known, strict=True))
    whole: Shape | None = known[0]
    for each in known[1:]:
        whole = shapes.broadcast(whole, each) if whole is not None else None
    if whole is None:
        raise misfit(call, known[1], known[0])
    return whole


def _concatenated(call: LayerCall, held: Sequence[Held]) -> Held:
    """Each with an axis of features; what has none is all ones. Keras 2 gives that axis one place."""
    axis, several = call.integer("axis"), list[Shape]()
    if axis is None or not any(each is not None for each in held):
        return None if axis is not None else NO_RANK
    for tensor, mask in zip(call.inputs, held, strict=True):
        if isinstance(tensor.shape, Unknown) or isinstance(mask, Unknown):
            return NO_RANK
        wide: Shape | None = tensor.shape if mask is None else (*mask, 1)
        if mask is not None and call.keras3:
            wide = shapes.broadcast((*mask, 1), tensor.shape)
        if mask is not None and len(mask) == len(tensor.shape):
            wide = mask
        if wide is None:
            raise misfit(call, mask, tensor.shape)
        several.append(wide)
    whole = shapes.concatenate(several, axis)
    if whole is None:
        raise misfit(call, several[-1], several[0])
    return whole[:-1]


def fits(mask: Shape, shape: Shape) -> bool:
    """May it be stretched to that shape, from the last axis on?"""
    pairs = zip(reversed(mask), reversed(shape), strict=False)
    wrong = any(dims.apart(a, b) and dims.apart(a, 1) for a, b in pairs)
    return len(mask) <= len(shape) and not wrong


def beside(mask: Shape, shape: Shape, axis: int) -> bool:
    """Does it go with that shape once it has one more axis, at `axis`?"""
    if axis > len(mask):
        return False
    return shapes.broadcast((*mask[:axis], 1, *mask[axis:]), shape) is not None


def misfit(call: LayerCall, mask: Held, expected: Shape | Unknown, late: bool = False) -> Clash:
    """`late`: Keras 3 sees it when numbers go through."""
    stage = "run" if late and call.keras3 and call.symbolic else "call"
    return call.clash("mask-shape", (), FAILS, mask=mask, expected=expected, stage=stage)
