"""Imports: modules of the project are run, names of libraries become symbols; nothing is imported."""

from typing import Any

from lstm_lint.interp import names
from lstm_lint.interp.attributes import of_module
from lstm_lint.interp.frames import Flow, Later
from lstm_lint.interp.machine import Machine
from lstm_lint.source import nodes
from lstm_lint.trace import AttributeRead, Import
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Symbol, Thing, Value


def dotted(node: Any) -> str:
    """`a.b.c` of a chain of names."""
    if isinstance(node, nodes.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    return str(node.value) if isinstance(node, nodes.Name) else ""


def import_(machine: Machine, node: nodes.Import) -> Flow:
    for alias in node.names:
        path = dotted(alias.name)
        about = Import(machine.place(node), path, machine.place(alias.name)) if len(node.names) == 1 else None
        if alias.asname is not None:
            found = _later(machine, path, 0) or _module(machine, path, 0, alias, about)
            _bind(machine, alias.asname.value, found, alias)
            continue
        root = path.partition(".")[0]
        waiting = _later(machine, root, 0)
        if waiting is None:
            _module(machine, path, 0, alias, about)
        _bind(machine, root, waiting or _module(machine, root, 0, alias, None), alias)
    return Flow.NEXT


def _later(machine: Machine, path: str, level: int, name: str = "") -> Later | None:
    """At the top of a file a module of the project waits until it is asked for."""
    if machine.heap.journals or machine.here.scope.kind != "module" or machine.project is None:
        return None
    here = machine.file.path
    return Later(here, path, level, name) if machine.project.has(here, path, level) else None


def _bind(machine: Machine, name: str, value: Value | Later, node: Any) -> None:
    if isinstance(value, Later):
        machine.heap.put(machine.here.scope.names, name, value)
    else:
        names.bind(machine, name, value, node)


def _module(machine: Machine, path: str, level: int, node: Any, about: Import | None) -> Value:
    """The module at a dotted path: a file of the project, else each part asked of the library."""
    own = machine.module(machine.file.path, path, level)
    if own is not None:
        return own
    if level:
        return machine.why(node, "imported from another file")
    root, *rest = path.split(".")
    value: Value = Symbol(root, root)
    for part in rest:
        value = _member(machine, value, part, node, about)
    return value


def _member(machine: Machine, owner: Value, name: str, node: Any, about: Import | None) -> Value:
    if isinstance(owner, Thing) and owner.type == "module":
        return of_module(machine, owner, name)
    if not isinstance(owner, Symbol):
        return Unknown("imported from something unknown", name, object())
    known = machine.known_member(owner, name)
    if known is not None:
        return known
    named = machine.place(node.name) if isinstance(node, nodes.ImportAlias) else None
    operation = AttributeRead(place=machine.place(node), owner=owner, name=name, name_place=named, statement=about)
    return machine.attempt(operation, lambda: machine.member(owner, name))


def import_from(machine: Machine, node: nodes.ImportFrom) -> Flow:
    path = dotted(node.module) if node.module is not None else ""
    about = None if node.relative else _statement(machine, node, path)
    if isinstance(node.names, nodes.ImportStar):
        _star(machine, _module(machine, path, len(node.relative), node, about), path, node)
        return Flow.NEXT
    waits = _later(machine, path, len(node.relative)) is not None
    module = None if waits else _module(machine, path, len(node.relative), node, about)
    for alias in node.names:
        bound = alias.asname or alias.name
        if isinstance(bound, nodes.Name):
            name = dotted(alias.name)
            later = Later(machine.file.path, path, len(node.relative), name) if module is None else None
            _bind(machine, bound.value, later or _member(machine, module, name, alias, about), alias)  # type: ignore[arg-type]
    return Flow.NEXT


def _statement(machine: Machine, node: nodes.ImportFrom, path: str) -> Import:
    pairs: list[tuple[str, str]] = [("*", "*")] if isinstance(node.names, nodes.ImportStar) else []
    for alias in () if isinstance(node.names, nodes.ImportStar) else node.names:
        bound = alias.asname or alias.name
        pairs.append((dotted(alias.name), dotted(bound)))
    statement = Import(machine.place(node), path, machine.place(node.module), tuple(pairs))
    machine.trace.imports.append(statement)
    return statement


def _star(machine: Machine, module: Value, path: str, node: Any) -> None:
    if isinstance(module, Thing):
        known = [name for name in module.fields if isinstance(name, str) and not name.startswith("_")]
        machine.stars.add(path)
    else:
        known = sorted(machine.library.exports(path) or ())
    for name in known:
        names.bind(machine, name, _member(machine, module, name, node, None), node)
