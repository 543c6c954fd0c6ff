"""Normalization: shapes stay, but the axes must be there and known."""

from lstm_lint.library.arguments import NO_RANK, integers
from lstm_lint.library.keras.calling import BUILT, UNASKED, LayerCall
from lstm_lint.library.keras.checking import plain
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import length_of_row, refused_argument
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.mask_shapes import fits, known_mask, misfit
from lstm_lint.library.keras.weights import Weight, weights_for
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Thing, Value, truth

BATCH, LAYER, GROUP = (f"keras.layers.{name}Normalization" for name in ("Batch", "Layer", "Group"))
RMS, UNIT, SPECTRAL = (f"keras.layers.{name}Normalization" for name in ("RMS", "Unit", "Spectral"))


@layer(BATCH, LAYER, RMS)
def normalized(call: LayerCall) -> Value:
    """The shape stays; the sizes along `axis` make the weights."""
    shape, axes = call.input.shape, call.integers("axis")
    if isinstance(shape, Unknown) or axes is None or _counted(call):
        return call.of(shape)
    if any(not -len(shape) <= axis < len(shape) for axis in axes):
        facts = {"layer": call.layer, "tensor": call.input, "axis": axes, "shape": shape}
        raise Clash("axis-out-of-range", ("IndexError", "ValueError"), (), facts)
    if any(shape[axis] is None for axis in axes) and call.building and (call.kind != LAYER or _flags(call.layer)):
        raise Clash("features-open", ("ValueError", "TypeError"), (), {"layer": call.layer, "tensor": call.input})
    _check_built(call, shape, axes)
    _check_mask(call, shape)
    _check_scale(call, shape, axes)
    return call.of(_told(call, shape, axes))


def _counted(call: LayerCall) -> bool:
    """Were its axes counted on its first input, as Keras 2 does?"""
    return not call.keras3 and call.kind in (LAYER, UNIT) and isinstance(call.layer.get(BUILT), tuple)


def _check_mask(call: LayerCall, shape: Shape) -> None:
    """BatchNormalization wants of a mask all axes but the last."""
    mask = known_mask(call.input)
    if call.kind == BATCH and call.keras3 and mask is not None and len(mask) != len(shape) - 1:
        words, stage = "The mask provided should be one dimension less", "run" if call.symbolic else "call"
        meet(call, call.clash("mask-shape", words, mask=mask, expected=shape[:-1], stage=stage))


def _check_scale(call: LayerCall, shape: Shape, axes: tuple[int, ...]) -> None:
    """RMSNormalization multiplies the last axis by a scale as long as `axis`, when it runs."""
    scale, last = shape[axes[0]] if len(axes) == 1 else None, shape[-1]
    length = length_of_row(call, "epsilon") if last == 1 and call.kind == RMS else None
    last = last if length is None else length
    if (
        call.kind == RMS
        and isinstance(scale, int)
        and isinstance(last, int)
        and scale != last
        and 1 not in (scale, last)
    ):
        clash = call.clash("scale-of-another-axis", (), axis=axes, stage="run" if call.symbolic else "call")
        clash.raises = ("InvalidArgumentError", "ValueError")
        meet(call, clash)


def _check_built(call: LayerCall, shape: Shape, axes: tuple[int, ...]) -> None:
    """BatchNormalization keeps to the size that it was built on."""
    built = call.layer.get(BUILT)
    if call.kind != BATCH or not isinstance(built, tuple) or len(axes) != 1:
        return
    if len(built) != len(shape) and not (call.call.callee == UNASKED and axes == (-1,)):
        return
    wanted, found = built[axes[0]], shape[axes[0]]
    if isinstance(wanted, int) and isinstance(found, int) and wanted != found:
        stretches = not call.keras3 and wanted == 1 and len(shape) < 4 and axes[0] % len(shape) == len(shape) - 1
        stage = "run" if stretches and call.symbolic else "call"  # Keras 2 asks symbolic tensors no more
        meet(call, call.clash("axis-size", (f"to have value {wanted}",), expected=wanted, found=found, stage=stage))


def _told(call: LayerCall, shape: Shape, axes: tuple[int, ...]) -> Shape:
    """What Keras 2 makes of an axis that was left open, once BatchNormalization is built for a size."""
    built = call.layer.get(BUILT)
    if call.kind != BATCH or call.keras3 or not call.symbolic or not isinstance(built, tuple) or len(axes) != 1:
        return shape
    axis = axes[0] % len(shape)
    if shape[axis] is not None or axes[0] >= len(built) or built[axes[0]] in (None, 1) and axis == len(shape) - 1:
        return shape
    from lstm_lint.library.keras.later_keras2 import fused

    if axis != len(shape) - 1 and not fused(call):
        raise Clash("features-open", ("TypeError", "ValueError"), (), {"layer": call.layer, "tensor": call.input})
    return (*shape[:axis], built[axes[0]], *shape[axis + 1 :])


@layer(GROUP)
def grouped(call: LayerCall) -> Value:
    """The channels must fall into the groups."""
    shape, axis, groups = call.input.shape, call.integer("axis"), call.integer("groups")
    if isinstance(shape, Unknown) or axis is None or groups is None:
        return call.of(shape)
    if not -len(shape) <= axis < len(shape):
        raise call.clash("axis-out-of-range", (), ("IndexError", "ValueError"), axis=axis)
    channels = shape[axis]
    if channels is None and call.building:
        raise Clash("features-open", ("ValueError",), (), {"layer": call.layer, "tensor": call.input})
    if isinstance(channels, int) and groups != -1:
        words = ""
        if channels < groups:
            words = "cannot be more than the number of channels"
        elif groups > 0 and channels % groups:
            words = "must be a multiple of the number of channels"
        if words:
            raise call.clash("groups", words, channels=channels, groups=groups)
    if call.keras3 and isinstance(channels, int):
        _check_epsilon(call, channels // max(groups, 1) if groups != -1 else 1, axis in (-1, len(shape) - 1))
    mask = None if call.keras3 else known_mask(call.input)
    if mask is not None and not fits(mask, shape):
        raise misfit(call, mask, shape)
    return call.of(shape)


def _check_epsilon(call: LayerCall, size: int, at_the_end: bool) -> None:
    """A row of numbers meets the last axis, behind the groups where that is taken apart."""
    assert not isinstance(call.input.shape, Unknown)
    last, length = size if at_the_end else call.input.shape[-1], length_of_row(call, "epsilon")
    if isinstance(last, int) and length not in (None, 1, last):
        meet(call, refused_argument(call, "epsilon"))


@layer(UNIT)
def unit(call: LayerCall) -> Value:
    shape, axes = call.input.shape, call.integers("axis")
    if isinstance(shape, Unknown) or _counted(call):
        return call.of(shape)
    if any(not -len(shape) <= axis < len(shape) for axis in axes or ()):
        clash = call.clash("axis-out-of-range", (), axis=str(axes))
        clash.raises = ("ValueError", "InvalidArgumentError")
        raise clash
    if call.keras3 and any(isinstance(plain(each), float) for each in listed(call.value("axis")) or ()):
        errors, stage = ("InvalidArgumentError", "TypeError"), "run" if call.symbolic else "call"
        meet(call, call.clash("argument-value", (), errors, name="axis", value=call.value("axis"), stage=stage))
    return call.of(shape)


@layer(SPECTRAL)
def spectral(call: LayerCall) -> Value:
    """What the layer inside gives."""
    from lstm_lint.library.keras.calling import apply_layer

    held = call.value("layer")
    if not isinstance(held, Thing):
        return call.of(NO_RANK)
    return apply_layer(call.registry, held, call.inputs, call.call)


# Weights.


@weights(BATCH)
def batch_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """gamma and beta where asked for, then the moving mean and variance, which are not trained."""
    flags = _flags(held)
    axes = integers(argument(held, "axis"))
    if flags is None or axes is None or any(not -len(shape) <= axis < len(shape) for axis in axes):
        return None
    sizes = (shape[axes[0]],) if len(axes) == 1 else _broadcast(shape, axes)
    found = [Weight(name, sizes) for name in flags]
    renorm = truth(argument(held, "renorm"))
    kept = ("moving_mean", "moving_variance", *("moving_stddev", "renorm_mean", "renorm_stddev") * bool(renorm))
    return None if renorm is None else [*found, *(Weight(name, sizes, False) for name in kept)]


def _broadcast(shape: Shape, axes: tuple[int, ...]) -> Shape:
    kept = {axis % len(shape) for axis in axes}
    return tuple(dim if i in kept else 1 for i, dim in enumerate(shape))


@weights(LAYER)
def layer_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    flags, axes = _flags(held), integers(argument(held, "axis"))
    if flags is None or axes is None or any(not -len(shape) <= axis < len(shape) for axis in axes):
        return None
    return [Weight(name, tuple(shape[axis] for axis in axes)) for name in flags]


@weights(GROUP)
def group_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    return layer_weights(registry, held, shape)


@weights(RMS)
def rms_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    axes = integers(argument(held, "axis"))
    if axes is None or any(not -len(shape) <= axis < len(shape) for axis in axes):
        return None
    return [Weight("scale", tuple(shape[axis] for axis in axes))]


def _flags(held: Thing) -> list[str] | None:
    """Which of gamma and beta there are."""
    flags = {"gamma": truth(argument(held, "scale")), "beta": truth(argument(held, "center"))}
    return None if None in flags.values() else [name for name, used in flags.items() if used]


@weights(SPECTRAL)
def spectral_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    inner = weights_for(registry, argument(held, "layer"), shape)
    if not inner:
        return None
    vector = Weight("vector_u", (1, inner[0].shape[-1]), False)
    return [inner[0], vector, *inner[1:]] if registry.target == "keras3" else [*inner, vector]
