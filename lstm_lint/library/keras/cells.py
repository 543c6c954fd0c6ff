"""Cells, and RNN over one of them or several: what one step takes, keeps and gives.

A cell's states are described by their sizes: one size, or a list of sizes (LSTM: h and c), or for stacked cells a list
with an entry for each cell.
"""

from typing import TypeAlias

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import BUILT, LayerCall, tensors_of
from lstm_lint.library.keras.feeding import mapped
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import check_activations, check_dropout
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.otherwise import told
from lstm_lint.library.keras.recurrent import check_batch, check_features, check_steps, check_unroll, choices
from lstm_lint.library.keras.refusals import check_mask
from lstm_lint.library.keras.states import batch_with, check_states, check_states_of_cells, flat_sizes, given_states
from lstm_lint.library.keras.usercells import check_own, follow_step, own, sizes_told
from lstm_lint.library.keras.weights import Weight, weights_for
from lstm_lint.library.keras.wide_steps import check_wide_steps, of_a_run
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.keras.wrongkinds import check_late
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.records import dataclass
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Shape, Tensor, Thing, Tuple, Value, either, number

STATES = {"keras.layers.LSTMCell": 2, "keras.layers.GRUCell": 1, "keras.layers.SimpleRNNCell": 1}
STACKED = "keras.layers.StackedRNNCells"

Sizes: TypeAlias = "Dim | tuple[Sizes, ...]"


@dataclass(frozen=True)
class Step:
    """What a cell keeps from step to step, and how wide its output is."""

    sizes: Sizes
    width: Dim


def cells_of(value: Value) -> tuple[Value, ...] | None:
    """The cells of a list, tuple or StackedRNNCells."""
    if isinstance(value, Thing) and value.type == STACKED:
        value = argument(value, "cells")
    return listed(value)


def step_of(registry: Registry, value: Value, engine: Engine) -> Step | None:
    """What one step of a cell, or of several, keeps and gives; None where that is not known."""
    several = cells_of(value)
    if several is not None:
        steps = [step_of(registry, each, engine) for each in several]
        if not steps or None in steps:
            return None
        return Step(tuple(step.sizes for step in steps if step), steps[-1].width if steps[-1] else None)
    if not isinstance(value, Thing):
        return None
    if value.type == "instance":
        told = sizes_told(registry, value, engine)
        if told is not None:
            return Step(told[0], told[1])
    kind = next((kind for kind in registry.types(value) if kind in STATES), None)
    if kind is None or own(value, "state_size", engine) is not None:
        return None
    units = number(argument(value, "units"))
    return Step((units, units) if STATES[kind] == 2 else units, units)


@layer("keras.layers.RNN")
def rnn(call: LayerCall) -> Value:
    """(batch, timesteps, ...) -> (batch, width), or (batch, timesteps, width); with return_state the states follow."""
    shape, cell = call.input.shape, call.value("cell")
    _check_cells(call, cell)
    if cells_of(cell) == ():
        return _without_cells(call)
    step = step_of(call.registry, cell, call.call.engine)
    if isinstance(shape, Unknown) or step is None:
        return call.of(NO_RANK)
    if len(call.inputs) > 1 and not _is_known(call.registry, cell):
        return Unknown("a cell of the user's, which may take several inputs")
    if len(call.inputs) > 1 and call.keras3:
        raise call.clash("several-inputs", (), ("ValueError", "TypeError"), outputs=len(call.inputs))
    if len(shape) < 3:
        return _too_flat(call, cell, step)
    if _is_known(call.registry, cell):
        if len(shape) > 3 and not call.keras3 and call.flag("unroll") is False:
            raise call.clash("rank", (), expected=3, found=len(shape))
        if len(shape) > 3:
            check_unroll(call, shape[0] if call.flag("time_major") else shape[1])
            check_wide_steps(call, flat(cell), shape)
            return _of_wide_steps(call, shape, step) if call.keras3 else call.of(NO_RANK)
        check_features(call, shape[-1])
        _check_again(call, shape)
    batch, timesteps = (shape[1], shape[0]) if call.flag("time_major") else shape[:2]
    check_batch(call, batch)
    check_unroll(call, timesteps)
    if _is_known(call.registry, cell):
        check_steps(call, timesteps)
    check_mask(call, shape[0], shape[1], step.width if len(shape) == 3 else None)
    build_cells(call, cell, (batch, *shape[2:]))
    used = _check_given(call, cell, step.sizes)
    _check_alone(call, cell, used, timesteps)
    width = step.width
    really = follow_step(call, cell, step.sizes, width)
    if not call.keras3 or not call.symbolic:
        width = really
    result = _outputs(call, (batch_with(call, batch), timesteps), step.sizes, width)
    return result if used is None else _of_fewer(call, cell, used, result)


def _of_fewer(call: LayerCall, cell: Value, used: int, result: Value) -> Value:
    """A run gives what the last of the cells gives that there are states for."""
    output = result.items[0] if isinstance(result, Tuple) else result
    last = step_of(call.registry, (cells_of(cell) or ())[used - 1], call.call.engine)
    if last is not None and isinstance(output, Tensor) and isinstance(output.shape, tuple):
        told(call, output, (*output.shape[:-1], last.width))
    return result


def _of_wide_steps(call: LayerCall, shape: Shape, step: Step) -> Value:
    """Keras 3 makes weights and tells a shape as if each step were flat."""
    check_features(call, shape[-1])
    check_batch(call, shape[0])
    result = _outputs(call, shape[:2], step.sizes, step.width)
    cells = list(flat(call.value("cell")))

    def wide(value: Value) -> Value:
        if not isinstance(value, Tensor):
            return value
        really = of_a_run(cells, shape, value.shape)
        return told(call, value, really) if call.symbolic else call.of(really)

    return mapped(result, wide)


def _too_flat(call: LayerCall, cell: Value, step: Step) -> Value:
    """Without a time axis there is no step to take; Keras 3 makes weights for a batch instead, if it is known."""
    shape = call.input.shape
    if not _is_known(call.registry, cell) or not isinstance(shape, tuple):
        return call.of(NO_RANK)
    made = shape[0] is not None or isinstance(call.layer.get(BUILT), tuple)
    late = call.keras3 and call.symbolic and len(shape) == 2 and made
    errors = ("ValueError", "IndexError", "TypeError", "InvalidArgumentError")
    meet(call, call.clash("rank", (), errors, expected=3, found=len(shape), stage="run" if late else "call"))
    return _outputs(call, shape[:2], step.sizes, step.width)


def _check_cells(call: LayerCall, cell: Value) -> None:
    """What Keras 3 sees in a cell only when it is called."""
    several = cells_of(cell)
    if any(map(_hold_none, several or ())) or several == () and call.keras3:
        raise call.clash("no-cells", (), "IndexError")
    for each in (cell,) if several is None else several:
        if isinstance(each, Thing) and call.keras3 and "keras.layers.RNN" in call.registry.types(each):
            raise call.clash("layer-for-a-cell", ())
        if isinstance(each, Thing) and each.type == "instance":
            check_own(call, each)
        elif isinstance(each, Thing):
            check_late(call, each)
            if call.keras3:
                check_activations(call, each)
            if call.keras3 and each.type in STATES and each is (several or (cell,))[0]:
                check_dropout(call, each)


def _check_again(call: LayerCall, shape: Shape, late: bool = False) -> None:
    """What was made for the first input takes no other; Keras 3 does not look before it runs."""
    built, stage = call.layer.get(BUILT), "run" if (call.keras3 or late) and call.symbolic else "call"
    if isinstance(built, tuple) and (dims.apart(built[-1], shape[-1]) or late and len(built) != len(shape)):
        errors = ("ValueError", "InvalidArgumentError")
        meet(call, call.clash("features", (), errors, expected=built[-1], found=shape[-1], axis=-1, stage=stage))


def _hold_none(cell: Value) -> bool:
    several = cells_of(cell)
    return several == () or any(map(_hold_none, several or ()))


def _without_cells(call: LayerCall) -> Value:
    """Keras 2 hands on each step as it is."""
    shape, states = call.input.shape, given_states(call)
    if isinstance(shape, Unknown):
        return call.of(NO_RANK)
    if states:
        raise call.clash("state-count", (), expected=0, found=len(states))
    if len(shape) < 3:
        raise call.clash("rank", (), ("ValueError", "IndexError"), expected=3, found=len(shape))
    batch, timesteps = (shape[1], shape[0]) if call.flag("time_major") else shape[:2]
    check_batch(call, batch)
    if call.flag("stateful"):
        raise call.clash("no-cells", (), "IndexError")
    _check_again(call, shape, late=True)
    check_unroll(call, timesteps)
    check_steps(call, timesteps)
    steps, whole = (batch, *shape[2:]), call.flag("return_sequences")
    given = call.of(NO_RANK if whole is None else shape if whole else steps)
    return either([Tuple((given,)) if wanted else given for wanted in choices(call.flag("return_state"))])


def _is_known(registry: Registry, value: Value) -> bool:
    """Is it a cell of Keras', or several of them?"""
    several = cells_of(value)
    if several is not None:
        return bool(several) and all(_is_known(registry, each) for each in several)
    return isinstance(value, Thing) and value.type in STATES


def _check_given(call: LayerCall, cell: Value, sizes: Sizes) -> int | None:
    """Do the states given fit the cells? The number of those that a run goes through, where it is less than all."""
    several, states = cells_of(cell), given_states(call)
    if states is None:
        return None
    if not _is_known(call.registry, cell):
        wanted = len(sizes) if isinstance(sizes, tuple) else 1
        if not call.keras3 and len(states) != wanted:
            raise call.clash("state-count", (), expected=wanted, found=len(states))
        return None
    plain = all(isinstance(each, Tensor) and each.rank == 2 for each in states)
    if not call.keras3 and call.layer.get(BUILT) is not None and not plain:  # it counts them alone
        if len(states) != (len(sizes) if isinstance(sizes, tuple) else 1):
            raise call.clash("state-count", (), expected=sizes, found=len(states))
        return None
    names = [each.type if isinstance(each, Thing) else "" for each in several or (cell,)]
    if several is None:
        check_states(call, flat_sizes([sizes]), names[0])
    elif isinstance(sizes, tuple):
        return check_states_of_cells(call, sizes, names)
    return None


def _check_alone(call: LayerCall, cell: Value, used: int | None, timesteps: Dim) -> None:
    """Unrolled, Keras 3 takes the two states of a single cell in a list for those of two cells, from the second step on."""
    several = (cells_of(cell) or ())[:used]
    lstm = len(several) == 1 and isinstance(several[0], Thing) and several[0].type == "keras.layers.LSTMCell"
    if lstm and call.keras3 and call.flag("unroll") and isinstance(timesteps, int) and timesteps > 1:
        stage = "run" if call.symbolic else "call"
        meet(
            call, call.clash("argument-value", (), "IndexError", name="unroll", value=call.value("unroll"), stage=stage)
        )


def build_cells(call: LayerCall, cell: Value, shape: Shape) -> None:
    """A cell of the user's makes its weights for the first step."""
    from lstm_lint.library.keras.calling import build_own

    several = cells_of(cell)
    for each in (cell,) if several is None else several:
        if isinstance(each, Thing) and each.type == "instance":
            build_own(call.call.engine, each, shape)
        step = step_of(call.registry, each, call.call.engine)
        if step is None:
            return
        shape = (shape[0], step.width)


def _outputs(call: LayerCall, lengths: Shape, sizes: Sizes, width: Dim) -> Value:
    ways: list[Value] = []
    states = sizes if isinstance(sizes, tuple) else (sizes,)
    batch, steps = lengths[0], lengths[::-1] if call.flag("time_major") else lengths
    for sequences in choices(call.flag("return_sequences")):
        for wanted in choices(call.flag("return_state")):
            output = call.give(*steps, width) if sequences else call.give(batch, width)
            if isinstance(width, Unknown):  # a cell of the user's may give images
                output = call.of(NO_RANK)
            held = (_state(call, batch, each) for each in states)
            ways.append(Tuple((output, *held)) if wanted else output)
    return either(ways)


def _state(call: LayerCall, batch: Dim, sizes: Sizes) -> Value:
    """One tensor, or for an LSTM cell among several a list of them."""
    if isinstance(sizes, tuple):
        return Thing("list", {"items": tuple(_state(call, batch, each) for each in sizes)})
    return call.give(batch, sizes)


# A cell called by itself.


@layer(*STATES, STACKED)
def one_step(call: LayerCall) -> Value:
    """(batch, features) and the states -> (batch, units) and the new states."""
    states = call.call.find("states", 1)
    if states is None:
        if call.call.open:
            return Unknown("a cell called with unknown arguments")
        raise call.clash("missing-argument", ("missing", "'states'"), "TypeError", name="states")
    if call.kind == STACKED:
        return Unknown("one step of several cells")
    given, shape, units = tensors_of(states.value), call.input.shape, call.dim("units")
    unknown = Tuple((call.of(NO_RANK), Unknown("the states of a cell")))
    if given is None or isinstance(shape, Unknown):
        return unknown
    if isinstance(states.value, Tensor):
        return _one_state(call, states.value, shape, units, unknown)
    if len(given) < STATES[call.kind]:
        raise call.clash("number-of-states", (), "IndexError", expected=STATES[call.kind], found=len(given))
    check_features(call, shape[-1])
    _check_step(call, shape, given, units)
    if len(shape) != 2:
        return unknown
    held = tuple(call.give(shape[0], units) for _ in range(STATES[call.kind]))
    return Tuple((call.give(shape[0], units), Thing("list", {"items": held})))


def _one_state(call: LayerCall, state: Tensor, shape: Shape, units: Dim, unknown: Value) -> Value:
    """A tensor instead of a list of states: an LSTM cell would take its first two rows."""
    if STATES[call.kind] == 1:
        _check_step(call, shape, [state], units)
        return Tuple((call.give(*shape[:-1], units), state))
    if not call.keras3 and state.rank == 2:
        clash = call.clash("states-not-a-list", ())
        clash.raises = FAILS
        raise clash
    return unknown


FAILS = ("ValueError", "InvalidArgumentError")


def _check_step(call: LayerCall, shape: Shape, given: list[Tensor], units: Dim) -> None:
    """One step has no time axis, and its states are as wide as the cell."""
    facts: dict[str, object] = {"layer": call.layer, "tensor": call.input, "shape": shape}
    if len(shape) == 3:
        batch, steps = shape[0], shape[1]
        apart = isinstance(batch, int) and isinstance(steps, int) and batch != steps and 1 not in (batch, steps)
        uneven = STATES[call.kind] == 2 and isinstance(steps, int) and steps % 4 != 0
        if apart or uneven:
            raise Clash("time-axis-in-a-step", FAILS, (), facts | {"expected": 2, "found": 3})
    for state in given[: STATES[call.kind]]:
        wide = state.shape[-1] if isinstance(state.shape, tuple) and len(state.shape) == 2 else None
        if isinstance(wide, int) and isinstance(units, int) and wide != units:
            raise Clash("state-width", FAILS, (), facts | {"expected": units, "found": wide})


# Weights.


@weights("keras.layers.RNN")
def rnn_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """Those of its cell."""
    return _of_cells(registry, argument(held, "cell"), (shape[0], *shape[2:]))


@weights(STACKED)
def stacked_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    return None if cells_of(held) is None else _of_cells(registry, held, shape)


def flat(cell: Value) -> list[Value]:
    several = cells_of(cell)
    return [cell] if several is None else [each for one in several for each in flat(one)]


def _of_cells(registry: Registry, cell: Value, shape: Shape) -> list[Weight] | None:
    """Those of all cells; each takes what the one before gives."""
    found: list[Weight] = []
    for each in flat(cell):
        if not isinstance(each, Thing):
            return None
        part = weights_for(registry, each, shape)
        width = next((argument(each, "units") for k in registry.types(each) if k in STATES), NONE)
        if part is None:
            return None
        found += part
        shape = (shape[0], number(width) if width != NONE else Unknown("a cell's width"))
    return found
