"""Bidirectional and TimeDistributed: a layer inside a layer."""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall, apply_layer
from lstm_lint.library.tables import layer
from lstm_lint.values import dims
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Either, Tensor, Thing, Tuple, Value, members


def inner(call: LayerCall) -> Thing | None:
    """The wrapped layer."""
    held = call.value("layer")
    return held if isinstance(held, Thing) else None


@layer("keras.layers.Bidirectional")
def bidirectional(call: LayerCall) -> Value:
    """The inner layer's output twice, merged; with return_state all forward states, then all backward states."""
    forward = inner(call)
    if forward is None:
        return Unknown("a wrapped layer that is not known")
    backward = call.value("backward_layer")
    result = apply_layer(call.registry, forward, call.inputs, call.call)
    other = result if backward == NONE else _backward(call, backward)
    if isinstance(result, Either) or isinstance(other, Either) or isinstance(result, Unknown):
        return Unknown("a wrapped layer with flags that are not known")
    ours, theirs = _parts(result), _parts(other)
    if not ours or not theirs or len(ours) != len(theirs):
        return Unknown("a wrapped layer that is not known")
    main = _merged(call, ours[0], theirs[0])
    states = [*(call.of(t.shape) for t in ours[1:]), *(call.of(t.shape) for t in theirs[1:])]
    return Tuple((*main, *states)) if states or len(main) > 1 else main[0]


def _backward(call: LayerCall, backward: Value) -> Value:
    if not isinstance(backward, Thing):
        return Unknown("a backward layer that is not known")
    return apply_layer(call.registry, backward, call.inputs, call.call)


def _parts(value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    return [each for each in value.items if isinstance(each, Tensor)] if isinstance(value, Tuple) else []


def _merged(call: LayerCall, forward: Tensor, backward: Tensor) -> list[Tensor]:
    mode = call.value("merge_mode")
    if mode == NONE:
        return [call.of(forward.shape), call.of(backward.shape)]
    if isinstance(forward.shape, Unknown) or isinstance(backward.shape, Unknown) or not isinstance(mode, Const):
        return [call.of(NO_RANK)]
    if mode.value == "concat":
        return [call.give(*forward.shape[:-1], dims.add(forward.shape[-1], backward.shape[-1]))]
    return [call.of(forward.shape)]


@layer("keras.layers.TimeDistributed")
def time_distributed(call: LayerCall) -> Value:
    """(batch, timesteps, ...) -> (batch, timesteps, *what the inner layer gives for (batch, ...))."""
    shape, held = call.input.shape, inner(call)
    if isinstance(shape, Unknown) or held is None:
        return call.of(NO_RANK)
    if len(shape) < 3:
        words = ("with at least 3 dimensions, received",)
        facts = {"expected": 3, "found": len(shape), "shape": shape, "layer": call.layer, "tensor": call.input}
        raise Clash("rank", ("ValueError",), words, facts)
    step = Tensor((shape[0], *shape[2:]), call.input.type, call.input.dtype)
    try:
        result = apply_layer(call.registry, held, [step], call.call)
    except Clash as clash:
        if clash.kind == "rank":
            clash.words = ()
        raise
    if not isinstance(result, Tensor) or isinstance(result.shape, Unknown):
        return call.of(NO_RANK) if isinstance(result, Tensor) else Unknown("several outputs of a wrapped layer")
    return call.give(shape[0], shape[1], *result.shape[1:])


__all__ = ["members"]
