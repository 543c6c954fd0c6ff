"""Windows that slide over the spatial axes: convolutions, pooling, and what is cut off or put around."""

import re

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.keys import FITTING
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Thing, Tuple, Value, number

SOME = Unknown("a size that is not known")


def axes_of(kind: str) -> int:
    """The number of spatial axes, which the names tell: 2 for Conv2DTranspose."""
    found = re.search(r"(\d)D", kind)
    assert found is not None
    return int(found[1])


def listed(value: Value) -> tuple[Value, ...] | None:
    """The items of a tuple or list."""
    if isinstance(value, Tuple):
        return value.items
    held = value.get("items") if isinstance(value, Thing) and value.type == "list" else None
    return held if isinstance(held, tuple) else None


def per_axis(value: Value, count: int) -> tuple[Dim, ...]:
    """One size for each spatial axis, from one number or as many."""
    items = listed(value)
    if items is not None and len(items) == count:
        return tuple(map(number, items))
    size = number(value)
    return (size if isinstance(size, (int, dims.Size)) else SOME,) * count


def channels_first(call: LayerCall) -> bool | None:
    """Where the channels are; the settings of this machine are the defaults."""
    text = call.text("data_format")
    if text is None:
        return False if call.is_none("data_format") else None
    return text.lower() == "channels_first"


def split(shape: Shape, first: bool) -> tuple[tuple[Dim, ...], Dim]:
    """The spatial sizes and the channels of (batch, spatial..., channels) or (batch, channels, spatial...)."""
    return (shape[2:], shape[1]) if first else (shape[1:-1], shape[-1])


def joined(batch: Dim, spatial: tuple[Dim, ...], channels: Dim, first: bool) -> tuple[Dim, ...]:
    return (batch, channels, *spatial) if first else (batch, *spatial, channels)


def reach(window: Dim, dilation: Dim) -> Dim:
    """How far a dilated window reaches."""
    return dims.add(dims.multiply(dilation, dims.subtract(window, 1)), 1)


def steps(size: Dim, window: Dim, stride: Dim, padding: str | None) -> Dim:
    """How many windows there are: only whole ones with `valid`, else one for each stride."""
    if size is None:
        return None
    if padding is None:
        return SOME
    if padding == "valid":
        return dims.add(dims.divide(dims.subtract(size, window), stride), 1)
    return dims.divide(dims.subtract(dims.add(size, stride), 1), stride)


def widened(size: Dim, window: Dim, stride: Dim, padding: str | None, extra: Dim) -> Dim:
    """The size that a transposed convolution gives; `extra` is its output padding."""
    if size is None:
        return None
    if padding is None:
        return SOME
    whole = dims.multiply(size, stride)
    if extra is None:
        if padding == "same":
            return whole
        rest = dims.subtract(window, stride)
        return dims.add(whole, max(rest, 0)) if isinstance(rest, int) else SOME
    base = dims.add(dims.subtract(whole, stride), extra)
    odd = window % 2 if isinstance(window, int) else SOME
    return dims.add(base, odd if padding == "same" else window)


def of_numbers(call: LayerCall) -> bool:
    """Does it work on numbers themselves, not on what stands for them in a graph of TensorFlow's?"""
    return not call.symbolic and FITTING.get("of") is not call.call.engine.heap


def fewer_than_none(size: int, window: Dim, stride: Dim) -> bool:
    """Does TensorFlow count fewer than no windows over numbers? It stops there; with none it often gives nothing."""
    return isinstance(window, int) and isinstance(stride, int) and size - window <= -2 * stride
