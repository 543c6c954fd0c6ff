"""Attributes: of instances and classes of the user's, of things that a library made, of modules."""

from functools import partial
from typing import Any

from lstm_lint.interp.branches import every_way
from lstm_lint.interp.frames import Later
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.patches import set_nowhere, sets
from lstm_lint.source import nodes
from lstm_lint.trace import AttributeRead, AttributeSet
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    BEGUN,
    NONE,
    Const,
    Either,
    Function,
    Many,
    Method,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
)

CLASS = "__class__"
OF_TENSORS = ("shape", "dtype", "ndim", "get_shape")
"""Attributes of a tensor that no tuple or list has."""
SETTER = "setter"
"""With a property's name the field of a class that holds what writing to it does."""
FILE = ("file",)
"""The field that holds a module's path."""


def read(machine: Machine, owner: Value, name: str, node: Any) -> Value:
    """`owner.name`."""
    match owner:
        case Either():
            return every_way(machine, [partial(read, machine, member, name, node) for member in owner.members])
        case Unknown():
            known = machine.library.attribute(owner, name, machine)
            return known if isinstance(known, Method) else owner.part("." + name)
        case Thing(type="instance"):
            return _of_instance(machine, owner, name, node)
        case Thing(type="module"):
            return of_module(machine, owner, name)
        case Thing(type="super"):
            return _of_super(machine, owner, name, node)
        case UserClass():
            return _of_class(machine, owner, name)
        case Tuple(kind="bare") if not name.startswith("_"):
            return _of_library(machine, owner, name, node)
        case Const(value=int()) | Size() if isinstance(getattr(node, "value", None), nodes.Subscript):
            return _of_library(machine, owner, name, node)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}) if name in OF_TENSORS:
            if any(isinstance(each, Tensor) for each in items):  # what a layer with states gives
                return _of_library(machine, owner, name, node)
            return Method(owner, name, "tuple" if isinstance(owner, Tuple) else "list")
        case Tuple(kind="shape"):
            return machine.library.attribute(owner, name, machine)
        case Const() | Tuple() if name == "value":  # a member of an Enum: plain data has none
            return owner
        case Const() | Tuple() | Many() | Size():
            return Method(owner, name, _plain_type(owner))
        case Thing(type="list" | "dict" | "set"):
            return Method(owner, name, owner.type)
        case Function() | Method() if name in ("__name__", "__qualname__"):
            return Const(owner.name) if isinstance(owner, Function) else Unknown("a method's name")
        case Function() | Method():
            return Unknown(f"{name} of a function")
    return _of_library(machine, owner, name, node)


def _plain_type(owner: Value) -> str:
    return type(owner.value).__name__ if isinstance(owner, Const) else "int" if isinstance(owner, Size) else "tuple"


def _of_library(machine: Machine, owner: Value, name: str, node: Any) -> Value:
    if isinstance(owner, Thing) and ("set", name) in owner.fields:
        return owner.fields[("set", name)]  # type: ignore[no-any-return]
    if isinstance(owner, Symbol):
        if f"{owner.path}.{name}" in machine.patched:
            return Unknown(f"{name}, which the program put there itself")
        known = machine.known_member(owner, name)
        if known is not None:
            return known
    operation = AttributeRead(
        place=machine.place(node),
        owner=owner,
        name=name,
        name_place=machine.place(node.attr) if hasattr(node, "attr") else None,
        owner_place=machine.place(node.value) if hasattr(node, "attr") else None,
    )
    if isinstance(owner, Symbol):
        return machine.attempt(operation, lambda: machine.member(owner, name))

    def ask() -> Value:
        try:
            return machine.library.attribute(owner, name, machine)
        except Clash:
            if sets(machine.file.text, name):
                return Unknown(f"{name}, which the file sets somewhere", name)
            raise

    return machine.attempt(operation, ask)


def _is_set_nowhere(machine: Machine, cls: UserClass, name: str) -> bool:
    """Does surely nothing in the files of its classes give an instance this attribute?"""
    files = [base.file for base in cls.lineage() if isinstance(base, UserClass)]
    return set_nowhere([file.text for file in (machine.file, *files) if file is not None], name)


def _write_property(machine: Machine, owner: Thing, name: str, value: Value) -> None:
    setter = find(class_of(owner), (SETTER, name))
    if isinstance(setter, Function):
        machine.run(Method(owner, setter), (value,))


def find(cls: UserClass, name: Any, after: UserClass | None = None) -> Value | None:
    """A name in the user's classes along the lineage, behind `after` if that is given."""
    passed = after is None
    if passed and name in cls.scope.fields:
        return cls.scope.fields[name]  # type: ignore[no-any-return]
    for base in cls.lineage():
        if passed and isinstance(base, UserClass) and name in base.scope.fields:
            return base.scope.fields[name]  # type: ignore[no-any-return]
        passed = passed or base is after
    return None


def of_module(machine: Machine, owner: Thing, name: str) -> Value:
    """A name of another file of the project, or a module of its package."""
    found = owner.fields.get(name)
    if type(found) is Later:
        found = arrived(machine, owner, name, found)
    path = owner.fields[FILE]
    if found is None and path.name == "__init__.py":
        found = machine.module(path, name, 1)
    return found if found is not None else Unknown(f"{name} of another file")


def arrived(machine: Machine, scope: Thing, name: str, later: Later) -> Value:
    """What was imported, now that it is asked for; while it is on its way the name is not bound yet."""
    del scope.fields[name]
    module = machine.module(later.importer, later.path, later.level)
    found: Value = Unknown("imported from another file")
    if module is not None:
        found = of_module(machine, module, later.name) if later.name else module
    scope.fields[name] = found
    return found


def class_of(owner: Thing) -> UserClass:
    cls = owner.fields[CLASS]
    assert isinstance(cls, UserClass)
    return cls


def bound(machine: Machine, owner: Value, cls: UserClass, found: Value) -> Value:
    """What a name found in a class means on an instance: functions become methods, properties their value."""
    if not isinstance(found, Function) or found.kind == "static":
        return found
    if found.kind == "class":
        return Method(cls, found)
    if found.kind == "property":
        return machine.run(Method(owner, found), ())
    return Method(owner, found)


def _of_instance(machine: Machine, owner: Thing, name: str, node: Any) -> Value:
    if name == CLASS:
        return class_of(owner)
    found = owner.fields.get(name)
    if found is not None:
        return found  # type: ignore[no-any-return]
    cls = class_of(owner)
    found = find(cls, name)
    if found is not None:
        return bound(machine, owner, cls, found)
    return _inherited(machine, owner, cls, name, node)


def _inherited(machine: Machine, owner: Thing, cls: UserClass, name: str, node: Any) -> Value:
    operation = AttributeRead(place=machine.place(node), owner=owner, name=name)
    if not any(isinstance(base, Symbol) for base in cls.lineage()):
        return machine.why(node, f"{cls.name} has no {name} that is known", name)

    def ask() -> Value:
        try:
            found = machine.library.derived(owner, cls, name, machine)
        except Clash:
            if not _is_set_nowhere(machine, cls, name):
                return Unknown(f"{name} of a {cls.name}", name, owner)
            raise
        return found or Unknown(f"{name} of a {cls.name}", name, owner)

    return machine.attempt(operation, ask)


def _of_super(machine: Machine, owner: Thing, name: str, node: Any) -> Value:
    me, after = owner.fields["self"], owner.fields["after"]
    cls = class_of(me) if isinstance(me, Thing) and CLASS in me.fields else me if isinstance(me, UserClass) else after
    found = find(cls, name, after)
    if found is not None:
        return bound(machine, me, cls, found)
    if isinstance(me, Thing) and me.type == "instance":
        return _inherited(machine, me, cls, name, node)
    return Unknown(f"super().{name}")


def _of_class(machine: Machine, cls: UserClass, name: str) -> Value:
    if name == "__name__":
        return Const(cls.name)
    found = find(cls, name)
    if isinstance(found, Function) and found.kind == "class":
        return Method(cls, found)
    return found if found is not None else Unknown(f"{cls.name} has no {name} that is known")


def _ask_to_set(machine: Machine, owner: Thing, name: str, value: Value, node: Any) -> None:
    if any(isinstance(base, Symbol) for base in class_of(owner).lineage()):
        begun = owner.get(BEGUN) is not None
        operation = AttributeSet(place=machine.place(node), owner=owner, name=name, value=value, begun=begun)

        def ask() -> Value:
            machine.library.sets(owner, name, value, machine)
            return NONE

        machine.attempt(operation, ask)


def write(machine: Machine, owner: Value, name: str, value: Value, node: Any = None) -> None:
    """`owner.name = value`."""
    match owner:
        case Thing(type="instance"):
            held = find(class_of(owner), name)
            if isinstance(held, Function) and held.kind == "property":
                _write_property(machine, owner, name, value)
                return
            if held is None and node is not None:
                _ask_to_set(machine, owner, name, value, node)
            machine.heap.put(owner, name, value)
        case UserClass():
            machine.heap.put(owner.scope, name, value)
        case Symbol(path=path):
            machine.patched.add(f"{path}.{name}")
        case Thing(type="list" | "dict" | "set" | "super" | "module"):
            return
        case Thing():
            machine.heap.put(owner, ("set", name), value)
        case Either():
            for member in owner.members:
                if isinstance(member, Thing):
                    write(machine, member, name, Unknown("set on one of several objects"))
