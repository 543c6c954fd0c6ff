"""Recurrent layers: what goes in, what comes out, and their states.

Shapes, states and their order: measured in Keras 2.15 and 3.15, symbolically and on arrays.
"""

from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall
from lstm_lint.library.tables import layer
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tuple, Value, either

STATES = {"keras.layers.LSTM": 2, "keras.layers.GRU": 1, "keras.layers.SimpleRNN": 1}
RECURRENT = tuple(STATES)
STATEFUL_WORDS = {"keras2": "it needs to know its batch size", "keras3": "the batch size must be static"}


@layer(*RECURRENT, rank=3)
def recurrent(call: LayerCall) -> Value:
    """(batch, timesteps, features) -> (batch, units), or (batch, timesteps, units); with return_state the states follow."""
    batch, timesteps, features = call.unpack("batch", "timesteps", "features")
    check_batch(call, batch)
    check_features(call, features)
    return outputs(call, batch, timesteps, [call.dim("units")] * states_of(call))


def states_of(call: LayerCall) -> int:
    return next(STATES[kind] for kind in call.registry.types(call.layer) if kind in STATES)


def outputs(call: LayerCall, batch: Dim, timesteps: Dim, widths: list[Dim]) -> Value:
    """The output, or with return_state a sequence of it and the states."""
    units = widths[0]
    ways: list[Value] = []
    for sequences in _choices(call.flag("return_sequences")):
        for states in _choices(call.flag("return_state")):
            output = call.give(batch, timesteps, units) if sequences else call.give(batch, units)
            ways.append(Tuple((output, *(call.give(batch, width) for width in widths))) if states else output)
    return either(ways)


def _choices(flag: bool | None) -> tuple[bool, ...]:
    return (False, True) if flag is None else (flag,)


def check_batch(call: LayerCall, batch: Dim) -> None:
    """A stateful layer needs to know its batch size when it is called symbolically."""
    if call.flag("stateful") and batch is None and call.input.type == SYMBOLIC:
        words = (STATEFUL_WORDS[call.registry.target],)
        facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
        raise Clash("stateful-batch", ("ValueError",), words, facts)


def check_features(call: LayerCall, features: Dim) -> None:
    """The last axis must be known for the kernel to be made."""
    if features is None and call.input.type == SYMBOLIC:
        facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
        raise Clash("features-open", ("ValueError", "TypeError"), (), facts)


def gates(kind: str) -> int:
    return {"keras.layers.LSTM": 4, "keras.layers.GRU": 3, "keras.layers.SimpleRNN": 1}[kind]


__all__ = ["Unknown", "dims"]
