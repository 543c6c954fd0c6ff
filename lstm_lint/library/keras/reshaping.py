"""Layers that move elements about: Flatten, Reshape, RepeatVector, Permute."""

from lstm_lint.library.arguments import NO_RANK, as_shape
from lstm_lint.library.keras.calling import LayerCall, rank_clash
from lstm_lint.library.keras.checking import plain
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.tables import layer
from lstm_lint.values import dims, shapes
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Value

TOTAL_WORDS = {
    "keras2": "total size of new array must be unchanged",
    "keras3": "The total size of the tensor must be unchanged",
}


@layer("keras.layers.Flatten", least=1)
def flatten(call: LayerCall) -> Value:
    """(batch, a, b) -> (batch, a * b); an open axis leaves it open; (batch,) -> (batch, 1)."""
    shape = call.input.shape
    if isinstance(shape, Unknown):
        return call.give(Unknown("the batch"), Unknown("a flattened length"))
    rest = shape[1:]
    batch = None if 0 in rest and call.symbolic and not call.keras3 else shape[0]  # -1 of nothing could be any
    return call.give(batch, None if None in rest else dims.product(rest))


@layer("keras.layers.RepeatVector", rank=2)
def repeat_vector(call: LayerCall) -> Value:
    """(batch, features) -> (batch, n, features). For Keras 2, -1 is an open size until numbers come."""
    batch, features = call.unpack("batch", "features")
    times = call.integer("n")
    if times is not None and times < 0:
        stage = "run" if times == -1 and call.symbolic else "call"
        errors = ("ValueError", "InvalidArgumentError")
        meet(call, call.clash("argument-value", (), errors, name="n", value=call.value("n"), stage=stage))
        return call.give(batch, None, features)
    return call.give(batch, call.dim("n"), features)


@layer("keras.layers.Reshape")
def reshape(call: LayerCall) -> Value:
    """(batch, ...) -> (batch, *target_shape); -1 once."""
    shape, target = call.input.shape, _target(call)
    if isinstance(target, Unknown):
        return call.of(NO_RANK)
    _check_target(call, target)
    if isinstance(shape, Unknown):
        return call.give(Unknown("the batch"), *(Unknown("a reshaped size") if dim == -1 else dim for dim in target))
    if any(isinstance(dim, int) and dim < -1 for dim in target):
        return call.of(NO_RANK)
    _check_open(call, shape, target)
    result = _result(shape[1:], target)
    if result is None:
        words = (TOTAL_WORDS[call.registry.target],)
        facts = {"shape": shape, "target": target, "layer": call.layer, "tensor": call.input}
        if None in shape[1:]:
            stage = "run" if call.symbolic else "call"
            meet(call, Clash("reshape", ("ValueError", "InvalidArgumentError"), (), facts | {"stage": stage}))
            return call.give(shape[0], *target)
        raise Clash("reshape", ("ValueError",), words, facts)
    return call.give(shape[0], *result)


def _target(call: LayerCall) -> Shape | Unknown:
    """For Keras 3 all that is no int is open."""
    value = call.value("target_shape")
    text, items = plain(value), listed(value)
    if not call.keras3:
        return as_shape(value)
    if isinstance(text, str):
        return (None,) * len(text)
    given = as_shape(value)
    odd = [isinstance(plain(each), (str, float)) for each in items or ()]
    return (
        tuple(None if wrong else dim for dim, wrong in zip(given, odd, strict=True))
        if any(odd) and isinstance(given, tuple)
        else given
    )


def _check_target(call: LayerCall, target: Shape) -> None:
    """One -1 at most; in Keras 2 no None."""
    if call.keras3 and any(isinstance(dim, int) and dim < -1 for dim in target):
        raise call.clash("reshape", (), target=target)
    if target.count(-1) > 1:
        raise call.clash("reshape-unknowns", "There must be at most one unknown dimension", target=target)
    if call.keras3 and sum(dim is None or dim == -1 for dim in target) > 1:
        stage = "run" if call.symbolic else "call"
        meet(
            call,
            call.clash("reshape-unknowns", "There must be at most one unknown dimension", target=target, stage=stage),
        )
    if None in target and not call.keras3:
        clash = call.clash("reshape-none", (), target=target)
        clash.raises = ("ValueError", "TypeError")
        raise clash


def _check_open(call: LayerCall, shape: Shape, target: Shape) -> None:
    """A size that a target leaves open is found when it runs."""
    if target.count(None) != 1 or -1 in target or None in shape[1:]:
        return
    if shapes.reshape(shape[1:], tuple(-1 if dim is None else dim for dim in target)) is None:
        facts = {"shape": shape, "target": target, "layer": call.layer, "tensor": call.input}
        stage = "run" if call.symbolic else "call"
        meet(call, Clash("reshape", ("ValueError", "InvalidArgumentError"), (), facts | {"stage": stage}))


def _result(inner: Shape, target: Shape) -> Shape | None:
    if None not in inner and None not in target:
        return shapes.reshape(inner, target)
    known, wanted = (dims.product(dim for dim in shape if dim not in (None, -1)) for shape in (inner, target))
    open_still = None in target or -1 in target or not isinstance(known, int) or not isinstance(wanted, int)
    if not open_still and known and wanted % known:  # type: ignore[operator]
        return None
    return tuple(None if dim == -1 else dim for dim in target)


@layer("keras.layers.Permute")
def permute(call: LayerCall) -> Value:
    """The axes behind the batch in another order, counted from 1."""
    shape, order = call.input.shape, call.integers("dims")
    if isinstance(shape, Unknown) or order is None:
        return call.of(NO_RANK)
    if len(shape) != len(order) + 1:
        raise rank_clash(call.layer, call.input, len(order) + 1)
    return call.give(shape[0], *(shape[axis] for axis in order)) if max(order) < len(shape) else call.of(NO_RANK)
