"""Branches whose choice is unknown: each way runs from the same state, then the states are merged field by field."""

from collections.abc import Callable, Sequence

from lstm_lint.interp.machine import Exit, Flow, Machine
from lstm_lint.values.value import Value


def fork(machine: Machine, ways: Sequence[Callable[[], Value]]) -> list[Value]:
    """Evaluate each way from the same state; the values, with the states merged."""
    branch, states, values = machine.new_branch(), [], []
    for arm, way in enumerate(ways):
        level = machine.heap.open()
        with machine.way(branch, arm):
            values.append(way())
        states.append(machine.heap.delta(level))
        machine.heap.rollback()
    machine.heap.merge(states)
    return values


def fork_flow(machine: Machine, ways: Sequence[Callable[[], Flow]]) -> Flow:
    """Run each way from the same state. Ways that go on are merged; ways that leave are kept for where they lead."""
    branch, states = machine.new_branch(), []
    for arm, way in enumerate(ways):
        level = machine.heap.open()
        with machine.way(branch, arm):
            flow = way()
        if flow is Flow.NEXT:
            states.append(machine.heap.delta(level))
        else:
            leave(machine, flow)
        machine.heap.rollback()
    if not states:
        return Flow.DEAD
    machine.heap.merge(states)
    return Flow.NEXT


def leave(machine: Machine, flow: Flow) -> None:
    """Keep the state of a way that returns or jumps, until the others have come to the same point."""
    here = machine.here
    frame = here.frame if flow is Flow.RETURN else here.loops[-1] if here.loops else None
    if flow in (Flow.DEAD, Flow.RAISE) or frame is None:
        return
    value = here.returned if flow is Flow.RETURN else None
    frame.exits.append(Exit(flow, value, machine.heap.delta(frame.level)))
