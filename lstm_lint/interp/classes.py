"""Classes of the user's and their instances."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.interp import functions
from lstm_lint.interp.attributes import CLASS, find
from lstm_lint.interp.frames import Activation, Frame, Scope
from lstm_lint.interp.machine import Machine, snapshot
from lstm_lint.source import nodes
from lstm_lint.trace import Called
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Function, Symbol, Thing, UserClass, Value

FIELDS = "__fields__"
"""Where a class keeps the names that its body annotates, in order."""


def define(machine: Machine, node: nodes.ClassDef) -> Value:
    """Run a class body; the class."""
    bases = tuple(machine.evaluate(arg.value) for arg in node.bases if not arg.star)
    scope = Scope(Thing("scope"), machine.here.scope, "class")
    cls = UserClass(node.name.value, bases, scope.names, node, machine.file)
    outer = machine.here
    machine.active.append(Activation(scope, Frame(len(machine.heap.journals)), outer.function, cls))
    try:
        machine.block(node.body.body)
    finally:
        machine.active.pop()
    machine.classes.append(cls)
    for value in cls.scope.fields.values():
        if isinstance(value, Function) and value.owner is None and value.scope is scope:
            value.owner = cls
    return cls


def instantiate(machine: Machine, cls: UserClass, arguments: Sequence[Argument], more: bool, node: Any) -> Value:
    """`cls(*arguments)`."""
    instance = Thing("instance", {CLASS: cls})
    machine.instances.setdefault(id(cls), []).append(instance)
    init = find(cls, "__init__")
    if cls.wraps_init():
        return Unknown(f"{cls.name} is made by what a decorator gave for an __init__")
    if isinstance(init, Function):
        from lstm_lint.values.value import Method

        machine.apply(Method(instance, init), arguments, more, node)
        return instance
    if _generated(cls):
        _fill(machine, instance, cls, arguments, more)
        return instance
    if any(isinstance(base, Symbol) for base in cls.lineage()):
        return _construct(machine, instance, cls, arguments, more, node)
    if any(isinstance(base, Unknown) for base in cls.lineage()):
        return Unknown(f"{cls.name} inherits from something that is not known")
    return instance


def _construct(
    machine: Machine, instance: Thing, cls: UserClass, arguments: Sequence[Argument], more: bool, node: Any
) -> Value:
    """A class without an `__init__` of its own is made by its library base."""
    place = machine.place(node)
    call = Call("__init__", tuple(arguments), machine, place, instance, more)
    given = tuple(Argument(snapshot(a.value), a.name, a.place, a.text) for a in arguments)
    operation = Called(place=place, callee="__init__", receiver=instance, arguments=given, open=more)
    made = machine.attempt(operation, lambda: machine.library.call(call))
    return made if isinstance(made, Unknown) and made.reason == "after a clash" else instance


def _generated(cls: UserClass) -> bool:
    """Does a library's decorator write its `__init__` from the annotated fields?"""
    return any(isinstance(base, UserClass) and "__generated__" in base.scope.fields for base in cls.lineage())


def _fill(machine: Machine, instance: Thing, cls: UserClass, arguments: Sequence[Argument], more: bool) -> None:
    names: dict[str, Value | None] = {}
    for base in reversed([base for base in cls.lineage() if isinstance(base, UserClass)]):
        for name in base.scope.fields.get(FIELDS, ()):
            names[name] = base.scope.fields.get(name)
    given: dict[str, Value] = {}
    waiting = list(names)
    for argument in arguments:
        name = argument.name or (waiting[0] if waiting else "")
        if name in waiting:
            waiting.remove(name)
            given[name] = argument.value
    for name, default in names.items():
        value = given.get(name, default)
        known = value is not None and not (more and name not in given)
        machine.heap.put(instance, name, value if known and value is not None else Unknown(f"field {name}", name))
    after = find(cls, "__post_init__")
    if isinstance(after, Function):
        functions.follow(machine, after, functions.bind(after, [Argument(instance)], False) or {}, instance)
