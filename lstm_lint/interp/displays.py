"""Displays and literals: numbers, texts, tuples, lists, dicts as they are written."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.machine import Machine
from lstm_lint.source import nodes
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Symbol, Thing, Tuple, Value

MOST_TEXT = 10_000
MOST_PARTS = 10_000
MOST_WRITTEN = 500_000
"""A file of the largest size can write so many."""


def number_(machine: Machine, node: nodes.Integer | nodes.Float | nodes.Imaginary) -> Value:
    return Const(node.value)


def text_(machine: Machine, node: nodes.SimpleString) -> Value:
    return Const(node.value) if len(node.value) <= MOST_TEXT else Unknown("a text too long to follow")


def formatted_(machine: Machine, node: nodes.FormattedString) -> Value:
    parts: list[str] = []
    for part in node.parts:
        if isinstance(part, str):
            parts.append(part)
            continue
        value = machine.evaluate(part.expression)
        plain = isinstance(value, Const) and part.plain
        parts.append(str(value.value) if plain and isinstance(value, Const) else "\0")
    text = "".join(parts)
    return Const(text) if "\0" not in text else Unknown("a formatted text")


def _parts(machine: Machine, elements: Sequence[nodes.Expression]) -> list[Value] | None:
    """The values of a display's elements; None if a starred one is of unknown length."""
    values: list[Value] = []
    for element in elements:
        if isinstance(element, nodes.StarredElement):
            several = containers.elements(machine, machine.evaluate(element.value))
            if several is None:
                return None
            values.extend(several)
        else:
            values.append(machine.evaluate(element))
    return values


def tuple_(machine: Machine, node: nodes.Tuple) -> Value:
    values = _parts(machine, node.elements)
    if values is None or containers.weight(values, MOST_PARTS) > MOST_PARTS:
        return machine.why(node, "a tuple of unknown length" if values is None else "a tuple too large to follow")
    return Tuple(tuple(values))


def list_(machine: Machine, node: nodes.List) -> Value:
    values = _parts(machine, node.elements)
    if values is None or containers.weight(values, MOST_WRITTEN) > MOST_WRITTEN:
        why = "a list of unknown length" if values is None else "a list too large to follow"
        return Thing("list", {"items": machine.why(node, why)})
    return containers.new_list(values)


def set_(machine: Machine, node: nodes.Set) -> Value:
    values = _parts(machine, node.elements)
    return Thing("set", {"items": Unknown("a set") if values is None else tuple(values)})


def dict_(machine: Machine, node: nodes.Dict) -> Value:
    items: dict[Any, Value] = {}
    unknown = False
    for element in node.elements:
        if isinstance(element, nodes.StarredDictElement):
            inner = machine.evaluate(element.value)
            held = inner.get("items") if isinstance(inner, Thing) and inner.type == "dict" else None
            unknown |= not isinstance(held, dict)
            items |= held if isinstance(held, dict) else {}
            continue
        key, value = machine.evaluate(element.key), machine.evaluate(element.value)
        if hashable(key):
            items[key_of(key)] = value
        else:
            unknown = True
    return Thing("dict", {"items": machine.why(node, "a dict with unknown keys") if unknown else items})


def hashable(key: Value) -> bool:
    return isinstance(key, (Const, Symbol)) or isinstance(key, Tuple) and all(isinstance(k, Const) for k in key.items)


def key_of(key: Value) -> Any:
    """A dict's key: the plain data of a constant, else the value itself."""
    return key.value if isinstance(key, Const) else key
