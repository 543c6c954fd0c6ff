"""What a value is an instance of, and its attributes by name."""

import builtins
from typing import Any

from lstm_lint.library.tables import op
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    ANY_NAME,
    NONE,
    Const,
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


@op("builtins.isinstance", "builtins.issubclass", "builtins.callable")
def is_a(registry: Any, call: Call) -> Value:
    value, kinds = call.value("obj", 0), call.value("class", 1)
    wanted = kinds.items if isinstance(kinds, Tuple) else (kinds,)
    answers = {_is_a(registry, each, kind) for each in members(value) for kind in wanted}
    if answers == {False}:
        return Const(False)
    if True in answers and isinstance(value, (Thing, Tensor, Const)) and None not in answers:
        return Const(True)
    return Const(True) if answers == {True} else Unknown("a class that is not known")


def _is_a(registry: Any, value: Value, kind: Value) -> bool | None:
    if isinstance(value, Unknown) or not isinstance(kind, (Symbol, UserClass)):
        return None
    if isinstance(kind, UserClass):
        return isinstance(value, Thing) and value.type == "instance" and kind in value.fields["__class__"].lineage()
    if kind.path.startswith("builtins."):
        return _is_builtin(value, kind.path.rpartition(".")[2])
    if isinstance(value, (Thing, Tensor)):
        types = list(registry.types(value))
        return True if kind.path in types else False if registry.knowledge.kind(kind.path) == "layer" else None
    return None if isinstance(value, (UserClass, Function, Symbol, Method)) else False


def _is_builtin(value: Value, name: str) -> bool | None:
    match value:
        case Const(value=plain):
            return (
                isinstance(plain, getattr(builtins, name)) if isinstance(getattr(builtins, name, None), type) else None
            )
        case Size():
            return name == "int"
        case Tuple():
            return name in ("tuple", "object")
        case Thing(type="list" | "dict" | "set" as kind):
            return name in (kind, "object")
        case Thing() | Tensor():
            return name == "object"
    return None


@op("builtins.hasattr", "builtins.getattr")
def getattr_(registry: Any, call: Call) -> Value:
    """The attribute that a constant name picks; hasattr where that is certain."""
    owner, name = call.value("obj", 0), call.value("name", 1)
    has = call.callee.endswith("hasattr")
    if not isinstance(name, Const) or not isinstance(name.value, str):
        return Unknown("an attribute picked by an unknown name")
    try:
        found = _attribute(registry, owner, name.value, call)
    except Clash:
        return Const(False) if has else call.value("default", 2)
    if not has:
        return found
    return Unknown("an attribute that is not known") if isinstance(found, Unknown) else Const(True)


def _attribute(registry: Any, owner: Value, name: str, call: Call) -> Value:
    match owner:
        case Symbol(path=path, via=via):
            found: Value = registry.member(path, name, via)
            return found
        case Thing(type="instance", fields=fields) if name in fields:
            return fields[name]  # type: ignore[no-any-return]
        case Thing(fields=fields) if ("set", name) in fields:
            return fields["set", name]  # type: ignore[no-any-return]
        case Thing(type="types.SimpleNamespace"):
            raise Clash("attribute", ("AttributeError",), (), {"owner": owner, "name": name})
        case Thing(type=kind) if kind not in ("instance", "list", "dict", "set"):
            known = registry.members(owner)
            found = registry.attribute(owner, name, call.engine)
            return Method(owner, name, kind) if isinstance(found, Unknown) and known and name in known else found
    return Unknown("an attribute of something unknown")


@op("builtins.setattr")
def setattr_(registry: Any, call: Call) -> Value:
    owner, name, value = (call.value(n, i) for i, n in enumerate(("obj", "name", "value")))
    if isinstance(owner, UserClass):
        call.engine.heap.put(owner.scope, name.value if isinstance(name, Const) else ANY_NAME, value)
    if isinstance(owner, Thing) and isinstance(name, Const):
        call.engine.heap.put(owner, name.value if owner.type == "instance" else ("set", name.value), value)
    return NONE
