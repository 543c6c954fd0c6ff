"""Branches whose choice is unknown: each way runs from the same state, then the states are merged field by field."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain

from lstm_lint.interp.frames import Exit, Flow
from lstm_lint.interp.machine import Machine
from lstm_lint.source import nodes
from lstm_lint.trace import Clashed, Operation
from lstm_lint.values.library import AFTER_A_CLASH
from lstm_lint.values.value import Value, either


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


def every_way(machine: Machine, ways: Sequence[Callable[[], Value]]) -> Value:
    """Ask one thing in each way that its operands leave open: a clash or remark counts only if every way has one."""
    if len(ways) == 1:
        return ways[0]()
    clashes: list[Operation] = []
    remarks: list[list[Operation]] = []

    def tracked(way: Callable[[], Value]) -> Value:
        start = len(machine.trace.operations)
        value = way()
        if value is AFTER_A_CLASH:
            clashes.append(machine.trace.operations[-1])
        new = machine.trace.operations[start:]
        remarks.append([each for each in new if isinstance(each, Clashed) and (each.silent or each.late)])
        return value

    values = fork(machine, [partial(tracked, way) for way in ways])
    fitting = [value for value in values if value is not AFTER_A_CLASH]
    if not fitting:
        return AFTER_A_CLASH
    for clash in clashes:
        clash.quiet = True
    for each in () if all(remarks) else chain.from_iterable(remarks):
        each.quiet = True
    return either(fitting)


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


def arms_fit_others(machine: Machine, test: nodes.Expression) -> bool:
    """Is each arm of a test whose answer is not known for another version, mode or caller than what led here?"""
    return _asks_for_none(machine, test) or asks_for_version(machine, test)


def asks_for_version(machine: Machine, test: nodes.Expression) -> bool:
    """Does the test ask, itself or through a name, for a version, a mode or what a library has?"""
    telling = _telling_of_modes(machine.file.text)
    if telling is None:
        return False
    asked = " ".join(nodes.words(test))
    return OF_MODES.search(asked) is not None or not telling.isdisjoint(NAME.findall(asked))


MODES = ("version", "hasattr", "eager", "legacy")
OF_MODES = re.compile("|".join(MODES), re.IGNORECASE)
NAME = re.compile(r"[A-Za-z_]\w*")
BOUND = re.compile(r"[ \t]*([A-Za-z_]\w*)[ \t]*=(?!=)")
DEFINED = re.compile(r"[ \t]*def ([A-Za-z_]\w*)\(")
DEFINING = 4
"""So many lines of a function are looked at."""


@lru_cache(maxsize=64)
def _telling_of_modes(text: str) -> frozenset[str] | None:
    """The names bound to the answer of such a question, or to a function that asks it at once; None if nothing asks."""
    asking = [row for row, line in enumerate(text.lower().split("\n")) if any(word in line for word in MODES)]
    if not asking:
        return None
    lines = text.split("\n")
    bound = [(BOUND.match(lines[row]), lines[row]) for row in asking]
    heads = {row - back for row in asking for back in range(DEFINING) if row >= back}
    bound += [(DEFINED.match(lines[row]), "\n".join(lines[row : row + DEFINING])) for row in heads]
    return frozenset(name[1] for name, told in bound if name and OF_MODES.search(told.replace(name[1], "")))


def _asks_for_none(machine: Machine, test: nodes.Expression) -> bool:
    """Did the caller leave an optional parameter out? It knows, we don't, and gave the others to fit."""
    function = machine.here.function
    if function is None or not machine.stack or not isinstance(test, nodes.Comparison):
        return False
    left, right = test.left, test.comparisons[0].comparator
    is_none = isinstance(right, nodes.Name) and right.value == "None"
    return is_none and isinstance(left, nodes.Name) and left.value in function.defaults
