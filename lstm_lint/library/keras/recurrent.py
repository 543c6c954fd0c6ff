"""Recurrent layers: what goes in, what comes out, and their states.

Shapes, states and their order: measured in Keras 2.15 and 3.15, symbolically and on arrays.
"""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import BUILT, SYMBOLIC, LayerCall, unasked
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import GIVEN
from lstm_lint.library.keras.numbers import of_numpy
from lstm_lint.library.keras.refusals import check_activation, check_dtype, check_mask, trains
from lstm_lint.library.keras.states import batch_with, check_states, given_states
from lstm_lint.library.tables import layer
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Tensor, Tuple, Value, either

STATES = {"keras.layers.LSTM": 2, "keras.layers.GRU": 1, "keras.layers.SimpleRNN": 1}
RECURRENT = tuple(STATES)
AGAIN_WORDS = {
    "keras2": "expected shape=",
    "keras3": "the batch size of the input sequences must be the same as the batch size of the initial state",
}
STATEFUL_WORDS = {"keras2": "it needs to know its batch size", "keras3": "the batch size must be static"}


@layer(*RECURRENT, rank=3)
def recurrent(call: LayerCall) -> Value:
    """(batch, timesteps, features) -> (batch, units), or (batch, timesteps, units); with return_state the states follow."""
    if unasked(call):
        return _over_more_axes(call)
    batch, timesteps, features = call.unpack("batch", "timesteps", "features")
    if call.flag("time_major"):
        batch, timesteps = timesteps, batch
    check_batch(call, batch)
    check_features(call, features)
    check_units(call)
    check_unroll(call, timesteps)
    check_dropout(call)
    check_steps(call, timesteps)
    check_dtype(call)
    check_activation(call)
    check_mask(call, batch, timesteps, call.dim("units"))
    if _unasked_states(call):
        return call.of(NO_RANK)
    check_states(call, [call.dim("units")] * states_of(call))
    return outputs(call, batch_with(call, batch), timesteps, [call.dim("units")] * states_of(call))


def _unasked_states(call: LayerCall) -> bool:
    """Once it is built Keras 2 looks at no states: SimpleRNN adds what may be stretched."""
    if call.keras3 or not call.kind.endswith("SimpleRNN") or call.layer.get(BUILT) is None:
        return False
    return any(isinstance(each, Tensor) and each.rank not in (None, 2) for each in given_states(call) or ())


def _over_more_axes(call: LayerCall) -> Value:
    """Unrolled, each step is stretched with the states: the axis before the features meets their batch."""
    shape = call.input.shape
    if isinstance(shape, Unknown) or call.flag("time_major") is not False:
        return call.of(NO_RANK)
    batch, timesteps, *more, last, features = shape
    check_batch(call, batch)
    check_features(call, features)
    check_units(call)
    check_unroll(call, timesteps)
    check_states(call, [call.dim("units")] * states_of(call))
    if isinstance(batch, int) and isinstance(last, int) and batch != last and 1 not in (batch, last):
        raise call.clash("rank", (), expected=3, found=len(shape))
    wide = batch if last in (None, 1) else last
    step = (batch, *more, wide, call.dim("units"))
    output = [(*step[:1], timesteps, *step[1:]) if each else step for each in choices(call.flag("return_sequences"))]
    state = tuple(call.give(*step) for _ in range(states_of(call)))
    with_states = choices(call.flag("return_state"))
    return either([Tuple((call.give(*o), *state)) if s else call.give(*o) for o in output for s in with_states])


def states_of(call: LayerCall) -> int:
    return next(STATES[kind] for kind in call.registry.types(call.layer) if kind in STATES)


def outputs(call: LayerCall, batch: Dim, timesteps: Dim, widths: list[Dim]) -> Value:
    """The output, or with return_state a sequence of it and the states."""
    units = widths[0]
    ways: list[Value] = []
    for sequences in choices(call.flag("return_sequences")):
        for states in choices(call.flag("return_state")):
            steps = (timesteps, batch) if call.flag("time_major") else (batch, timesteps)
            output = call.give(*steps, units) if sequences else call.give(batch, units)
            more = [call.give(batch, width) for width in widths] if states else _runtime(call)
            ways.append(Tuple((output, *more)) if more else output)
    return either(ways)


def _runtime(call: LayerCall) -> list[Value]:
    """What Keras 2 tells of the kernel that ran, unless the states are asked for."""
    return [call.give()] if call.flag("return_runtime") else []


def choices(flag: bool | None) -> tuple[bool, ...]:
    return (False, True) if flag is None else (flag,)


def check_units(call: LayerCall) -> None:
    """A float passes until it makes weights."""
    value = call.value("units")
    if of_numpy(value) and call.keras3 and call.symbolic and call.call.receiver is call.layer:
        told = "output_size" if call.kind.endswith("LSTM") else "state_size"
        raise call.clash("argument-value", f"{told} must be an integer", name="units", value=value)
    if isinstance(value, Const) and value.value is True and not call.keras3 and _orthogonal(call):
        mixed = () if call.kind.endswith("SimpleRNN") else ("mixed types",)
        raise call.clash("argument-value", mixed, ("ValueError", "InvalidArgumentError"), name="units", value=value)
    if isinstance(value, Const) and isinstance(value.value, float):
        words, raises = ((), "ValueError") if call.keras3 else ("Dimension value must be integer", "TypeError")
        raise call.clash("units-no-int", words, raises, value=value)


def _orthogonal(call: LayerCall) -> bool:
    """So are recurrent kernels, unless told otherwise; zeros and ones may be as many as True."""
    return "recurrent_initializer" not in (call.layer.get(GIVEN) or ())


def check_unroll(call: LayerCall, timesteps: Dim) -> None:
    """Keras 2 unrolls at once, Keras 3 when it runs."""
    if call.flag("unroll") and timesteps is None and call.input.type == SYMBOLIC and not call.keras3:
        raise call.clash("unroll", ())


def check_dropout(call: LayerCall) -> None:
    """All dropped: Keras 2 refuses when it trains."""
    if call.keras3 or call.symbolic or not trains(call):
        return
    for name in ("dropout", "recurrent_dropout"):
        value = call.value(name)
        if isinstance(value, Const) and isinstance(value.value, (int, float)) and value.value >= 1:
            words = "`rate` must be a scalar tensor or a float in the range [0, 1)"
            raise call.clash("dropout-of-all", words, name=name, value=value)


def check_batch(call: LayerCall, batch: Dim) -> None:
    """A stateful layer needs to know its batch size when it is called symbolically, and keeps to it."""
    if not call.flag("stateful"):
        return
    facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
    if batch is None and call.input.type == SYMBOLIC:
        raise Clash("stateful-batch", ("ValueError",), (STATEFUL_WORDS[call.registry.target],), facts)
    built = call.layer.get(BUILT)
    fixed = built[0] if isinstance(built, tuple) and built else None
    if isinstance(fixed, int) and isinstance(batch, int) and fixed != batch:
        found = {"expected": fixed, "found": batch}
        raise Clash("stateful-batch-size", ("ValueError",), (AGAIN_WORDS[call.registry.target],), facts | found)


def check_steps(call: LayerCall, timesteps: Dim) -> None:
    """There must be a step to take; of symbolic tensors Keras 3 sees it when it runs."""
    if timesteps == 0:
        words, errors = ("slice index 0 of dimension", "out of bounds"), ("InvalidArgumentError", "ValueError")
        stage = "run" if call.keras3 and call.input.type == SYMBOLIC else "call"
        meet(call, call.clash("no-timesteps", words, errors, stage=stage))


def check_features(call: LayerCall, features: Dim) -> None:
    """The last axis must be known for the kernel to be made."""
    if features is None and call.building:
        facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
        raise Clash("features-open", ("ValueError", "TypeError"), (), facts)


def gates(kind: str) -> int:
    return {"keras.layers.LSTM": 4, "keras.layers.GRU": 3, "keras.layers.SimpleRNN": 1}[kind]
