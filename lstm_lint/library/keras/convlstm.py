"""Convolutional LSTMs: a convolution at each time step."""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.convolutional import windows
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.mask_shapes import known_mask, misfit
from lstm_lint.library.keras.recurrent import check_batch, check_steps, choices
from lstm_lint.library.keras.states import given_states
from lstm_lint.library.keras.weights import Weight, biased
from lstm_lint.library.keras.windows import axes_of, channels_first, joined, reach, split, steps
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Shape, Tensor, Thing, Tuple, Value, either, number

KINDS = tuple(f"keras.layers.ConvLSTM{n}D" for n in (1, 2, 3))
TOO_SMALL = {"keras2": "Negative dimension size caused by subtracting", "keras3": "Computed output size would be zero"}
OPEN_WORDS = "only support static input shapes for the spatial dimension"


def register() -> None:
    for n, kind in enumerate(KINDS, 1):
        layer(kind, rank=n + 3)(conv_lstm)


def conv_lstm(call: LayerCall) -> Value:
    """(batch, timesteps, spatial..., channels) -> (batch, spatial'..., filters); with return_state h and c follow."""
    shape, count, first = call.input.shape, axes_of(call.kind), channels_first(call)
    if isinstance(shape, Unknown) or first is None:
        return call.of(NO_RANK)
    batch, timesteps, step = shape[0], shape[1], shape[1:]
    spatial, channels = split(step, first)
    if channels is None and call.building:
        raise call.clash("features-open", "The channel dimension of the inputs")
    if call.keras3 and None in spatial and call.building:
        raise call.clash("spatial-open", OPEN_WORDS)
    check_batch(call, batch)
    check_steps(call, timesteps)
    _check_unroll(call)
    _check_numbers(call)
    state = call.give(*joined(batch, _sizes(call, spatial, count), call.dim("filters"), first))
    assert not isinstance(state.shape, Unknown)
    _check_states(call, state.shape)
    _check_places(call, state.shape)
    ways: list[Value] = []
    for sequences in choices(call.flag("return_sequences")):
        for states in choices(call.flag("return_state")):
            output = call.give(batch, timesteps, *state.shape[1:]) if sequences else call.give(*state.shape)
            held = (call.give(*state.shape), call.give(*state.shape))
            ways.append(Tuple((output, *held)) if states else output)
    return either(ways)


def _check_numbers(call: LayerCall) -> None:
    """Keras takes any number, until it makes weights of it."""
    count = call.integer("filters")
    if count is not None and count <= 0:
        late = count == 0 and call.keras3 and call.symbolic
        errors, stage = ("ValueError", "InvalidArgumentError"), "run" if late else "call"
        clash = call.clash("argument-value", (), errors, name="filters", value=call.value("filters"), stage=stage)
        meet(call, clash)
    _, strides, dilation = windows(call.layer, axes_of(call.kind))
    both = any(isinstance(s, int) and s > 1 for s in strides) and any(isinstance(d, int) and d > 1 for d in dilation)
    if 0 in strides or both:
        clash = call.clash("argument-value", (), name="strides", value=call.value("strides"))
        clash.raises = ("ValueError", "OverflowError")
        raise clash


def _check_places(call: LayerCall, shape: Shape) -> None:
    """A mask with a place for each pixel of the input meets those of the output; of one pixel, it is stretched."""
    mask = known_mask(call.input) or ()
    for masked, size in zip(mask[2:], shape[1:-1], strict=False):
        longer = dims.positive(dims.subtract(masked, size))
        if dims.apart(masked, size) and (longer or dims.apart(masked, 1)):
            return meet(call, misfit(call, mask, shape, late=True))
    return None


def _check_states(call: LayerCall, shape: Shape) -> None:
    """Two, each as large as what the convolution gives, not as its input."""
    states = given_states(call)
    stage = "run" if call.keras3 and call.symbolic else "call"
    if states is not None and len(states) != 2:
        errors = ("IndexError", "ValueError")
        return meet(call, call.clash("state-count", (), errors, expected=2, found=len(states), stage=stage))
    for index, state in enumerate(states or ()):
        found = state.shape if isinstance(state, Tensor) else None
        if isinstance(found, tuple) and not _fits(call, found, shape, index):
            clash = call.clash("state-shape", (), expected=shape, found=found, stage=stage)
            clash.raises = ("ValueError", "InvalidArgumentError", "IndexError")
            meet(call, clash)
    return None


def _fits(call: LayerCall, found: Shape, shape: Shape, index: int) -> bool:
    """Keras 3 asks for nothing: what is 1 is stretched, and the first state goes through its kernel in groups."""
    first = channels_first(call)
    if not call.keras3:
        open_channels = len(found) == len(shape) and found[1 if first else -1] is None
        return len(found) == len(shape) and not open_channels and shapes.compatible(found[1:], shape[1:])
    if len(found) != len(shape):
        return index == 1
    channels = 1 if first else len(shape) - 1
    for axis, (ours, theirs) in enumerate(zip(shape, found, strict=True)):
        if isinstance(ours, int) and isinstance(theirs, int) and ours != theirs:
            groups = index == 0 and axis == channels and ours > 0 and theirs % ours == 0
            stretched = 1 in (ours, theirs) and (index == 1 or axis != channels)
            if not groups and not stretched:
                return False
    return True


def _check_unroll(call: LayerCall) -> None:
    if not call.keras3 and call.flag("unroll"):
        raise call.clash("argument", "Unrolling is not possible with convolutional RNNs", "TypeError")


def _sizes(call: LayerCall, spatial: tuple[Dim, ...], count: int) -> tuple[Dim, ...]:
    padding, found = call.text("padding"), []
    if not call.keras3 and None in spatial and any(gap != 1 for gap in windows(call.layer, count)[2]):
        return (None,) * count
    for size, k, s, d in zip(spatial, *windows(call.layer, count), strict=True):
        left = steps(size, reach(k, d), s, padding and padding.lower())
        if isinstance(left, int) and left <= 0:
            raise call.clash("too-small", TOO_SMALL[call.registry.target], size=size, window=reach(k, d))
        found.append(left)
    return tuple(found)


@weights(*KINDS)
def conv_lstm_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (kernel..., channels, 4 * filters), recurrent_kernel (kernel..., filters, 4 * filters), bias."""
    form, filters, used = argument(held, "data_format"), number(argument(held, "filters")), biased(held)
    first = isinstance(form, Const) and str(form.value).lower() == "channels_first"
    kernel = windows(held, axes_of(next(k for k in registry.types(held) if k in KINDS)))[0]
    if len(shape) < 4:
        return None
    channels, wide = split(shape[1:], first)[1], dims.multiply(4, filters)
    found = [Weight("kernel", (*kernel, channels, wide)), Weight("recurrent_kernel", (*kernel, filters, wide))]
    return None if used is None else [*found, Weight("bias", (wide,))] if used else found


register()
