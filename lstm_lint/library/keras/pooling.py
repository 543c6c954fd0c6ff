"""Pooling, global pooling, and what cuts off, pads or repeats along the spatial axes."""

from collections.abc import Callable

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall, called_on_one, rank_clash
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.mask_shapes import beside, known_mask, misfit
from lstm_lint.library.keras.windows import (
    SOME,
    axes_of,
    channels_first,
    fewer_than_none,
    joined,
    listed,
    of_numbers,
    per_axis,
    split,
    steps,
)
from lstm_lint.library.tables import layer
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Value, number

AVERAGE = "keras.layers.GlobalAveragePooling1D"
"""The one that passes masked steps over."""

TOO_SMALL = {
    "keras2": "Negative dimension size caused by subtracting",
    "keras3": "output size would be zero or negative",
}


def register() -> None:
    for n in (1, 2, 3):
        kinds = {
            pool: ("MaxPooling", "AveragePooling"),
            pool_all: ("GlobalMaxPooling", "GlobalAveragePooling"),
            crop: ("Cropping",),
            pad: ("ZeroPadding",),
            repeat: ("UpSampling",) if n < 3 else (),
        }
        for function, names in kinds.items():
            layer(*(f"keras.layers.{name}{n}D" for name in names), rank=n + 2)(function)
    layer("keras.layers.UpSampling3D", since="keras3")(three_times_repeated)
    layer("keras.layers.UpSampling3D", until="keras3")(thrice_repeated)


def pool(call: LayerCall) -> Value:
    """(batch, spatial..., channels) -> (batch, windows..., channels)."""
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None or not called_on_one(call):
        return call.of(NO_RANK)
    spatial, channels = split(shape, first)
    window = per_axis(call.value("pool_size"), count)
    strides = window if call.is_none("strides") else per_axis(call.value("strides"), count)
    padding = call.text("padding")
    unfit = padding is not None and padding.lower() not in ("valid", "same")
    if 0 in strides or unfit:
        clash = call.clash("argument-value", (), name="strides" if 0 in strides else "padding")
        clash.raises = ("ValueError", "InvalidArgumentError", "ZeroDivisionError")
        raise clash
    found = tuple(steps(d, w, s, padding and padding.lower()) for d, w, s in zip(spatial, window, strides, strict=True))
    for size, left, wide, stride in zip(spatial, found, window, strides, strict=True):
        none = isinstance(left, int) and left <= 0 and not (size == 0 and padding == "same")
        if none and (not of_numbers(call) or _stops(call, size, wide, stride, empty=0 in spatial)):
            raise call.clash("too-small", TOO_SMALL[call.registry.target], size=size, window=wide)
    found = tuple(max(left, 0) if isinstance(left, int) else left for left in found)
    return call.give(*joined(shape[0], found, channels, first))


def _stops(call: LayerCall, size: Dim, wide: Dim, stride: Dim, empty: bool) -> bool:
    """Does TensorFlow stop on numbers where not one window fits? Most often it gives a tensor without elements."""
    if not isinstance(size, int) or not isinstance(wide, int) or not isinstance(stride, int):
        return False
    some = "Max" in call.kind and size - wide > -stride and not empty
    return some or fewer_than_none(size, wide, stride)


def pool_all(call: LayerCall) -> Value:
    """(batch, spatial..., channels) -> (batch, channels)."""
    shape, keep, first = call.input.shape, call.flag("keepdims"), channels_first(call)
    masked = call.call.find("mask", 1) is not None
    if isinstance(shape, Unknown) or first is None or keep is None or masked or not called_on_one(call):
        return call.of(NO_RANK)
    spatial, channels = split(shape, first)
    if call.keras3 and "Max" in call.kind and 0 in spatial:
        errors = ("InvalidArgumentError", "ValueError")
        meet(call, call.clash("no-elements", (), errors, stage="run" if call.symbolic else "call"))
    mask = known_mask(call.input) if call.kind == AVERAGE else None
    if mask is not None and not beside(mask, shape, 1 if first else 2):
        meet(call, misfit(call, mask, shape, late=True))
    return call.give(*joined(shape[0], (1,) * len(spatial) if keep else (), channels, first))


def crop(call: LayerCall) -> Value:
    """Less at both ends."""
    return _each_axis(call, "cropping", lambda size, before, after: dims.subtract(size, dims.add(before, after)))


def pad(call: LayerCall) -> Value:
    """More at both ends."""
    return _each_axis(call, "padding", lambda size, before, after: dims.add(size, dims.add(before, after)))


def _each_axis(call: LayerCall, name: str, change: object) -> Value:
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None:
        return call.of(NO_RANK)
    spatial, channels = split(shape, first)
    ends = both_ends(call.value(name), count)
    if any(isinstance(size, int) and size < 0 for pair in ends for size in pair):
        if call.keras3:
            return _less(call, spatial, ends, lambda rest: call.give(*joined(shape[0], rest, channels, first)))
        if name == "padding":
            return call.of(NO_RANK)
        return call.give(*joined(shape[0], tuple(map(_cut, spatial, ends)), channels, first))
    assert callable(change)
    found = tuple(None if d is None else change(d, a, b) for d, (a, b) in zip(spatial, ends, strict=True))
    for size, left in zip(spatial, found, strict=True):
        asked = size != 0 or not call.symbolic if call.keras3 else axes_of(call.kind) < 3
        if isinstance(left, int) and left <= 0 and asked and name == "cropping":
            raise call.clash("too-small", (), size=size, window=size)
    if name == "cropping" and not call.keras3:
        found = tuple(max(d, 0) if isinstance(d, int) else d for d in found)
    return call.give(*joined(shape[0], found, channels, first))


def _less(call: LayerCall, spatial: Shape, ends: list[tuple[Dim, Dim]], whole: Callable[[Shape], Tensor]) -> Value:
    """Keras 3 adds up what is below 0, too, until numbers come."""
    rest = tuple(None if d is None else dims.add(d, dims.add(a, b)) for d, (a, b) in zip(spatial, ends, strict=True))
    if any(isinstance(size, int) and size < 0 for size in rest):
        raise call.clash("argument-value", (), name="padding", value=call.value("padding"), callee=call.kind)
    return whole(rest)


def _cut(size: Dim, ends: tuple[Dim, Dim]) -> Dim:
    """What Keras 2 cuts out, counting from the other ends."""
    before, after = ends
    if not isinstance(size, int) or not isinstance(before, int) or not isinstance(after, int):
        return None if size is None else SOME
    return len(range(size)[before:-after])


def both_ends(value: Value, count: int) -> list[tuple[Dim, Dim]]:
    """`1`, `(1, 2)` or `((1, 2), (0, 1))` as a pair for each axis; with one axis `(1, 2)` is its pair."""
    items = listed(value)
    if items is None:
        size = number(value)
        return [(size, size)] * count if isinstance(size, (int, dims.Size)) else [(SOME, SOME)] * count
    if count == 1 and len(items) == 2:
        return [(number(items[0]), number(items[1]))]
    if len(items) != count:
        return [(SOME, SOME)] * count
    return [_pair(item) for item in items]


def _pair(value: Value) -> tuple[Dim, Dim]:
    items = listed(value)
    if items is not None and len(items) == 2:
        return number(items[0]), number(items[1])
    return number(value), number(value)


def three_times_repeated(call: LayerCall) -> Value:
    """Of its kind only this asks for a rank in Keras 3 alone."""
    if len(call.inputs) > 1:
        raise call.clash("several-inputs", "expects 1 input(s), but it received", outputs=len(call.inputs))
    if call.input.rank not in (None, 5):
        raise rank_clash(call.layer, call.input, 5)
    return repeat(call)


def thrice_repeated(call: LayerCall) -> Value:
    """Keras 2 repeats the three axes behind the batch, whatever follows."""
    shape, first = call.input.shape, channels_first(call)
    if not called_on_one(call):
        raise call.clash("several-inputs", (), ("AttributeError", "TypeError"), outputs=len(call.inputs))
    if isinstance(shape, Unknown) or first is not False or len(shape) == 5:
        return repeat(call)
    if len(shape) < 4:
        raise call.clash("rank", (), "IndexError", expected=5, found=len(shape))
    times = per_axis(call.value("size"), 3)
    wide = tuple(None if d is None else dims.multiply(d, n) for d, n in zip(shape[1:4], times, strict=True))
    return call.give(shape[0], *wide, *shape[4:])


def repeat(call: LayerCall) -> Value:
    """Each step `size` times."""
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None or len(shape) != count + 2:
        return call.of(NO_RANK)
    spatial, channels = split(shape, first)
    if count == 2 and not call.keras3 and None in spatial:  # tf.image.resize tells neither where one is open
        return call.give(*joined(shape[0], (None, None), channels, first))
    times = per_axis(call.value("size"), count)
    if count == 1 and not call.keras3:
        _check_some(call, times[0], spatial[0])
    found = tuple(None if d is None else dims.multiply(d, n) for d, n in zip(spatial, times, strict=True))
    return call.give(*joined(shape[0], found, channels, first))


def _check_some(call: LayerCall, times: Dim, size: Dim) -> None:
    """Keras 2 puts the copies of all steps together, where it knows how many steps there are."""
    if isinstance(times, int) and times < 1:
        stage = "run" if size is None and call.symbolic else "call"
        errors, value = ("ValueError", "InvalidArgumentError"), call.value("size")
        meet(call, call.clash("argument-value", (), errors, name="size", value=value, stage=stage))


register()
