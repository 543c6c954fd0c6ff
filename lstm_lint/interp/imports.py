"""Imports: names of libraries become symbols; nothing is imported."""

from typing import Any

import libcst as cst

from lstm_lint.interp import names
from lstm_lint.interp.machine import Flow, Machine
from lstm_lint.trace import AttributeRead
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Symbol, Value


def dotted(node: Any) -> str:
    """`a.b.c` of a chain of names."""
    if isinstance(node, cst.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    return str(node.value) if isinstance(node, cst.Name) else ""


def import_(machine: Machine, node: cst.Import) -> Flow:
    for alias in node.names:
        path = dotted(alias.name)
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            names.bind(machine, alias.asname.name.value, _module(machine, path, alias), alias)
        else:
            root = path.partition(".")[0]
            names.bind(machine, root, Symbol(root, root), alias)
    return Flow.NEXT


def _module(machine: Machine, path: str, node: Any) -> Value:
    """The module at a dotted path, each part asked of the library."""
    root, *rest = path.split(".")
    value: Value = Symbol(root, root)
    for part in rest:
        value = member(machine, value, part, node)
    return value


def member(machine: Machine, owner: Value, name: str, node: Any) -> Value:
    if not isinstance(owner, Symbol):
        return Unknown("imported from something unknown")
    operation = AttributeRead(place=machine.place(node), owner=owner, name=name)
    return machine.attempt(operation, lambda: machine.library.member(owner.path, name, owner.via or owner.path))


def import_from(machine: Machine, node: cst.ImportFrom) -> Flow:
    path = dotted(node.module) if node.module is not None else ""
    if node.relative or not path:
        _unknown_names(machine, node, "imported from another file")
        return Flow.NEXT
    module = _module(machine, path, node)
    if isinstance(node.names, cst.ImportStar):
        for name in machine.library.exports(path) or ():
            names.bind(machine, name, member(machine, module, name, node), node)
        return Flow.NEXT
    for alias in node.names:
        bound = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(bound, cst.Name):
            names.bind(machine, bound.value, member(machine, module, dotted(alias.name), alias), alias)
    return Flow.NEXT


def _unknown_names(machine: Machine, node: cst.ImportFrom, reason: str) -> None:
    if isinstance(node.names, cst.ImportStar):
        return
    for alias in node.names:
        bound = alias.asname.name if alias.asname is not None else alias.name
        if isinstance(bound, cst.Name):
            names.bind(machine, bound.value, machine.why(alias, reason, bound.value), alias)
