"""Shapes under changes of axes. None means: not with these axes, so nothing is known of the result."""

from collections.abc import Sequence

from lstm_lint.library.arguments import positive
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape


def positives(axes: Sequence[int], rank: int) -> tuple[int, ...] | None:
    found = [positive(axis, rank) for axis in axes]
    return None if None in found else tuple(axis for axis in found if axis is not None)


def expanded(shape: Shape, axes: Sequence[int]) -> Shape | None:
    """New axes of size 1, at their places in the result."""
    places = positives(axes, len(shape) + len(axes))
    if places is None or len(set(places)) < len(axes):
        return None
    rest = iter(shape)
    return tuple(1 if i in places else next(rest) for i in range(len(shape) + len(axes)))


def squeezed(shape: Shape, axes: Sequence[int] | None) -> Shape | None:
    """Without these axes of size 1, or without all such."""
    if axes is None:
        return tuple(dim for dim in shape if dim != 1) if all(isinstance(dim, int) for dim in shape) else None
    gone = positives(axes, len(shape))
    return None if gone is None else tuple(dim for i, dim in enumerate(shape) if i not in gone)


def permuted(shape: Shape, order: Sequence[int] | None) -> Shape | None:
    if order is None:
        return tuple(reversed(shape))
    places = positives(order, len(shape))
    if places is None or sorted(places) != list(range(len(shape))):
        return None
    return tuple(shape[place] for place in places)


def moved(shape: Shape, source: Sequence[int], target: Sequence[int]) -> Shape | None:
    """numpy.moveaxis."""
    sources, targets = positives(source, len(shape)), positives(target, len(shape))
    if sources is None or targets is None or len(sources) != len(targets):
        return None
    order = [axis for axis in range(len(shape)) if axis not in sources]
    for place, axis in sorted(zip(targets, sources, strict=True)):
        order.insert(place, axis)
    return permuted(shape, order)


def swapped(shape: Shape, one: int, other: int) -> Shape | None:
    places = positives((one, other), len(shape))
    if places is None:
        return None
    axes = list(shape)
    axes[places[0]], axes[places[1]] = axes[places[1]], axes[places[0]]
    return tuple(axes)


def replaced(shape: Shape, axis: int, dim: Dim) -> Shape | None:
    """Another size on one axis."""
    place = positive(axis, len(shape))
    return None if place is None else (*shape[:place], dim, *shape[place + 1 :])


def inserted(shape: Shape, axis: int, dim: Dim) -> Shape | None:
    """A new axis of this size at this place of the result."""
    place = positive(axis, len(shape) + 1)
    return None if place is None else (*shape[:place], dim, *shape[place:])


def scaled(shape: Shape, axis: int, times: Dim) -> Shape | None:
    place = positive(axis, len(shape))
    return None if place is None else replaced(shape, place, times_of(shape[place], times))


def times_of(dim: Dim, times: Dim) -> Dim:
    """Keras' None stays open."""
    return None if dim is None and times != 1 else dim if times == 1 else dims.multiply(dim, times)


def tiled(shape: Shape, reps: Shape) -> Shape:
    rank = max(len(shape), len(reps))
    left, right = (1,) * (rank - len(shape)) + shape, (1,) * (rank - len(reps)) + reps
    return tuple(map(times_of, left, right))


def grown(dim: Dim, by: Dim) -> Dim:
    """Keras' None stays open."""
    return None if dim is None else dims.add(dim, by)


def flattened(shape: Shape) -> Dim:
    return None if None in shape else dims.product(shape)


def unknown_on(shape: Shape, axis: int, reason: str) -> Shape | None:
    return replaced(shape, axis, Unknown(reason))
