"""Import statements whose module or names are gone, written anew for the places where the names live now."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from lstm_lint.checks.case import Case
from lstm_lint.checks.moved import moved
from lstm_lint.claims import Change
from lstm_lint.findings import Target
from lstm_lint.trace import AttributeRead, Import

Moved = tuple[str, str, str]
"""Module, name in it, name that it is bound to."""


def changes(target: Target, read: AttributeRead, path: str) -> tuple[Change, ...]:
    """What mends the statement in which `path` is looked for in vain; nothing if some of its names have no place now."""
    statement = read.statement
    if statement is None:
        return ()
    if not statement.names:
        return _whole(target, statement)
    homes = [_home(target, statement, *pair) for pair in statement.names]
    if None in homes:
        return ()
    return _written(statement, [home for home in homes if home is not None], read)


PRIVATE = "tensorflow.python.keras"


def public(case: Case[Any]) -> tuple[Change, ...]:
    """All that the file imports from TensorFlow's private copy of Keras, from the public one; or nothing."""
    here = case.operation.place.file
    found = {each.place.node: each for each in case.trace.imports if f"{each.module}.".startswith(f"{PRIVATE}.")}
    made: list[Change] = []
    for statement in (each for each in found.values() if each.place.file is here):
        homes = [_public(case.target, statement, *pair) for pair in statement.names]
        known = [home for home in homes if home is not None]
        if len(known) < len(homes):
            return ()
        made += _written(statement, known)
    return tuple(made)


def _public(target: Target, statement: Import, name: str, bound: str) -> Moved | None:
    module, _, new = (moved(target, f"{statement.module}.{name}") or "").rpartition(".")
    return (module, new, bound) if module else None


def _whole(target: Target, statement: Import) -> tuple[Change, ...]:
    """`import module`, `import module as name`."""
    now = moved(target, statement.module)
    return (Change(statement.module_place, "replace", now),) if now else ()


def _home(target: Target, statement: Import, name: str, bound: str) -> Moved | None:
    from lstm_lint.library import versions

    knowledge, path = versions.load(target), f"{statement.module}.{name}"
    if name == "*":
        now = moved(target, statement.module)
        return (now, "*", "*") if now else None
    if knowledge.exists(path) is not False:
        return statement.module, name, bound
    now = moved(target, path)
    if now is None:
        return None
    module, _, new = now.rpartition(".")
    return (module, new, bound) if module else None


def _written(statement: Import, homes: Sequence[Moved], read: AttributeRead | None = None) -> tuple[Change, ...]:
    """As little as will do: the module's path, or one name, else the statement."""
    modules = {module for module, _, _ in homes}
    before = [name for name, _ in statement.names]
    same = [name for _, name, _ in homes] == before
    if len(modules) == 1 and same:
        return (Change(statement.module_place, "replace", modules.pop()),)
    if modules == {statement.module} and read is not None and read.name_place is not None:
        ((_, new, bound),) = [home for home, name in zip(homes, before, strict=True) if name == read.name][:1]
        renamed = bound == read.name and new != bound
        return (Change(read.name_place, "replace", f"{new} as {bound}" if renamed else new),)
    lines = [_line(module, list(several)) for module, several in groupby(homes, key=lambda home: home[0])]
    return (Change(statement.place, "replace", "\n".join(lines)),)


def _line(module: str, homes: Sequence[Moved]) -> str:
    names = (name if name == bound else f"{name} as {bound}" for _, name, bound in homes)
    return f"from {module} import {', '.join(names)}"
