"""Loops: run while their count is known and small, else once as the first round does and then to a fixpoint."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.frames import Flow, Frame
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.targets import assign
from lstm_lint.interp.truths import asked
from lstm_lint.source import nodes
from lstm_lint.values import dims
from lstm_lint.values.heap import ABSENT, Delta, merged
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Many, Value, either, like, typical

MOST_ROUNDS = 40
MOST_ENDLESS = 16
MOST_LOOP_STEPS = 400
"""After so many steps a `while` counts as one of unknown count."""
FIXPOINT_ROUNDS = (3, 1)
"""By how many such rounds a loop stands within; deeper loops get none, so that nests do not multiply."""
MOST_QUIET_STEPS = 1_500
"""What all such rounds of a file are given; then a loop gets none, and what its first round changed is unknown."""


def for_loop(machine: Machine, node: nodes.For) -> Flow:
    source = machine.evaluate(node.iter)
    known = containers.looped(machine, source, node.iter)
    if known is not None and len(known) <= MOST_ROUNDS:
        return _known(machine, node, known)
    many = containers.each(machine, source) or first_of(known)
    element = many.element if many else _element(source)
    first = many.first if many and many.first is not None else element

    def round_(value: Value) -> Callable[[], Flow]:
        def run() -> Flow:
            assign(machine, node.target, value, node)
            return machine.suite(node)

        return run

    flow = _unknown(machine, round_(first), round_(element), many.length if many else Unknown("a loop's count"))
    return flow if flow is not Flow.NEXT or node.orelse is None else machine.suite(node.orelse)


def first_of(known: Sequence[Value] | None) -> Many | None:
    """A long known sequence: its first element, then any."""
    if not known:
        return None
    element = either(known[:8]) if len(known) <= 8 else _general(known)
    return Many(element, len(known), first=known[0])


def _general(known: Sequence[Value]) -> Value:
    sample = known[0]
    if isinstance(sample, Const):
        if isinstance(sample.value, int):
            return dims.symbol("i")
        return Unknown("one of many constants")
    return sample if all(like(sample, other) for other in known[:40]) else Unknown("one of many values")


def _element(source: Value) -> Value:
    return source.part("[i]") if isinstance(source, Unknown) else Unknown("an element of something unknown")


def _known(machine: Machine, node: nodes.For, values: Sequence[Value]) -> Flow:
    """Each round in turn; ways that break wait until the loop is over."""
    frame = _enter(machine)
    flow = Flow.NEXT
    for value in values:
        assign(machine, node.target, value, node)
        flow = _round(machine, frame, machine.suite(node))
        if flow is not Flow.NEXT:
            break
    return _over(machine, node, frame, flow)


def while_loop(machine: Machine, node: nodes.While) -> Flow:
    frame = _enter(machine)
    moving = isinstance(node.test, (nodes.Comparison, nodes.Attribute, nodes.BooleanOperation))
    most = MOST_ROUNDS if moving else MOST_ENDLESS if _leads_out(node) else 0
    last = machine.steps + MOST_LOOP_STEPS
    for rounds in range(most + 1):
        answer = asked(machine, node.test)
        if answer is not True or rounds == most or machine.steps > last:
            break
        start = len(machine.trace.operations), len(machine.trace.bindings)
        flow = _round(machine, frame, machine.suite(node))
        if flow is not Flow.NEXT:
            return _over(machine, node, frame, flow)
        if frame.exits and not moving and rounds == 0:  # it is not known when it ends: nobody counts its rounds
            _forget(machine, frame, *start)
            break
    if answer is not False:
        again = partial(machine.suite, node)
        flow = _unknown(machine, again, again, Unknown("a loop's count"))
    else:
        flow = Flow.NEXT
    return _over(machine, node, frame, flow)


def _leads_out(node: nodes.While) -> bool:
    """May `while True` end by itself?"""
    return any(isinstance(each, nodes.Break | nodes.Return) for each in nodes.within(node.body))


def _forget(machine: Machine, frame: Frame, operations: int, bindings: int) -> None:
    """As if the first round had not been."""
    frame.exits.clear()
    machine.heap.rollback()
    machine.heap.open()
    del machine.trace.operations[operations:], machine.trace.bindings[bindings:]


def _enter(machine: Machine) -> Frame:
    frame = Frame(machine.heap.open())
    machine.here.loops.append(frame)
    return frame


def _round(machine: Machine, frame: Frame, flow: Flow) -> Flow:
    """End a round: the ways that continued join those that came to its end."""
    waiting = [way for way in frame.exits if way.flow is Flow.CONTINUE]
    if flow is Flow.CONTINUE:
        flow = Flow.NEXT
    if not waiting:
        return flow
    frame.exits[:] = [way for way in frame.exits if way.flow is not Flow.CONTINUE]
    states = [way.state for way in waiting]
    if flow is Flow.NEXT:
        states.append(machine.heap.delta(frame.level))
    machine.heap.rollback()
    machine.heap.open()
    machine.heap.merge(states)
    return Flow.NEXT


def _over(machine: Machine, node: Any, frame: Frame, flow: Flow) -> Flow:
    """Leave the loop: the ways that broke out join those that came to its end."""
    machine.here.loops.pop()
    broken = [way.state for way in frame.exits if way.flow is Flow.BREAK]
    if flow is Flow.NEXT and node.orelse is not None:
        flow = machine.suite(node.orelse)
    if flow is Flow.BREAK:
        flow = Flow.NEXT
    if broken:
        if flow is Flow.NEXT:
            broken.append(machine.heap.delta(frame.level))
        elif flow is Flow.RETURN:
            from lstm_lint.interp.branches import leave

            leave(machine, flow)
        machine.heap.rollback()
        machine.heap.merge(broken)
        return Flow.NEXT
    machine.heap.commit()
    return flow


def _unknown(machine: Machine, first: Callable[[], Flow], again: Callable[[], Flow], count: dims.Dim) -> Flow:
    """The first round as it is, judged; then quiet rounds over the general state until nothing changes any more."""
    branch = machine.new_branch()
    frame = _enter(machine)
    with machine.way(branch, 1):
        flow = _round(machine, frame, first())
        left = flow in (Flow.RETURN, Flow.RAISE) and not frame.exits
        last = machine.heap.delta(frame.level)
    state = _after(machine, frame, flow)
    if left:
        return _left_at_once(machine, last, flow)
    general = _widen(state, count)
    spent = machine.rounds >= len(FIXPOINT_ROUNDS) or machine.quiet_steps > MOST_QUIET_STEPS
    rounds = 0 if spent else FIXPOINT_ROUNDS[machine.rounds]
    changed = dict(general) if not rounds else {}
    for _ in range(rounds):
        machine.heap.apply(general)
        with machine.silence(), machine.way(branch, 1):
            after = _quiet_round(machine, again)
        changed = {key: entry for key, entry in after.items() if not _covers(general, key, entry[2])}
        if not changed:
            break
        for key, (thing, name, value) in changed.items():
            general[key] = (thing, name, _loosened(general, key, value))
    if rounds < FIXPOINT_ROUNDS[0]:
        general |= {key: (thing, name, Unknown("changes in a loop")) for key, (thing, name, _) in changed.items()}
    machine.heap.apply(general)
    return Flow.NEXT


def _left_at_once(machine: Machine, state: Delta, flow: Flow) -> Flow:
    """The first round always returns or raises: so does the loop, unless it has no round at all."""
    from lstm_lint.interp.branches import fork_flow

    def way() -> Flow:
        machine.heap.apply(state)
        return flow

    return fork_flow(machine, [way, lambda: Flow.NEXT])


def _quiet_round(machine: Machine, again: Callable[[], Flow]) -> Delta:
    frame = _enter(machine)
    machine.rounds += 1
    steps, quiet = machine.steps, machine.quiet_steps
    try:
        flow = again()
    finally:
        machine.rounds -= 1
        machine.quiet_steps = quiet + machine.steps - steps
    return _after(machine, frame, _round(machine, frame, flow))


def _after(machine: Machine, frame: Frame, flow: Flow) -> Delta:
    """Leave a round: what the ways that came to its end or broke out make of the state together."""
    states = [way.state for way in frame.exits if way.flow is Flow.BREAK]
    if flow in (Flow.NEXT, Flow.BREAK):
        states.append(machine.heap.delta(frame.level))
    machine.heap.rollback()
    machine.here.loops.pop()
    level = machine.heap.open()
    if states:
        machine.heap.merge(states)
    together = machine.heap.delta(level)
    machine.heap.rollback()
    return together


def _widen(state: Delta, count: dims.Dim) -> Delta:
    """The state after any number of rounds, guessed from the first: what grew, grows; what changed, may be either."""
    return {key: (t, name, _wide(t.fields.get(name, ABSENT), value, count)) for key, (t, name, value) in state.items()}


def _wide(before: Any, after: Any, count: dims.Dim) -> Any:
    if before is ABSENT or after is ABSENT:
        return after if before is ABSENT else before
    if isinstance(before, tuple) and isinstance(after, tuple) and len(after) >= len(before):
        return _grown(before, after, count)
    if isinstance(before, Many) and isinstance(after, Many):
        return Many(typical((before.element, after.element)), Unknown("a list that grows in a loop"))
    if isinstance(before, Const) and isinstance(after, Const) and before != after:
        return Unknown("changes in a loop")
    return merged([before, after])


def _grown(before: tuple[Any, ...], after: tuple[Any, ...], count: dims.Dim) -> Any:
    new = after[len(before) :]
    if not new or after[: len(before)] != before:
        return merged([before, after])
    element = typical([*before, *new])
    return Many(element, dims.add(len(before), dims.multiply(len(new), count)), first=after[0])


def _covers(general: Delta, key: Any, value: Any) -> bool:
    if key not in general:
        return False
    held = general[key][2]
    if held is value or value is ABSENT:
        return True
    if isinstance(held, Many):
        return isinstance(value, Many) and like(held.element, value.element)
    if isinstance(held, Unknown):
        return True
    if isinstance(value, (tuple, dict)) or isinstance(held, (tuple, dict)):
        return bool(held == value)
    if _value(held) and _value(value):
        kept = held.members if hasattr(held, "members") else (held,)
        new = value.members if hasattr(value, "members") else (value,)
        return all(any(like(one, other) for other in kept) for one in new)
    return bool(held == value)


def _loosened(general: Delta, key: Any, value: Any) -> Any:
    if key not in general:
        return value
    held = general[key][2]
    if isinstance(held, Many) and isinstance(value, Many):
        return Many(typical((held.element, value.element)), held.length)
    if _value(held) and _value(value) and not isinstance(held, Const):
        return either((held, value))
    return Unknown("changes in a loop")


def _value(value: Any) -> bool:
    return not isinstance(value, (tuple, dict, str, int, type(None))) and value is not ABSENT
