"""Arithmetic on shapes. None as a result means: surely impossible, whatever the sizes that are not known."""

from collections.abc import Sequence

from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape

SOME = Unknown("a size that is not known")


def broadcast(left: Shape, right: Shape) -> Shape | None:
    """Aligned at the last axis, size 1 stretches."""
    longer, shorter = (left, right) if len(left) >= len(right) else (right, left)
    head = len(longer) - len(shorter)
    tail = [_stretch(a, b) for a, b in zip(longer[head:], shorter, strict=True)]
    if any(dim is False for dim in tail):
        return None
    return (*longer[:head], *tail)


def _stretch(left: Dim, right: Dim) -> Dim:
    """The broadcast size; False if the two cannot be."""
    if left == 1 or right == 1:
        return right if left == 1 else left
    if left is None or right is None:
        known = right if left is None else left
        return known if isinstance(known, int) else None if known is None else known
    answer = dims.same(left, right)
    if dims.apart(left, right) and dims.apart(left, 1) and dims.apart(right, 1):
        return False
    if isinstance(left, int) and left > 1:
        return left
    return right if isinstance(right, int) else left if answer else SOME


def multiplied(left: Shape, right: Shape) -> Shape | None:
    """A product of matrices, of which there may be several on each side."""
    inner = left[-1], right[-2]
    if all(isinstance(dim, int) for dim in inner) and inner[0] != inner[1]:
        return None
    several = broadcast(left[:-2], right[:-2])
    return None if several is None else (*several, left[-2], right[-1])


def concatenate(shapes: Sequence[Shape], axis: int) -> Shape | None:
    """Equal ranks, equal sizes off the axis, the sum on it."""
    first = shapes[0]
    if not -len(first) <= axis < len(first):
        return None
    axis %= len(first)
    joined = list(first)
    for shape in shapes[1:]:
        if len(shape) != len(first):
            return None
        for i, (a, b) in enumerate(zip(joined, shape, strict=True)):
            if i == axis:
                joined[i] = None if a is None or b is None else dims.add(a, b)
            elif dims.apart(a, b):
                return None
            else:
                joined[i] = agreed(a, b)
    return tuple(joined)


def agreed(left: Dim, right: Dim) -> Dim:
    """The more telling of two sizes that must be the same."""
    if left is None or isinstance(left, Unknown):
        return left if right is None else right
    return right if isinstance(right, int) and not isinstance(left, int) else left


def reshape(shape: Shape | Unknown, target: Shape) -> Shape | None:
    """`target` may hold one -1. None if the number of elements surely differs."""
    total: Dim = SOME if isinstance(shape, Unknown) or None in shape else dims.product(shape)
    rest = dims.product(dim for dim in target if dim != -1)
    if -1 not in target:
        return None if dims.apart(total, rest) else target
    if isinstance(rest, int) and (rest == 0 and isinstance(total, int) or dims.uneven(total, rest)):
        return None
    missing = dims.divide(total, rest)
    if not isinstance(missing, Unknown) and not isinstance(missing, int) and "//" in str(missing):
        missing = SOME
    return tuple(missing if dim == -1 else dim for dim in target)


def join(left: Shape | Unknown, right: Shape | Unknown) -> Shape | Unknown:
    """One shape for both, as far as they agree."""
    if isinstance(left, Unknown) or isinstance(right, Unknown) or len(left) != len(right):
        return Unknown("ranks differ")
    return tuple(map(dims.join, left, right))


def compatible(left: Shape, right: Shape) -> bool:
    """Could both be the shape of one array?"""
    return len(left) == len(right) and all(dims.same(a, b) is not False for a, b in zip(left, right, strict=True))


def without(shape: Shape, axes: Sequence[int], keep: bool = False) -> Shape | None:
    """Reduced over axes."""
    if any(not -len(shape) <= axis < len(shape) for axis in axes):
        return None
    gone = {axis % len(shape) for axis in axes}
    if keep:
        return tuple(1 if i in gone else dim for i, dim in enumerate(shape))
    return tuple(dim for i, dim in enumerate(shape) if i not in gone)
