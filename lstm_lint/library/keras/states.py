"""States handed to recurrent layers: how many, how wide, and when real Keras looks at them.

Keras 2 judges them at the call. Keras 3 hands them to the cell, which fails when the model runs (`stage` is `run`), or,
in a GRU, takes the first and says nothing.
"""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.keras.calling import BUILT, SYMBOLIC, LayerCall
from lstm_lint.library.keras.late import leave, meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.records import replace
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import AFTER_A_CLASH, Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Shape, Tensor, Thing, Tuple, Value, truth

KEYWORD = "initial_state"
KERAS2_WORDS = ("An `initial_state` was passed that is not compatible with `cell.state_size`",)
ODD_WORDS = ("the state should be a list containing the states of the underlying RNNs",)
RUN_RAISES = ("InvalidArgumentError", "ValueError")


def given_states(call: LayerCall) -> list[Value] | None:
    """The states given by name, as second argument, or in Keras 2 in a list behind the input; None if none is known."""
    found = call.call.find(KEYWORD, 1)
    value = found.value if found is not None else NONE
    if value == NONE:
        return list(call.inputs[1:]) or None if call.registry.target == "keras2" else None
    if isinstance(value, Tensor):
        return [value]
    items: Any = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return list(items) if isinstance(items, tuple) else None


def check_states(call: LayerCall, widths: Sequence[Dim], cell: str = "") -> None:
    """Do the states given fit the cell, which keeps one for each of these widths?"""
    states = given_states(call)
    if states is None or AFTER_A_CLASH in states:
        return
    if call.registry.target == "keras2":
        _at_the_call(call, states, widths, () if cell else KERAS2_WORDS)
    else:
        _at_the_run(call, states, widths, cell)


def _at_the_call(call: LayerCall, states: list[Value], widths: Sequence[Dim], words: tuple[str, ...]) -> None:
    if any(isinstance(state, Tensor) and state.type == "numpy.ndarray" for state in states[:1]):
        told = ("Unexpectedly found an instance of type", "Expected a symbolic tensor instance")
        raise _clash(call, "state-kind", ("ValueError",), told, states, index=0)
    if len(states) != len(widths):
        raise _count(call, states, widths, ("ValueError",), words)
    for index, (state, width) in enumerate(zip(states, widths, strict=True)):
        _check_width(call, states, index, state, width, ("ValueError",), words)


def _at_the_run(call: LayerCall, states: list[Value], widths: Sequence[Dim], cell: str) -> None:
    if len(states) < len(widths):
        words = () if cell else ("list index out of range",)
        return meet(call, _count(call, states, widths, ("IndexError",), words))
    surplus = len(states) > len(widths)
    takes_first = "keras.layers.GRU" in call.registry.types(call.layer) or call.flag("unroll")
    if surplus and takes_first is None:
        return
    if surplus and not takes_first:
        words = () if cell else ("Too few leaves for PyTreeSpec",)
        return meet(call, _count(call, states, widths, ("ValueError",), words))
    kind = cell or next(k for k in call.registry.types(call.layer))
    for index, (state, width) in enumerate(zip(states, widths, strict=False)):
        _check_width(call, states, index, state, width, RUN_RAISES, (), cell)
        taken = kind.endswith(".GRU") or "SimpleRNN" in kind and call.flag("unroll") is not False
        if listed(state) is not None and not taken:
            meet(call, _clash(call, "state-kind", RUN_RAISES, (), states, index=index))
    if surplus:
        call.call.engine.remark(_count(call, states, widths, (), (), "silent-state-count"))


def _check_width(
    call: LayerCall,
    states: Sequence[Value],
    index: int,
    state: Value,
    width: Dim,
    raises: tuple[str, ...],
    words: Any,
    cell: str = "",
) -> None:
    """`cell`: the name of its class, where that is not the layer's."""
    if not isinstance(state, Tensor) or isinstance(state.shape, Unknown):
        return
    shape = state.shape
    facts = {"index": index, "state": state, "shape": shape, "expected": width}
    if len(shape) != 2 and call.keras3 and _stretched(call, shape, width, cell):
        leave(call)
    elif len(shape) != 2:
        meet(call, _clash(call, "state-rank", raises, words, states, **facts, found=len(shape)))
    elif dims.same(shape[1], width) is False:
        meet(call, _clash(call, "state-width", raises, words, states, **facts, found=shape[1]))
    else:
        _check_batch(call, states, facts)


def _stretched(call: LayerCall, shape: Shape, width: Dim, cell: str) -> bool:
    """May Keras 3 add it to what one step gives? The axis before the last meets the batch."""
    ours = call.input.shape[0] if isinstance(call.input.shape, tuple) and call.input.shape else None
    cell = cell or next(
        (name for name in ("GRU", "LSTM") if f"keras.layers.{name}" in call.registry.types(call.layer)), ""
    )
    if not shape or "GRU" in cell or dims.same(shape[-1], width) is False:
        return False
    if "LSTM" in cell:
        return len(shape) < 2 or not any(isinstance(size, int) and size != 1 for size in (ours, *shape[:-1]))
    pair = (ours, shape[-2] if len(shape) > 1 else None)
    return 1 in pair or not all(isinstance(size, int) for size in pair) or pair[0] == pair[1]


def batch_with(call: LayerCall, batch: Dim) -> Dim:
    """What Keras 2 tells of a batch that is open: as many samples as the states have."""
    states = [each.shape for each in given_states(call) or () if isinstance(each, Tensor)]
    known = [shape[0] for shape in states if isinstance(shape, tuple) and shape and isinstance(shape[0], int)]
    return known[0] if known and batch is None and not call.keras3 else batch


def _check_batch(call: LayerCall, states: Sequence[Value], facts: dict[str, Any]) -> None:
    """On arrays: Keras 2 wants as many samples; Keras 3 stretches one."""
    shape, place = call.input.shape, 1 if call.flag("time_major") else 0
    ours = shape[place] if isinstance(shape, tuple) and len(shape) > place else None
    theirs = facts["shape"][0]
    if not isinstance(ours, int) or not isinstance(theirs, int) or ours == theirs:
        return
    if call.registry.target == "keras2" or 1 not in (ours, theirs):
        raises = ("ValueError", "InvalidArgumentError")
        meet(call, _clash(call, "state-batch", raises, (), states, **{**facts, "expected": ours, "found": theirs}))


def _count(
    call: LayerCall,
    states: Sequence[Value],
    widths: Sequence[Any],
    raises: tuple[str, ...],
    words: tuple[str, ...],
    kind: str = "state-count",
) -> Clash:
    return _clash(call, kind, raises, words, states, expected=len(widths), found=len(states))


def _clash(
    call: LayerCall, kind: str, raises: tuple[str, ...], words: tuple[str, ...], states: Sequence[Value], **facts: Any
) -> Clash:
    late = call.registry.target == "keras3" and call.input.type == SYMBOLIC
    stage = {"stage": "run" if late else "call"}
    tensor = facts.get("state", call.input)
    named = call.call.find(KEYWORD)
    about = {"layer": call.layer, "states": states, "tensor": tensor, **stage, **facts}
    return Clash(kind, raises, words, about, at=KEYWORD if named is not None else "")


# Of several cells.


def check_states_of_cells(call: LayerCall, sizes: Sequence[Any], names: Sequence[str]) -> int | None:
    """Each cell has a state or a list of them. How many cells a run goes through, where that is not all."""
    states = given_states(call)
    if states is None or AFTER_A_CLASH in states or not all(map(_known, states)):
        return None
    if call.keras3:
        return _each_at_the_run(call, states, sizes, names)
    flat, widths = _flat(states), flat_sizes(sizes)
    if len(flat) != len(widths):
        raise _count(call, states, sizes, ("ValueError",), ())
    for index, (state, width) in enumerate(zip(flat, widths, strict=True)):
        _check_width(call, flat, index, state, width, ("ValueError",), ())
    if len(states) != len(sizes):
        raise _count(call, states, sizes, ("ValueError",), ())
    return None


def _each_at_the_run(call: LayerCall, states: list[Value], sizes: Sequence[Any], names: Sequence[str]) -> int | None:
    """It goes through cells and states in step, to the end of the shorter."""
    if not states:
        meet(call, _count(call, states, sizes, ("IndexError",), ()))
    kept = 0
    for state, size, name in zip(states, sizes, names, strict=False):
        given, widths = _flat([state]), flat_sizes([size])
        kept += len(widths)
        if len(given) < len(widths):
            meet(call, _count(call, states, sizes, ("IndexError",), ()))
        for index, (each, width) in enumerate(zip(given, widths, strict=False)):
            _check_width(call, given, index, each, width, RUN_RAISES, (), name)
    if len(_flat(states)) > kept and call.flag("unroll") is False:
        meet(call, _count(call, states, sizes, ("ValueError",), ()))
    return len(states) if 0 < len(states) < len(sizes) else None


def _known(state: Value) -> bool:
    items = listed(state)
    return isinstance(state, Tensor) if items is None else all(map(_known, items))


def _flat(states: Sequence[Value]) -> list[Value]:
    return [leaf for each in states for leaf in ([each] if listed(each) is None else _flat(listed(each) or ()))]


def flat_sizes(sizes: Sequence[Any]) -> list[Dim]:
    return [leaf for each in sizes for leaf in (flat_sizes(each) if isinstance(each, tuple) else [each])]


def halves(call: LayerCall) -> tuple[Call, Call]:
    """A call of a Bidirectional as its forward layer gets it, and as its backward layer does: each half of the states."""
    if call.keras3 and len(call.inputs) > 1:
        words = f"expects 1 input(s), but it received {len(call.inputs)} input tensors"
        raise call.clash("several-inputs", words, outputs=len(call.inputs))
    states = given_states(call)
    if states is None:
        return call.call, call.call
    if call.registry.target == "keras2" and len(states) % 2:
        raise _clash(call, "state-count", ("ValueError",), ODD_WORDS, states, found=len(states))
    half = len(states) // 2
    lone = getattr(call.call.find(KEYWORD, 1), "value", None)
    if isinstance(lone, Tensor):  # it is cut in two, like a list
        rest = (Unknown("half a batch"), *lone.shape[1:]) if isinstance(lone.shape, tuple) else lone.shape
        half_of_it = [replace(lone, shape=rest)] if call.keras3 and lone.rank else None
        return _with_states(call.call, half_of_it), _with_states(call.call, half_of_it)
    if not half:
        raise _clash(call, "state-count", ("IndexError",), ("list index out of range",), states, found=len(states))
    return _with_states(call.call, states[:half]), _with_states(call.call, states[half:])


def _with_states(call: Call, states: Sequence[Value] | None) -> Call:
    kept = [a for a in call.arguments if a.name and a.name != KEYWORD]
    given = [] if states is None else [Argument(Tuple(tuple(states)), KEYWORD)]
    arguments = (*call.positional()[:1], *kept, *given)
    return Call(call.callee, arguments, call.engine, call.place, call.receiver, call.open, call.via)


# Forgetting them.

NOT_STATEFUL = "Layer must be stateful."


@op("keras.layers.RNN.reset_states", "keras.layers.Bidirectional.reset_states")
def reset_states(registry: Registry, call: Call) -> Value:
    """Only a stateful layer has states to forget; Keras 2 says so, Keras 3 of a Bidirectional only."""
    layer = call.receiver
    assert isinstance(layer, Thing)
    wrapped = argument(layer, "layer")
    stateful = truth(argument(wrapped if isinstance(wrapped, Thing) else layer, "stateful"))
    keras2 = registry.target == "keras2"
    if stateful is False and (keras2 or isinstance(wrapped, Thing)):
        raise Clash("not-stateful", ("AttributeError",), (NOT_STATEFUL,), {"layer": layer})
    if not keras2 and call.arguments and not isinstance(wrapped, Thing):
        words = ("reset_states() takes 1 positional argument",) if call.positional() else ("reset_states()",)
        raise Clash("reset-to-states", ("TypeError",), words, {"layer": layer, "callee": "reset_states"})
    if keras2 and stateful and call.arguments:
        _check_reset(registry, layer, call)
    several = listed(argument(layer, "cell"))
    if not keras2 and stateful and several is not None and layer.get(BUILT) is not None:
        words = ("has no attribute 'assign'",)
        raise Clash("reset-of-several", ("AttributeError",), words, {"layer": layer, "callee": "reset_states"})
    if keras2 and stateful and layer.get(BUILT) is None and call.engine.follows(layer):
        words = ("If a RNN is stateful, it needs to know its batch size",)
        raise Clash("stateful-batch", ("ValueError",), words, {"layer": layer})
    return NONE


def _check_reset(registry: Registry, layer: Thing, call: Call) -> None:
    """Keras 2 takes the states to start anew from: as many as it keeps."""
    from lstm_lint.library.keras.recurrent import STATES

    kind, given = next((k for k in registry.types(layer) if k in STATES), None), call.value("states", 0)
    items = given.items if isinstance(given, Tuple) else given.get("items") if isinstance(given, Thing) else None
    if kind is None or layer.get(BUILT) is None or not isinstance(items, tuple) or len(items) == STATES[kind]:
        return
    words = (f"expects {STATES[kind]} states, but it received {len(items)} state values",)
    facts = {"layer": layer, "expected": STATES[kind], "found": len(items)}
    raise Clash("number-of-states", ("ValueError",), words, facts)
