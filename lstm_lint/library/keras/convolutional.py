"""Convolutions over one, two or three axes: plain, transposed, separable, depthwise."""

from lstm_lint.library.arguments import NO_RANK, integer
from lstm_lint.library.keras.calling import BUILT, LayerCall
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.weights import Weight, biased
from lstm_lint.library.keras.windows import (
    axes_of,
    channels_first,
    fewer_than_none,
    joined,
    of_numbers,
    per_axis,
    reach,
    split,
    steps,
    widened,
)
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Thing, Value, number

PLAIN = tuple(f"keras.layers.Conv{n}D" for n in (1, 2, 3))
TRANSPOSED = tuple(f"keras.layers.Conv{n}DTranspose" for n in (1, 2, 3))
SEPARABLE = tuple(f"keras.layers.SeparableConv{n}D" for n in (1, 2))
DEPTHWISE = tuple(f"keras.layers.DepthwiseConv{n}D" for n in (1, 2))
NOTHING_LEFT = "Negative dimension size caused by subtracting"
TOO_SMALL = {"keras2": "<= 0 due to downsampling in", "keras3": "Computed output size would be zero or negative"}


def register() -> None:
    for n in (1, 2, 3):
        layer(PLAIN[n - 1], least=n + 2)(convolution)
        layer(TRANSPOSED[n - 1], least=n + 2)(transposed)
    for n in (1, 2):
        layer(SEPARABLE[n - 1], DEPTHWISE[n - 1], least=n + 2)(convolution)


def convolution(call: LayerCall) -> Value:
    """(batch, spatial..., channels) -> (batch, spatial'..., filters)."""
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None:
        return call.of(NO_RANK)
    if len(shape) > count + 2:
        return _with_more_axes(call, shape, count, first)
    spatial, channels = split(shape, first)
    check_channels(call, channels)
    sizes = _sizes(call, spatial, count)
    if call.kind in DEPTHWISE and call.dim("depth_multiplier") == 0:
        stage, errors = "run" if call.symbolic else "call", ("InvalidArgumentError", "ValueError")
        value = call.value("depth_multiplier")
        meet(call, call.clash("argument-value", (), errors, name="depth_multiplier", value=value, stage=stage))
    if not call.keras3 and call.kind not in PLAIN and None in spatial and set(windows(call.layer, count)[2]) != {1}:
        sizes = (None,) * count  # a dilated kernel for each channel loses all axes where one is open
    return call.give(*joined(shape[0], sizes, _filters(call, channels), first))


def _with_more_axes(call: LayerCall, shape: Shape, count: int, first: bool) -> Value:
    """Keras 2 takes further axes for batches; Keras 3 refuses them."""
    if call.keras3:
        raise call.clash(
            "rank", "Kernel shape must have the same length as input", expected=count + 2, found=len(shape)
        )
    if call.kind not in PLAIN:
        raise call.clash("rank", (), expected=count + 2, found=len(shape))
    cut = len(shape) - count - 1
    check_channels(call, shape[cut] if first else shape[-1])
    if first and _moves_on(call, count):
        return call.give(*shape[:cut], call.dim("filters"), *_sizes(call, shape[cut + 1 :], count))
    if first:
        return call.of(NO_RANK)
    return call.give(*shape[:cut], *_sizes(call, shape[cut:-1], count), call.dim("filters"))


def _moves_on(call: LayerCall, count: int) -> bool:
    """One place at a time, without gaps: else TensorFlow takes other axes than Keras where channels come first."""
    _, strides, dilation = windows(call.layer, count)
    return {*strides, *dilation} == {1} and call.text("padding") in ("valid", "same")


def _sizes(call: LayerCall, spatial: tuple[Dim, ...], count: int) -> tuple[Dim, ...]:
    padding, text = call.text("padding"), TOO_SMALL[call.registry.target]
    kernel, strides, dilation = windows(call.layer, count)
    found, back = [], False
    for size, k, s, d in zip(spatial, kernel, strides, dilation, strict=True):
        left = steps(size, reach(k, d), s, padding and padding.lower())
        none, seen = isinstance(left, int) and left <= 0, isinstance(left, int) and left < 0 and call.kind in PLAIN
        if none and not seen and _unseen(call, spatial, dilation):
            left = Unknown("an axis that is too small, as Keras 2 does not see")
        elif (
            none
            and d != 1
            and not (call.keras3 or call.symbolic or call.kind in PLAIN or _parts_fall_short(size, k, d))
        ):
            left = Unknown("numbers that Keras 2 cuts into as many parts as there are gaps")
        elif none and isinstance(size, int) and _taken(call, size, reach(k, d), s):
            back = True
        elif none and not _of_nothing(call, size, padding):
            words = NOTHING_LEFT if not call.keras3 and (left == 0 or call.kind not in PLAIN) else text
            raise call.clash("too-small", words, size=size, window=reach(k, d))
        found.append(left)
    if back:
        return tuple(Unknown("too small for a kernel") for _ in spatial) if call.kind in PLAIN else spatial
    return tuple(found)


def _of_nothing(call: LayerCall, size: Dim, padding: str | None) -> bool:
    """Padding makes nothing of nothing: most kernels take that, in Keras 2 only some."""
    taken = call.keras3 or call.kind in (PLAIN[0], *DEPTHWISE)
    return taken and size == 0 and (padding or "").lower() in (("same", "causal") if call.keras3 else ("same",))


def _parts_fall_short(size: Dim, kernel: Dim, gap: Dim) -> bool:
    """Cut into as many parts as there are gaps, are they by two smaller than the kernel? By one they come back as they are."""
    known = isinstance(size, int) and isinstance(kernel, int) and isinstance(gap, int)
    return known and -(-size // gap) < kernel - 1  # type: ignore[operator]


def _unseen(call: LayerCall, spatial: tuple[Dim, ...], dilation: tuple[Dim, ...]) -> bool:
    """Keras 2 cuts images into as many as there are gaps, and loses their size where it is open."""
    return not call.keras3 and call.symbolic and None in spatial and any(gap != 1 for gap in dilation)


def _taken(call: LayerCall, size: int, window: Dim, stride: Dim) -> bool:
    """Do numbers that are too small, not by far, come back as they are? Keras 3 looks when it builds."""
    if call.keras3:
        unasked = call.layer.get(BUILT) is not None
    else:
        unasked = call.kind not in PLAIN or call.flag("use_bias") is not True or _as_many(call)
    return unasked and of_numbers(call) and not fewer_than_none(size, window, stride)


def _as_many(call: LayerCall) -> bool:
    """Does a bias for each filter go with the channels of the input?"""
    shape = call.input.shape
    return not isinstance(shape, tuple) or not shape or not dims.apart(shape[-1], call.dim("filters"))


def windows(layer: Thing, count: int) -> tuple[tuple[Dim, ...], tuple[Dim, ...], tuple[Dim, ...]]:
    """Kernel, strides and dilation, axis by axis."""
    names = ("kernel_size", "strides", "dilation_rate")
    kernel, strides, dilation = (per_axis(argument(layer, name), count) for name in names)
    return kernel, strides, dilation


def check_channels(call: LayerCall, channels: Dim) -> None:
    """The number of channels makes the kernel: it must be known, and fall into the groups."""
    always = call.keras3 and call.kind in DEPTHWISE
    if channels is None and (call.symbolic if always else call.building):
        raise Clash("features-open", ("ValueError", "TypeError"), (), {"layer": call.layer, "tensor": call.input})
    if call.kind not in DEPTHWISE and call.is_none("filters"):
        clash = call.clash("argument-value", (), name="filters", value=NONE)
        clash.raises = ("ValueError", "TypeError")
        raise clash
    groups = call.integer("groups") if call.kind in PLAIN else None
    if groups and isinstance(channels, int) and channels % groups:
        raise call.clash("groups", "evenly divisible", channels=channels, groups=groups)
    built = _built_channels(call)
    if isinstance(built, int) and isinstance(channels, int) and built != channels:
        stage = "run" if not call.keras3 and call.symbolic and _fits_kernel(call, built, channels) else "call"
        words = (f"to have value {built}",)
        meet(call, call.clash("axis-size", words, expected=built, found=channels, stage=stage))


def _fits_kernel(call: LayerCall, built: int, channels: int) -> bool:
    """Keras 2 asks symbolic tensors for no number of channels once the layer is built: TensorFlow takes what falls into groups."""
    groups = call.integer("groups") if call.kind in PLAIN else None
    if groups is None:
        return call.kind == TRANSPOSED[2]
    return in_groups(built // groups, channels, call.integer("filters"))


def in_groups(depth: int, channels: int, filters: int | None) -> bool:
    """Does a kernel so deep go over so many channels in groups, each with as many of the filters?"""
    return filters is not None and depth > 0 and channels % depth == 0 and filters % (channels // depth) == 0


def _built_channels(call: LayerCall) -> Dim:
    shape, count = call.layer.get("built"), axes_of(call.kind)
    place = -1 - count if channels_first(call) else -1
    return shape[place] if isinstance(shape, tuple) and len(shape) >= count + 2 else None


def _filters(call: LayerCall, channels: Dim) -> Dim:
    if call.kind in DEPTHWISE:
        known = _built_channels(call) if channels is None else channels  # its kernel tells them
        return dims.multiply(known, call.dim("depth_multiplier"))
    return call.dim("filters")


def transposed(call: LayerCall) -> Value:
    """(batch, spatial..., channels) -> (batch, wider..., filters); Keras 2 overlooks dilation along three axes."""
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None:
        return call.of(NO_RANK)
    if len(shape) != count + 2:
        facts = {"layer": call.layer, "tensor": call.input, "expected": count + 2, "found": len(shape), "shape": shape}
        raise Clash("rank", ("ValueError", "IndexError"), (), facts)
    spatial, channels = split(shape, first)
    check_channels(call, channels)
    kernel, strides, dilation = windows(call.layer, count)
    if count == 3 and not call.keras3:
        dilation = (1, 1, 1)
    extra = (None,) * count if call.is_none("output_padding") else per_axis(call.value("output_padding"), count)
    padding = (call.text("padding") or "").lower() or None
    reaches = tuple(map(reach, kernel, dilation))
    sizes = zip(spatial, reaches, strides, extra, strict=True)
    wide = tuple(widened(size, r, s, padding, e) for size, r, s, e in sizes)
    back = [steps(size, r, s, padding) for size, r, s in zip(wide, reaches, strides, strict=True)]
    if padding == "same" and any(map(dims.apart, back, spatial)) and not any(map(_vanishes, spatial, reaches, extra)):
        meet(call, _no_way_back(call))
    return call.give(*joined(shape[0], wide, call.dim("filters"), first))


def _vanishes(size: Dim, kernel: Dim, extra: Dim) -> bool:
    """May nothing be left along the axis? Then there is nothing to compute."""
    even = not isinstance(kernel, int) or kernel % 2 == 0
    return even and extra == 0 and not (isinstance(size, int) and size > 1)


def _no_way_back(call: LayerCall) -> Clash:
    """The kernel is that of the convolution the other way, which must give the size that came in."""
    facts = {"callee": call.kind, "name": "output_padding", "value": call.value("output_padding")}
    stage = "run" if call.symbolic else "call"
    return call.clash("argument-value", (), ("InvalidArgumentError", "AbortedError"), **facts, stage=stage)


# Weights.


def _channels(layer: Thing, shape: Shape) -> Dim:
    form = argument(layer, "data_format")
    first = isinstance(form, Const) and str(form.value).lower() == "channels_first"
    return shape[1] if first else shape[-1]


def _bias(registry: Registry, layer: Thing, kernels: list[Weight], width: Dim) -> list[Weight] | None:
    used = biased(layer)
    return None if used is None else [*kernels, Weight("bias", (width,))] if used else kernels


def _kernel(registry: Registry, layer: Thing) -> tuple[Dim, ...]:
    kind = next(k for k in registry.types(layer) if k in (*PLAIN, *TRANSPOSED, *SEPARABLE, *DEPTHWISE))
    return windows(layer, axes_of(kind))[0]


@weights(*PLAIN)
def plain_weights(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (kernel..., channels / groups, filters), bias (filters,)."""
    filters, groups = number(argument(layer, "filters")), integer(argument(layer, "groups")) or 1
    depth = dims.divide(_channels(layer, shape), groups)
    kernel = Weight("kernel", (*_kernel(registry, layer), depth, filters))
    return _bias(registry, layer, [kernel], filters)


@weights(*TRANSPOSED)
def transposed_weights(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """The kernel the other way round: (kernel..., filters, channels)."""
    filters = number(argument(layer, "filters"))
    kernel = Weight("kernel", (*_kernel(registry, layer), filters, _channels(layer, shape)))
    return _bias(registry, layer, [kernel], filters)


@weights(*DEPTHWISE)
def depthwise_weights(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    channels, several = _channels(layer, shape), number(argument(layer, "depth_multiplier"))
    kernel = Weight("depthwise_kernel", (*_kernel(registry, layer), channels, several))
    return _bias(registry, layer, [kernel], dims.multiply(channels, several))


@weights(*SEPARABLE)
def separable_weights(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """A depthwise kernel, then a pointwise one."""
    channels, several = _channels(layer, shape), number(argument(layer, "depth_multiplier"))
    kernel, filters = _kernel(registry, layer), number(argument(layer, "filters"))
    ones = (1,) * len(kernel)
    depthwise = Weight("depthwise_kernel", (*kernel, channels, several))
    pointwise = Weight("pointwise_kernel", (*ones, dims.multiply(channels, several), filters))
    return _bias(registry, layer, [depthwise, pointwise], filters)


register()
