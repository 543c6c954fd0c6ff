"""Functions of the user's: made, bound to arguments, followed."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.frames import Activation, Exit, Flow, Frame, Scope
from lstm_lint.interp.machine import MOST_DEPTH, Machine
from lstm_lint.records import replace
from lstm_lint.source import nodes
from lstm_lint.values.library import NEVER, Argument
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Many, Thing, Tuple, UserClass, Value, either, members

WRITTEN = ("written",)
"""The field of a dict of `**kwargs` that holds the arguments of the call."""

MOST_RECURSIONS = 3
"""In the general rounds of a loop there are none: each would loop and recur again; nor where it is not known when it ends."""


def new_function(machine: Machine, node: Any, name: str, owner: UserClass | None = None) -> Function:
    """A def or lambda; its defaults are evaluated where it stands."""
    parameters = node.params
    every = (*parameters.posonly_params, *parameters.params, *parameters.kwonly_params)
    defaults = {p.name.value: machine.evaluate(p.default) for p in every if p.default is not None}
    takes = tuple(f"{p.name.value}{'=' if p.default is not None else ''}" for p in every)
    rest = ("*",) if isinstance(parameters.star_arg, nodes.Param) or parameters.star_kwarg is not None else ()
    function = Function(name, node, machine.here.scope, defaults, owner, file=machine.file, takes=takes + rest)
    machine.defined.append(function)
    return function


def parameters(function: Function) -> list[str]:
    """The names of the positional parameters."""
    node = function.node.params
    return [p.name.value for p in (*node.posonly_params, *node.params)]


def required(function: Function) -> list[str]:
    """The names of the parameters that a call must give."""
    node = function.node.params
    every = (*node.posonly_params, *node.params, *node.kwonly_params)
    return [p.name.value for p in every if p.default is None]


def bind(function: Function, arguments: Sequence[Argument], more: bool) -> dict[str, Value] | None:
    """Parameters to values; None if the call cannot be made. `more` stands for unknown `*args` or `**kwargs`."""
    node = function.node.params
    names = parameters(function)
    by_name = {*names[len(node.posonly_params) :], *(p.name.value for p in node.kwonly_params)}
    values: dict[str, Value] = {}
    rest: list[Value] = []
    extra: dict[Any, Value] = {}
    for argument in arguments:
        if argument.name:
            target = values if argument.name in by_name else extra
            if argument.name in target:
                return None
            target[argument.name] = argument.value
        elif len(values.keys() & set(names)) < len(names) and not rest and (free := _free(names, values)):
            values[free] = argument.value
        else:
            rest.append(argument.value)
    star, stars = node.star_arg, node.star_kwarg
    if (rest and not isinstance(star, nodes.Param)) or (extra and stars is None):
        return None
    if isinstance(star, nodes.Param):
        values[star.name.value] = Unknown("unknown arguments") if more else Tuple(tuple(rest))
    if stars is not None:
        gathered = {"items": Unknown("unknown arguments") if more else extra, WRITTEN: tuple(arguments)}
        values[stars.name.value] = Thing("dict", gathered)
    for name in required(function):
        if name not in values and not more:
            return None
    for name in (*names, *(p.name.value for p in node.kwonly_params)):
        if name not in values:
            default = function.defaults.get(name)
            values[name] = default if default is not None and not more else Unknown(f"parameter {name}", name, object())
    return values


def lacking(function: Function, arguments: Sequence[Argument]) -> str | None:
    """A parameter without a default that these arguments leave without a value."""
    waiting, wanted = parameters(function), required(function)
    named = {argument.name for argument in arguments if argument.name}
    filled = {*waiting[: sum(not argument.name for argument in arguments)], *named}
    return next((name for name in wanted if name not in filled), None)


def _free(names: Sequence[str], values: dict[str, Value]) -> str | None:
    return next((name for name in names if name not in values), None)


def follow(machine: Machine, function: Function, values: dict[str, Value], owner: Value | None = None) -> Value:
    """Run a function's body over these values; what it returns."""
    if len(machine.active) >= MOST_DEPTH or _recurs_too_deep(machine, function):
        return Unknown(f"{function.name} calls too deep")
    machine.entered.add(id(function.node))
    scope = Scope(Thing("scope", dict(values)), function.scope, "function")
    frame, given = Frame(machine.heap.open()), tuple(chain.from_iterable(map(members, values.values())))
    activation = Activation(scope, frame, function, owner, ways=machine.ways, given=given)
    machine.active.append(activation)
    file, line, machine.file = machine.file, machine.line, function.file or machine.file
    quiet = machine.quiet
    try:
        flow = _body(machine, function)
        return _leave(machine, activation, flow)
    except BaseException:
        machine.heap.commit()
        raise
    finally:
        machine.file, machine.line, machine.quiet = file, line, quiet
        machine.active.pop()


def _recurs_too_deep(machine: Machine, function: Function) -> bool:
    running = [each for each in machine.active if each.function is not None and each.function.node is function.node]
    endless = machine.rounds or (running and running[-1].ways != machine.ways)
    return len(running) > (0 if endless else MOST_RECURSIONS)


def _body(machine: Machine, function: Function) -> Flow:
    if isinstance(function.node, nodes.Lambda):
        machine.here.returned = machine.evaluate(function.node.body)
        return Flow.RETURN
    return machine.block(function.node.body.body)


def _leave(machine: Machine, activation: Activation, flow: Flow) -> Value:
    """Merge the states of all ways out of the body; one of the values it returned."""
    exits, heap = activation.frame.exits, machine.heap
    if flow in (Flow.NEXT, Flow.RETURN):
        value = activation.returned if flow is Flow.RETURN else NONE
        if not exits:
            heap.commit()
            return _given(activation, value)
        exits.append(Exit(flow, value, heap.delta(activation.frame.level)))
    heap.rollback()
    if not exits:
        return NEVER
    heap.merge([way.state for way in exits])
    return _given(activation, either([way.value for way in exits if way.value is not None]))


def _given(activation: Activation, value: Value | None) -> Value:
    if not activation.yields:
        return value if value is not None else NONE
    if not (activation.loose or activation.frame.exits):
        return Tuple(tuple(activation.yields), "generator")
    return Many(either(activation.yields), Unknown("a generator's length"), activation.yields[0], "generator")


def symbolic(machine: Machine, function: Function, defaults: bool) -> dict[str, Value]:
    """Values for a function that nothing calls: its defaults, or named unknowns."""
    node = function.node.params
    values: dict[str, Value] = {}
    for p in (*node.posonly_params, *node.params, *node.kwonly_params):
        name = p.name.value
        default = function.defaults.get(name) if defaults else None
        values[name] = default if default is not None else Unknown(f"parameter {name}", name, object())
        if isinstance(default, Const):
            values[name] = replace(default, said=f"parameter {name} of {function.name}")
    if isinstance(node.star_arg, nodes.Param):
        values[node.star_arg.name.value] = Unknown("unknown arguments")
    if node.star_kwarg is not None:
        values[node.star_kwarg.name.value] = Thing("dict", {"items": Unknown("unknown arguments")})
    return values


def expanded(machine: Machine, value: Value) -> list[Value] | None:
    """The values of `*value`."""
    several = containers.elements(machine, value)
    return list(several) if several is not None else None


def keywords(value: Value) -> list[Argument] | None:
    """The arguments of `**value`, each standing where it was first written, if it came through a `**kwargs`."""
    items = value.get("items") if isinstance(value, Thing) and value.type == "dict" else None
    if not isinstance(items, dict) or not all(isinstance(key, str) for key in items):
        return None
    assert isinstance(value, Thing)
    written = [argument for argument in value.get(WRITTEN, ()) if argument.name in items]
    same = {argument.name: argument for argument in written if items[argument.name] is argument.value}
    return [same.get(name) or Argument(each, name) for name, each in items.items()]
