"""Functions and methods that nothing called run once, over their defaults or named unknowns."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.interp import functions
from lstm_lint.interp.attributes import CLASS
from lstm_lint.interp.machine import Machine
from lstm_lint.values.value import Function, Thing, UserClass, Value, either

MOST_FUNCTIONS = 400


def run_uncalled(machine: Machine, files: Sequence[Any]) -> None:
    """Those that these files define. Callers tend to stand below what they call: the last defined runs first."""
    _run_all(machine, files, 0)


def _run_all(machine: Machine, files: Sequence[Any], start: int) -> None:
    """The functions defined since `start` that nothing has called."""
    done: set[int] = set()
    for _ in range(MOST_FUNCTIONS):
        waiting = (
            f for f in reversed(machine.defined[start:]) if id(f.node) not in machine.entered and f.file in files
        )
        function = next((each for each in waiting if id(each.node) not in done), None)
        if function is None:
            return
        done.add(id(function.node))
        _run(machine, function)


def _run(machine: Machine, function: Function) -> None:
    """Judge the function with what a plain call would give it, then leave no trace in the state.

    A default says something certain only where `f()` is a legal call; else it serves display alone. A closure belongs to
    one call of what is around it, and whoever calls it knows which of its branches fit: those are not judged.
    """
    missing = [name for name in functions.required(function) if not _is_self(function, name)]
    if function.defaults and missing:
        if machine.rows:
            with machine.silence(hidden=False):
                _once(machine, function, defaults=True)
        with machine.silence(quiet=False):
            _once(machine, function, defaults=False)
    else:
        _once(machine, function, defaults=True)


def _once(machine: Machine, function: Function, defaults: bool) -> None:
    values = functions.symbolic(machine, function, defaults)
    start, inside = len(machine.trace.operations), len(machine.defined)
    before, machine.certain = machine.certain, machine.ways if function.scope.kind == "function" else machine.certain
    machine.heap.open()
    try:
        me = next(iter(functions.parameters(function)), "")
        if function.owner is not None and function.kind in ("function", "property") and me:
            values[me] = _instance(machine, function.owner, function)
        functions.follow(machine, function, values, values.get(me))
        if not machine.hidden:
            machine.settle(start, f"{function.name}({', '.join(functions.parameters(function))})")
        _run_all(machine, [function.file], inside)
    finally:
        machine.heap.rollback()
        machine.certain = before
        del machine.defined[inside:]


def _is_self(function: Function, name: str) -> bool:
    own = functions.parameters(function)[:1]
    return function.owner is not None and function.kind != "static" and [name] == own


def _instance(machine: Machine, cls: UserClass, function: Function) -> Value:
    """An instance that the file makes, or else one made of named unknowns."""
    made = machine.instances.get(id(cls))
    if made:
        return either(made)
    instance = Thing("instance", {CLASS: cls})
    init = cls.scope.fields.get("__init__")
    if isinstance(init, Function) and init is not function:
        values = functions.symbolic(machine, init, defaults=True)
        me = next(iter(functions.parameters(init)), "")
        with machine.silence():
            functions.follow(machine, init, {**values, me: instance}, instance)
    return instance
