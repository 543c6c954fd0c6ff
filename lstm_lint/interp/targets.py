"""Targets of assignments: names, attributes, subscripts, and the unpacking of several."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.interp import attributes, containers, names
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.subscripts import index_of, put_item
from lstm_lint.source import nodes
from lstm_lint.trace import Unpacked
from lstm_lint.values.library import AFTER_A_CLASH, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Either, Value, either


def assign(machine: Machine, target: Any, value: Value, node: Any) -> None:
    """Bind a target; `node` is the statement, where an unpacking fails."""
    match target:
        case nodes.Name():
            names.bind(machine, target.value, value, target)
        case nodes.Attribute():
            attributes.write(machine, machine.evaluate(target.value), target.attr.value, value, target)
        case nodes.Subscript():
            put_item(machine, machine.evaluate(target.value), index_of(machine, target), value, target)
        case nodes.Tuple() | nodes.List():
            _unpack(machine, target.elements, value, node)


def _unpack(machine: Machine, targets: Sequence[Any], value: Value, node: Any) -> None:
    star = next((i for i, element in enumerate(targets) if isinstance(element, nodes.StarredElement)), None)
    parts = spread(machine, value, len(targets), star, node, targets)
    for element, part in zip(targets, parts, strict=True):
        assign(machine, element.value if isinstance(element, nodes.StarredElement) else element, part, node)


def spread(
    machine: Machine, value: Value, count: int, star: int | None, node: Any, targets: Sequence[Any] = ()
) -> list[Value]:
    """The values for `count` targets, of which the one at `star` takes the rest."""
    several = value.members if isinstance(value, Either) else (value,)
    try:
        ways = [containers.iterated(machine, way) for way in several]
    except Clash as clash:
        if len(several) == 1:
            operation = Unpacked(place=machine.place(node), value=value, names=count, starred=star is not None)
            machine.note(operation)
            machine.clash(operation, clash)
        return [AFTER_A_CLASH] * count
    fitting = [row for row in ways if row is None or _fits(len(row), count, star)]
    if not fitting:
        _too_many_or_few(machine, value, len(ways[0] or ()), count, star, node)
        return [AFTER_A_CLASH] * count
    parts = [_parts(machine, value, row, count, star) for row in fitting]
    return [either(column) for column in zip(*parts, strict=True)]


def _fits(found: int, count: int, star: int | None) -> bool:
    return found == count if star is None else found >= count - 1


def _parts(machine: Machine, value: Value, row: Sequence[Value] | None, count: int, star: int | None) -> list[Value]:
    if row is None:
        return [_unknown_part(machine, value, index) for index in range(count)]
    if star is None:
        return list(row)
    tail = count - star - 1
    rest = containers.new_list(row[star : len(row) - tail])
    return [*row[:star], rest, *row[len(row) - tail :]]


def _unknown_part(machine: Machine, value: Value, index: int) -> Value:
    many = containers.each(machine, value)
    if many is not None:
        return many.element
    return value.part(f"[{index}]") if isinstance(value, Unknown) else Unknown("unpacked from something unknown")


def _too_many_or_few(machine: Machine, value: Value, found: int, count: int, star: int | None, node: Any) -> None:
    operation = Unpacked(place=machine.place(node), value=value, names=count, starred=star is not None, found=found)
    words = ("too many values to unpack",) if found > count else ("not enough values to unpack",)
    machine.note(operation)
    if _plain(value):
        operation.quiet = True
    else:
        machine.clash(operation, Clash("arity", ("ValueError",), words, {"names": count, "found": found}))


def _plain(value: Value) -> bool:
    """Python's own data: a wrong number of names for it is no matter of ours."""
    items = containers.rows(value)
    return isinstance(value, Const) or items is not None and not any(_of_library(item) for item in (value, *items))


def _of_library(item: Value) -> bool:
    return getattr(item, "origin", None) is not None
