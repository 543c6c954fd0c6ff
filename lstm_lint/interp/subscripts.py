"""Attributes and subscripts as expressions."""

from functools import partial
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.attributes import read
from lstm_lint.interp.branches import every_way
from lstm_lint.interp.displays import hashable, key_of
from lstm_lint.interp.machine import PLAIN_TYPES, Machine, snapshot
from lstm_lint.source import nodes
from lstm_lint.trace import ItemRead
from lstm_lint.values.library import Argument
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Either,
    Many,
    Method,
    Slice,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    either,
)


def attribute(machine: Machine, node: nodes.Attribute) -> Value:
    return read(machine, machine.evaluate(node.value), node.attr.value, node)


def subscript(machine: Machine, node: nodes.Subscript) -> Value:
    owner = machine.evaluate(node.value)
    return item(machine, owner, index_of(machine, node), node)


def index_of(machine: Machine, node: nodes.Subscript) -> Value:
    parts = [_index(machine, part) for part in node.slice]
    return parts[0] if node.single else Tuple(tuple(parts))


def _index(machine: Machine, part: nodes.Expression) -> Value:
    if not isinstance(part, nodes.Slice):
        return machine.evaluate(part)
    bounds = [machine.evaluate(bound) if bound else NONE for bound in (part.lower, part.upper, part.step)]
    return Slice(*bounds)


def item(machine: Machine, owner: Value, index: Value, node: Any) -> Value:
    """`owner[index]`."""
    if isinstance(owner, Either):
        return every_way(machine, [partial(item, machine, member, index, node) for member in owner.members])
    if isinstance(owner, Tensor) and isinstance(index, Either):
        return every_way(machine, [partial(item, machine, owner, member, node) for member in index.members])
    if isinstance(owner, Unknown):
        inner = _index_text(index)
        return owner.part(inner) if inner else Unknown(owner.reason)
    if isinstance(owner, UserClass):
        return Unknown("a member of a class picked by its name")
    several = isinstance(index, Tuple) and containers.of_tensors(owner)
    found = None if several else containers.subscript(machine, owner, index)
    if found is not None:
        return found
    operation = ItemRead(place=machine.place(node), owner=owner, index=snapshot(index))
    return machine.attempt(operation, lambda: machine.library.item(owner, index, machine))


def _index_text(index: Value) -> str:
    match index:
        case Const(value=int() | str() as plain):
            return f"[{plain!r}]"
    return ""


def put_item(machine: Machine, owner: Value, index: Value, value: Value, node: Any) -> None:
    """`owner[index] = value`."""
    if isinstance(owner, Either):
        for member in owner.members:
            if isinstance(member, Thing) and member.type in ("list", "dict"):
                machine.heap.put(member, "items", Unknown("written to, or not"))
            elif isinstance(member, Tensor) or isinstance(member, Thing) and member.type not in PLAIN_TYPES:
                put_item(machine, member, index, value, node)
    if not isinstance(owner, Thing):
        if isinstance(owner, Tensor):
            owner.content = None
            owner.written = True
        return
    items = owner.get("items")
    if owner.type == "dict" and isinstance(items, dict):
        known = hashable(index)
        changed = {**items, key_of(index): value} if known else Unknown("a dict with unknown keys")
        machine.heap.put(owner, "items", changed)
    elif owner.type == "list":
        machine.heap.put(owner, "items", _with_item(items, index, value))
    elif owner.type not in PLAIN_TYPES:
        machine.apply(Method(owner, "__setitem__"), [Argument(index), Argument(value)], False, node)


def _with_item(items: Any, index: Value, value: Value) -> Any:
    """The items of a list of which one is another now."""
    position = index.value if isinstance(index, Const) else None
    if isinstance(items, Many):
        return Many(either([items.element, value]), items.length)
    if isinstance(items, tuple) and isinstance(position, int) and -len(items) <= position < len(items):
        position %= len(items)
        return (*items[:position], value, *items[position + 1 :])
    return Unknown("a list with an unknown element")
