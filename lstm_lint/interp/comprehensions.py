"""Comprehensions and generator expressions: loops that gather values."""

from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.displays import hashable, key_of
from lstm_lint.interp.frames import Scope
from lstm_lint.interp.loops import first_of
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.targets import assign
from lstm_lint.interp.truths import asked
from lstm_lint.source import nodes
from lstm_lint.values import dims
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Many, Thing, Tuple, Value, typical

MOST_ROUNDS = 64


def comprehension(machine: Machine, node: Any) -> Value:
    """The list, set, dict or sequence that a comprehension gives."""
    here = machine.here
    outer = here.scope
    here.scope = Scope(Thing("scope"), outer, "function")
    try:
        gathered = _rounds(machine, node, node.for_in)
    finally:
        here.scope = outer
    return _made(node, gathered)


def _rounds(machine: Machine, node: Any, clause: nodes.CompFor) -> list[Value] | Many:
    """What each round gives, in order; Many if their number is not known."""
    source = machine.evaluate(clause.iter)
    known = containers.looped(machine, source, clause.iter)
    if known is None or len(known) > MOST_ROUNDS:
        return _unknown(machine, node, clause, source, known)
    gathered: list[Value] = []
    loose = False
    for value in known:
        assign(machine, clause.target, value, node)
        answers = [asked(machine, test) for test in clause.ifs]
        if False in answers:
            continue
        loose |= None in answers
        inner = _inner(machine, node, clause)
        if isinstance(inner, Many):
            return Many(inner.element, Unknown("a comprehension's length"))
        gathered.extend(inner)
    if loose:
        return Many(typical(gathered) if gathered else Unknown("nothing"), Unknown("a filtered comprehension's length"))
    return gathered


def _inner(machine: Machine, node: Any, clause: nodes.CompFor) -> list[Value] | Many:
    machine.step()
    if clause.inner_for_in is not None:
        return _rounds(machine, node, clause.inner_for_in)
    if isinstance(node, nodes.DictComp):
        return [Tuple((machine.evaluate(node.key), machine.evaluate(node.value)))]
    return [machine.evaluate(node.elt)]


def _unknown(machine: Machine, node: Any, clause: nodes.CompFor, source: Value, known: Any) -> Many:
    """The first round, judged, then a quiet one over any element."""
    many = containers.each(machine, source) or first_of(known)
    element = many.element if many else _element(source)
    length: dims.Dim = many.length if many else Unknown("a comprehension's length")
    branch = machine.new_branch()
    assign(machine, clause.target, many.first if many and many.first is not None else element, node)
    with machine.way(branch, 1):
        for test in clause.ifs:
            asked(machine, test)
        first = _inner(machine, node, clause)
    with machine.silence(), machine.way(branch, 1):
        assign(machine, clause.target, element, node)
        general = _inner(machine, node, clause)
    values = [*_several(first), *_several(general)]
    if clause.ifs or isinstance(first, Many) or len(first) != 1:
        length = Unknown("a comprehension's length")
    begin = first[0] if isinstance(first, list) and first else None
    return Many(typical(values) if values else Unknown("nothing"), length, first=begin)


def _several(gathered: list[Value] | Many) -> list[Value]:
    return [gathered.element] if isinstance(gathered, Many) else gathered


def _element(source: Value) -> Value:
    return source.part("[i]") if isinstance(source, Unknown) else Unknown("an element of something unknown")


def _made(node: Any, gathered: list[Value] | Many) -> Value:
    if isinstance(node, nodes.DictComp):
        pairs = gathered if isinstance(gathered, list) else None
        if pairs is None or not all(isinstance(p, Tuple) and hashable(p.items[0]) for p in pairs):
            return Thing("dict", {"items": Unknown("a dict with unknown keys")})
        return Thing("dict", {"items": {key_of(p.items[0]): p.items[1] for p in pairs if isinstance(p, Tuple)}})
    items = tuple(gathered) if isinstance(gathered, list) else gathered
    if isinstance(node, nodes.GeneratorExp):
        return items if isinstance(items, Many) else Tuple(items, "generator")
    return Thing("set" if isinstance(node, nodes.SetComp) else "list", {"items": items})
