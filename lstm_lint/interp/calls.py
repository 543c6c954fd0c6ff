"""Calls: of the user's functions and classes, which are followed, and of a library's, which are asked of it."""

from collections.abc import Sequence
from functools import partial
from itertools import product
from math import prod
from typing import Any

from lstm_lint.findings import Place
from lstm_lint.interp import attributes, containers, functions
from lstm_lint.interp.branches import every_way
from lstm_lint.interp.machine import ESCAPED, PLAIN_TYPES, Machine, snapshot
from lstm_lint.records import replace
from lstm_lint.source import nodes
from lstm_lint.trace import Called
from lstm_lint.values.library import AFTER_A_CLASH, Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    Either,
    Function,
    Method,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    members,
)

MOST_WAYS = 4
OPEN = (Either, Tuple, Thing)


def call(machine: Machine, node: nodes.Call) -> Value:
    callee = machine.evaluate(node.func)
    if type(callee) is Symbol:
        if callee.path == "builtins.super":
            return _super(machine, node)
        if callee.path == "builtins.zip" and len(node.args) == 1 and node.args[0].star == "*":
            return _zip(machine, callee, node)
    clashed = machine.clashed_at(node.func) if callee is AFTER_A_CLASH else None
    arguments, more = _arguments(machine, node)
    if clashed is not None:
        clashed.called = Called(place=machine.place(node), callee="", arguments=tuple(arguments), open=more)
    return apply(machine, callee, arguments, more, node)


def _zip(machine: Machine, callee: Value, node: nodes.Call) -> Value:
    """`zip(*rows)`, which turns rows into columns, be their number known or not."""
    value = machine.evaluate(node.args[0].value)
    several = functions.expanded(machine, value)
    columns = containers.transposed(machine, value) if several is None else None
    if columns is not None:
        return columns
    return apply(machine, callee, [Argument(each) for each in several or ()], several is None, node)


def _arguments(machine: Machine, node: nodes.Call) -> tuple[list[Argument], bool]:
    """The arguments as given, stars expanded; and whether a star of unknown content was among them."""
    arguments: list[Argument] = []
    more = False
    for arg in node.args:
        value = machine.evaluate(arg.value)
        place = machine.place(arg)
        text = arg.value.value if isinstance(arg.value, nodes.Name) else ""
        if arg.star == "*":
            several = functions.expanded(machine, value)
            more |= several is None
            arguments.extend(Argument(each, place=place) for each in several or ())
        elif arg.star == "**":
            named = functions.keywords(value)
            more |= named is None
            arguments.extend(replace(each, place=each.place or place) for each in named or ())
        else:
            arguments.append(Argument(value, arg.keyword.value if arg.keyword else "", place, text))
    return arguments, more


def apply(machine: Machine, callee: Value, arguments: Sequence[Argument], more: bool, node: Any) -> Value:
    """`callee(*arguments)`."""
    machine.step()
    match callee:
        case Either():
            ways = [partial(apply, machine, member, arguments, more, node) for member in callee.members]
            return every_way(machine, ways)
        case Function():
            return _follow(machine, callee, arguments, more, node, None)
        case Method(owner=owner, function=Function() as function):
            return _follow(machine, function, [Argument(owner), *arguments], more, node, owner)
        case UserClass():
            from lstm_lint.interp.classes import instantiate

            return instantiate(machine, callee, arguments, more, node)
        case Thing(type="instance"):
            method = attributes.find(attributes.class_of(callee), "__call__")
            if isinstance(method, Function):
                return _follow(machine, method, [Argument(callee), *arguments], more, node, callee)
            return _ask(machine, "__call__", callee, arguments, more, node)
        case Method(owner=owner, function=str() as name):
            return _ask(machine, name, owner, arguments, more, node)
        case Thing(fields={"__calls__": (function, given)}):
            again = {each.name for each in arguments if each.name}
            kept = (each for each in given if each.name not in again)
            return apply(machine, function, [*kept, *arguments], more, node)
        case Symbol(path=path):
            return _ask(machine, path, None, arguments, more, node, callee.via)
        case Thing() | Tensor():
            return _ask(machine, "__call__", callee, arguments, more, node)
    for argument in arguments:
        forget(machine, argument.value)
    return Unknown(callee.reason if isinstance(callee, Unknown) else "a call of no function")


def _follow(
    machine: Machine, function: Function, arguments: Sequence[Argument], more: bool, node: Any, owner: Value | None
) -> Value:
    values = functions.bind(function, arguments, more)
    if values is None:
        return Unknown(f"{function.name} cannot be called so")
    before, lone = machine.stack, isinstance(function.node, nodes.Lambda)
    led = machine.asked if node is None and lone else None if node is None else machine.place(node)
    machine.stack = before if led is None else (*before, led)
    try:
        return functions.follow(machine, function, values, owner)
    finally:
        machine.stack = before


def _ask(
    machine: Machine,
    callee: str,
    receiver: Value | None,
    arguments: Sequence[Argument],
    more: bool,
    node: Any,
    via: str = "",
) -> Value:
    """Ask the library, once for each way that its arguments leave open."""
    ways = _ways(arguments)
    if len(ways) == 1:
        return _ask_once(machine, callee, receiver, ways[0], more, node, via)
    asks = [lambda way=way: _ask_once(machine, callee, receiver, way, more, node, via) for way in ways]
    return every_way(machine, asks)


def _ask_once(
    machine: Machine,
    callee: str,
    receiver: Value | None,
    arguments: tuple[Argument, ...],
    more: bool,
    node: Any,
    via: str,
) -> Value:
    place = machine.place(node) if node is not None else machine.stack[-1] if machine.stack else machine.place(None)
    asked = Call(callee, arguments, machine, place, receiver, more, via)
    if _is_own(callee, receiver):
        return _run_own(machine, _called(asked, place), asked)
    if _leaves_no_operation(receiver, callee):
        return machine.ask(partial(_called, asked, place), partial(machine.library.call, asked))
    operation = _called(asked, place)
    result = machine.attempt(operation, partial(machine.library.call, asked), always=receiver is not None)
    if receiver is None and isinstance(result, Unknown):
        for argument in arguments:
            escape(machine, argument.value)
    return result


def _called(asked: Call, place: Place) -> Called:
    """The call as an operation, its arguments as they are now."""
    arguments = tuple(Argument(snapshot(a.value), a.name, a.place, a.text) for a in asked.arguments)
    return Called(place=place, callee=asked.callee, receiver=asked.receiver, open=asked.open, arguments=arguments)


def _is_own(callee: str, receiver: Value | None) -> bool:
    return isinstance(receiver, Thing) and receiver.type == "instance" and callee == "__call__"


def _run_own(machine: Machine, operation: Called, asked: Call) -> Value:
    """A call of the user's own layer, whose body has its own operations."""
    start = len(machine.trace.operations)
    operation.result = machine.ask(lambda: operation, partial(machine.library.call, asked))
    operation.body = len(machine.trace.operations) - start
    machine.note(operation)
    return operation.result


def _leaves_no_operation(receiver: Value | None, callee: str) -> bool:
    """Builtins, and methods of Python's own data."""
    if receiver is None:
        return callee.startswith("builtins.")
    if isinstance(receiver, Thing):
        return receiver.type in ("list", "dict", "set")
    return not isinstance(receiver, Tensor)


def _ways(arguments: Sequence[Argument]) -> list[tuple[Argument, ...]]:
    """The arguments without Either among them or in their lists: at most four combinations, else Unknown."""
    if not any(map(_is_open, arguments)):
        return [tuple(arguments)]
    choices = [[Argument(v, a.name, a.place, a.text) for v in _members(a.value)] for a in arguments]
    if prod(map(len, choices)) <= MOST_WAYS:
        return list(product(*choices))
    settled = [
        c[0] if len(c) == 1 else Argument(Unknown("too many ways lead here"), c[0].name, c[0].place) for c in choices
    ]
    return [tuple(settled)]


def _is_open(argument: Argument) -> bool:
    """May it leave several ways open: an Either, or what may hold one?"""
    return isinstance(argument.value, OPEN)


def _members(value: Value) -> tuple[Value, ...]:
    """The ways that a value, or a tuple or list in it, leaves open."""
    items: Any = None
    if isinstance(value, Tuple):
        items = value.items
    elif isinstance(value, Thing) and value.type == "list":
        items = value.get("items")
    if not isinstance(items, tuple) or not any(isinstance(item, Either) for item in items):
        return members(value)
    choices = list(map(members, items))
    if prod(map(len, choices)) > MOST_WAYS:
        return (value,)
    return tuple(Tuple(row) if isinstance(value, Tuple) else Thing("list", {"items": row}) for row in product(*choices))


def _super(machine: Machine, node: nodes.Call) -> Value:
    """`super()`, or `super(Class, self)`."""
    active = next(
        (a for a in reversed(machine.active) if a.function is not None and a.function.owner is not None), None
    )
    if active is None or active.function is None or active.function.owner is None:
        return Unknown("super() outside a class")
    names = functions.parameters(active.function)
    me = active.scope.names.get(names[0]) if names else None
    if me is None:
        return Unknown("super() without self")
    return Thing("super", {"self": me, "after": active.function.owner})


def forget(machine: Machine, value: Value, depth: int = 0) -> None:
    """The value went to a function that is not known: what it holds may change there."""
    if depth > 3 or not isinstance(value, Thing):
        return
    for name, held in list(value.fields.items()):
        if name == "items" and value.type in ("list", "dict", "set"):
            machine.heap.put(value, name, Unknown("passed to a function that is not known"))
        elif value.type == "instance" and not isinstance(held, UserClass):
            forget(machine, held, depth + 1)
    escape(machine, value, depth)


def escape(machine: Machine, value: Value, depth: int = 0) -> None:
    """The things of a library in the value are in other hands too: what happens to them there is not seen."""
    if depth > 3 or not isinstance(value, Thing):
        return
    if value.type not in PLAIN_TYPES:
        machine.heap.put(value, ESCAPED, True)
    for held in list(value.fields.values()):
        for part in held if isinstance(held, tuple) else (held,):
            escape(machine, part, depth + 1)
