"""try and with: what is caught is not said."""

from functools import partial
from typing import Any

from lstm_lint.interp import names
from lstm_lint.interp.attributes import class_of, find
from lstm_lint.interp.branches import fork_flow
from lstm_lint.interp.frames import Flow
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.targets import assign
from lstm_lint.source import nodes
from lstm_lint.trace import Clashed
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Function, Many, Method, Symbol, Thing, Tuple, Value

IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError"}
EVERYTHING = {"Exception", "BaseException", "StandardError"}


def try_statement(machine: Machine, node: nodes.Try) -> Flow:
    """The body, with what its handlers catch; a handler runs only where the body may fail for another reason."""
    caught = [_caught(machine, handler) for handler in node.handlers]
    every = tuple(name for names in caught for name in names)
    flow = _tried(machine, node, every) if node.handlers else _guarded(machine, node, ())
    if node.finalbody is not None:
        last = machine.suite(node.finalbody)
        return last if last is not Flow.NEXT else flow
    return flow


def _tried(machine: Machine, node: Any, caught: tuple[str, ...]) -> Flow:
    """A body that surely fails leaves the word to its handlers; one that guards an import alone is what runs."""
    handlers = [partial(_handler, machine, handler) for handler in node.handlers]
    start, level = len(machine.trace.operations), machine.heap.open()
    flow = _guarded(machine, node, caught)
    if any(isinstance(each, Clashed) and _ends(machine, each, caught) for each in machine.trace.operations[start:]):
        machine.heap.rollback()
        return fork_flow(machine, handlers)
    if set(caught) <= IMPORT_ERRORS:
        machine.heap.commit()
        return flow
    body = machine.heap.delta(level)
    machine.heap.rollback()

    def went() -> Flow:
        machine.heap.apply(body)
        return flow

    return fork_flow(machine, [went, *handlers])


def _ends(machine: Machine, clashed: Clashed, caught: tuple[str, ...]) -> bool:
    """Does it surely leave the body: a clash on the way that all ways through the body share?"""
    return (
        not clashed.late
        and clashed.ways == machine.ways
        and ("*" in caught or bool(set(caught) & set(clashed.clash.raises)))
    )


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
    if handler.name is not None:
        names.bind(machine, handler.name.value, Unknown("an exception"), handler)
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


def _called(node: Any) -> str:
    """The bare name of the function that is called."""
    if not isinstance(node, nodes.Call):
        return ""
    function = node.func.attr if isinstance(node.func, nodes.Attribute) else node.func
    return function.value if isinstance(function, nodes.Name) else ""


def _entered(machine: Machine, context: Value) -> Value:
    """What `as` binds: what the user's own `__enter__` gives, what a generator yields, else the context itself."""
    if isinstance(context, Many):
        return context.first if context.first is not None else context.element
    if isinstance(context, Tuple) and context.kind == "generator" and context.items:
        return context.items[0]
    entered = _own(machine, context, "__enter__", [])
    return context if entered is None else entered


def _own(machine: Machine, context: Value, name: str, values: list[Value]) -> Value | None:
    """Call a method of an instance of the user's, if its class has it."""
    if not isinstance(context, Thing) or context.type != "instance":
        return None
    method = find(class_of(context), name)
    return machine.run(Method(context, method), values) if isinstance(method, Function) else None


def with_statement(machine: Machine, node: nodes.With) -> Flow:
    swallowed: tuple[str, ...] = ()
    contexts: list[Value] = []
    for each in node.items:
        contexts.append(machine.evaluate(each.item))
        swallowed += machine.library.swallows(contexts[-1], _called(each.item))
        entered = _entered(machine, contexts[-1])
        if each.asname is not None:
            assign(machine, each.asname, entered, node)
    if not swallowed:
        flow = machine.suite(node)
        for context in reversed(contexts):
            _own(machine, context, "__exit__", [NONE] * 3)
        return flow

    def body() -> Flow:
        machine.caught.append(swallowed)
        try:
            return machine.suite(node)
        finally:
            machine.caught.pop()

    return fork_flow(machine, [body, lambda: Flow.NEXT])
