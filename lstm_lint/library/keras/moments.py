"""Keras 2: a normalization that is built meets another input.

Its axes were counted on the first one, and what it made for them is stretched as TensorFlow stretches.
"""

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.otherwise import FAILS
from lstm_lint.values import dims, shapes
from lstm_lint.values.value import Shape, Tensor


def check_scaled(call: LayerCall, built: Shape, shape: Shape) -> None:
    """Of Layer- and UnitNormalization the axes are there, and what scales the first of them fits."""
    axes = _counted(call, built)
    if any(axis >= len(shape) for axis in axes):
        raise call.clash("rank", (), FAILS, expected=len(built), found=len(shape), stage="call")
    if call.kind.endswith("UnitNormalization") or call.flag("scale") is False and call.flag("center") is False:
        return
    sizes, found = tuple(built[axis] for axis in axes), tuple(shape[axis] for axis in axes)
    if axes == [len(shape) - 1] or len(axes) == len(shape):
        unlike = any(one != 1 and dims.same(one, other) is False for one, other in zip(sizes, found, strict=True))
    else:
        opened = call.symbolic and None in found
        unlike = opened or dims.same(dims.product(sizes), dims.product(found)) is False
    if unlike:
        pairs = zip(axes, sizes, found, strict=True)
        axis, wanted, size = next(each for each in pairs if dims.same(*each[1:]) is not True)
        errors = (*FAILS, "TypeError")
        raise call.clash("features", (), errors, expected=wanted, found=size, axis=axis, stage="call")


def normalized(call: LayerCall, built: Shape, shape: Shape) -> Tensor:
    """Normalization keeps mean and variance with a 1 for each other axis."""
    kept = _counted(call, built)
    held = tuple(dim if axis in kept else 1 for axis, dim in enumerate(built))
    wide = shapes.broadcast(shape, held)
    if wide is not None:
        return call.of(wide)
    ends = zip(range(1, len(shape) + 1), reversed(held), reversed(shape), strict=False)
    axis, wanted, found = next(each for each in ends if 1 not in each[1:] and dims.apart(*each[1:]))
    raise call.clash("features", (), FAILS, expected=wanted, found=found, axis=len(shape) - axis, stage="call")


def _counted(call: LayerCall, built: Shape) -> list[int]:
    axes = () if call.is_none("axis") else call.integers("axis") or ()
    return [axis % len(built) for axis in axes if -len(built) <= axis < len(built)]
