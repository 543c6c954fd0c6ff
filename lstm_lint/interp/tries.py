"""try and with: what is caught is not said."""

from typing import Any

import libcst as cst

from lstm_lint.interp import names
from lstm_lint.interp.branches import fork_flow
from lstm_lint.interp.machine import Flow, Machine
from lstm_lint.interp.targets import assign
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Symbol, Tuple, Value

IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError"}
EVERYTHING = {"Exception", "BaseException", "StandardError"}


def try_statement(machine: Machine, node: cst.Try | cst.TryStar) -> Flow:
    """The body, with what its handlers catch; a handler runs only where the body may fail for another reason."""
    caught = [_caught(machine, handler) for handler in node.handlers]
    every = tuple(name for names in caught for name in names)
    if every and set(every) <= IMPORT_ERRORS:
        flow = _guarded(machine, node, every)
    elif node.handlers:
        handlers = [lambda h=h: _handler(machine, h) for h in node.handlers]
        flow = fork_flow(machine, [lambda: _guarded(machine, node, every), *handlers])
    else:
        flow = _guarded(machine, node, ())
    if node.finalbody is not None:
        last = machine.suite(node.finalbody)
        return last if last is not Flow.NEXT else flow
    return flow


def _guarded(machine: Machine, node: Any, caught: tuple[str, ...]) -> Flow:
    machine.caught.append(caught)
    try:
        flow = machine.suite(node)
    finally:
        machine.caught.pop()
    if flow is Flow.NEXT and node.orelse is not None:
        flow = machine.suite(node.orelse)
    return flow


def _handler(machine: Machine, handler: Any) -> Flow:
    if handler.name is not None and isinstance(handler.name.name, cst.Name):
        names.bind(machine, handler.name.name.value, Unknown("an exception"), handler)
    return machine.suite(handler)


def _caught(machine: Machine, handler: Any) -> tuple[str, ...]:
    """The names of the exceptions that a handler catches; `*` for all."""
    return ("*",) if handler.type is None else exception_names(machine.evaluate(handler.type))


def exception_names(value: Value) -> tuple[str, ...]:
    match value:
        case Tuple(items=items):
            return tuple(name for item in items for name in exception_names(item))
        case Symbol(path=path):
            name = path.rpartition(".")[2]
            return ("*",) if name in EVERYTHING else (name,)
    return ("*",)


def with_statement(machine: Machine, node: cst.With) -> Flow:
    swallowed: tuple[str, ...] = ()
    for each in node.items:
        context = machine.evaluate(each.item)
        swallowed += machine.library.swallows(context)
        if each.asname is not None:
            assign(machine, each.asname.name, context, node)
    if not swallowed:
        return machine.suite(node)

    def body() -> Flow:
        machine.caught.append(swallowed)
        try:
            return machine.suite(node)
        finally:
            machine.caught.pop()

    return fork_flow(machine, [body, lambda: Flow.NEXT])
