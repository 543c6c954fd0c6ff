"""A layer in the place of an activation: Keras 2 calls it where the function would be, and its weights are kept."""

from collections.abc import Iterator

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall, apply_layer
from lstm_lint.library.keras.cells import flat
from lstm_lint.library.keras.checking import is_layer
from lstm_lint.library.keras.feeding import mapped
from lstm_lint.library.keras.later import RUN, of_keras
from lstm_lint.library.keras.making import argument
from lstm_lint.records import replace
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tensor, Thing, Tuple, Value, number

PLACES = ("activation", "recurrent_activation")


def through(call: LayerCall, result: Value) -> Value:
    """The result of a call with the layers that serve as functions in it."""
    if "keras.layers.RNN" in call.registry.types(call.layer):
        for holder, name, inner in _in_steps(call):
            result = _stepped(call, holder, name, inner, result)
        return result
    held = call.value(PLACES[0])
    if not isinstance(held, Thing) or not is_layer(call.registry, held) or not isinstance(result, Tensor):
        return result
    found = _called(call, held, result)
    return call.of(found.shape, found.dtype) if isinstance(found, Tensor) else call.of(NO_RANK, None)


def _called(call: LayerCall, held: Thing, tensor: Tensor) -> Value:
    if not of_keras(held):
        return Unknown("a layer of the user's for a function")
    plain = replace(tensor, mask=None)
    asked = Call("__call__", (Argument(plain),), call.call.engine, call.call.place, held)
    return apply_layer(call.registry, held, [plain], asked)


def _in_steps(call: LayerCall) -> Iterator[tuple[Thing, str, Thing]]:
    """The layer or cells that hold one, by the name of the argument."""
    holders = flat(call.value("cell")) if call.kind == "keras.layers.RNN" else [call.layer]
    for holder in holders:
        for name in PLACES:
            held = argument(holder, name) if isinstance(holder, Thing) else None
            if isinstance(holder, Thing) and isinstance(held, Thing) and is_layer(call.registry, held):
                yield holder, name, held


def _stepped(call: LayerCall, holder: Thing, name: str, held: Thing, result: Value) -> Value:
    """What it gives of a state must fit the state; where one step is unrolled, it may stretch that."""
    state = _state(call, holder, result)
    found = _called(call, held, state) if state is not None else None
    if state is None or not isinstance(found, Tensor) or isinstance(found.shape, Unknown):
        return result
    assert not isinstance(state.shape, Unknown)
    alone = holder.type.startswith("keras.layers.SimpleRNN")
    whole = found.shape if alone else shapes.broadcast(found.shape, state.shape)
    unlike = whole is None or len(whole) != len(state.shape)
    if not unlike and all(dims.same(a, b) is not False for a, b in zip(whole or (), state.shape, strict=False)):
        return result
    twice = holder.type.startswith("keras.layers.LSTM") and name == PLACES[0]  # on the state that it stretched, too
    if unlike or twice or not _one_step(call):
        raise call.clash("argument-value", (), RUN, callee=holder.type, name=name, value=held)
    assert whole is not None
    return mapped(result, lambda each: _as_wide(each, whole[-1]))


def _one_step(call: LayerCall) -> bool:
    shape = call.input.shape
    single = isinstance(shape, tuple) and len(shape) == 3 and shape[1] == 1
    return single and call.flag("unroll") is True and call.kind != "keras.layers.RNN"


def _as_wide(value: Value, features: Dim) -> Value:
    known = isinstance(value, Tensor) and isinstance(value.shape, tuple)
    return replace(value, shape=(*value.shape[:-1], features)) if known else value  # type: ignore[union-attr, index, arg-type]


def _state(call: LayerCall, holder: Thing, result: Value) -> Tensor | None:
    """(batch, units), or images as they come out."""
    first = result.items[0] if isinstance(result, Tuple) and result.items else result
    if not isinstance(first, Tensor) or isinstance(first.shape, Unknown) or call.flag("time_major") is not False:
        return None
    units = argument(holder, "units")
    if holder.type.startswith("keras.layers.ConvLSTM"):
        rest = first.shape[2 if call.flag("return_sequences") else 1 :]
        return replace(first, shape=(first.shape[0], *rest))
    return replace(first, shape=(first.shape[0], number(units)))
