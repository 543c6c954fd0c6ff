"""Builtin functions, and the few of the standard library that sizes and layers pass through."""

import builtins
import math
from collections.abc import Sequence
from itertools import product
from typing import Any

from lstm_lint.library import registry as registry_module
from lstm_lint.library.arguments import integer
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.dims import Size
from lstm_lint.values.heap import Rows
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Function,
    Many,
    Method,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    either,
    from_dim,
    members,
    number,
    truth,
)

registry_module.BUILTINS = frozenset(name for name in dir(builtins) if not name.startswith("__") or name == "__import__")

MOST_RANGE = 4096


def new_list(items: Sequence[Value] | Many) -> Thing:
    return Thing("list", {"items": items if isinstance(items, Many) else tuple(items)})


def many(call: Call, value: Value) -> Many | None:
    """Iteration over an unknown number of elements."""
    match value:
        case Many():
            return value
        case Thing(type="list" | "set", fields={"items": Many() as held}):
            return held
        case Thing(type="list", fields={"items": Rows(ways=ways)}):
            return Many(either(item for way in ways for item in way), Unknown("a list of unknown length"))
        case Tensor(shape=tuple() as shape) if shape:
            return Many(Tensor(shape[1:], value.type, value.dtype), shape[0])
    return None


@op("builtins.len")
def length(registry: Any, call: Call) -> Value:
    """Of containers and arrays; a size that is not known is named after what it is of."""
    value = call.value("obj", 0)
    match value:
        case Const(value=str() | bytes() as text):
            return Const(len(text))
        case Tensor(shape=tuple() as shape) if shape:
            return from_dim(shape[0]) if shape[0] is not None else Unknown("a size that Keras leaves open")
        case Thing(type="dict", fields={"items": dict() as items}):
            return Const(len(items))
        case Unknown(name=name) if name:
            return dims.symbol(f"len({name})", (value.key, "len"))
    known = call.engine.elements(value)
    if known is not None:
        return Const(len(known))
    held = many(call, value)
    return from_dim(held.length) if held else Unknown("the length of something unknown")


@op("builtins.range")
def range_(registry: Any, call: Call) -> Value:
    bounds = [a.value for a in call.positional()]
    if not 1 <= len(bounds) <= 3 or call.open:
        return Unknown("a range of unknown bounds")
    start, stop = (Const(0), bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else Const(1)
    whole = [integer(each) for each in (start, stop, step)]
    if None not in whole and whole[2]:
        known = range(*whole)  # type: ignore[arg-type]
        if len(known) <= MOST_RANGE:
            return Tuple(tuple(map(Const, known)))
        return Many(dims.symbol("i"), len(known), first=Const(known[0]))
    count = _count(number(start), number(stop), number(step))
    return Many(dims.symbol("i"), count, first=start)


def _count(start: dims.Dim, stop: dims.Dim, step: dims.Dim) -> dims.Dim:
    difference = dims.subtract(stop, start)
    if step == 1:
        return difference
    return Unknown("the length of a range") if not isinstance(step, int) or step < 1 else _rounds(difference, step)


def _rounds(difference: dims.Dim, step: int) -> dims.Dim:
    return dims.divide(dims.add(difference, step - 1), step)


@op("builtins.enumerate")
def enumerate_(registry: Any, call: Call) -> Value:
    value, start = call.value("iterable", 0), integer(call.value("start", 1, Const(0)))
    known = call.engine.elements(value)
    if known is not None and start is not None:
        return Tuple(tuple(Tuple((Const(start + i), each)) for i, each in enumerate(known)))
    held = many(call, value)
    if held is None:
        return Unknown("an enumeration of something unknown")
    first = Tuple((Const(start or 0), held.first if held.first is not None else held.element))
    return Many(Tuple((dims.symbol("i"), held.element)), held.length, first=first)


@op("builtins.zip")
def zip_(registry: Any, call: Call) -> Value:
    values = [a.value for a in call.positional()]
    known = [call.engine.elements(value) for value in values]
    if all(row is not None for row in known) and not call.open:
        return Tuple(tuple(Tuple(column) for column in zip(*(row or () for row in known), strict=False)))
    held = [many(call, v) or (Many(either(k), len(k), first=k[0]) if k else None) for v, k in zip(values, known, strict=True)]
    if call.open or not all(held):
        return Unknown("a zip of something unknown")
    elements = Tuple(tuple(h.element for h in held if h))
    first = Tuple(tuple(h.first if h.first is not None else h.element for h in held if h))
    return Many(elements, next((h.length for h in held if h), 0), first=first)


@op("builtins.list", "builtins.tuple", "builtins.sorted", "builtins.reversed", "builtins.set", "builtins.frozenset", "builtins.iter")
def collected(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    if not call.positional():
        return Tuple(()) if name == "tuple" else Thing("set" if "set" in name else "list", {"items": ()})
    value = call.positional()[0].value
    known = call.engine.elements(value)
    if known is None:
        held = many(call, value)
        return new_list(held) if held and name != "tuple" else held or _unknown_list(value)
    if name == "sorted":
        known = _sorted(call, known)
    if name in ("set", "frozenset"):
        known = list({each: None for each in known if isinstance(each, Const)}) if _all_const(known) else None
    if known is None:
        return Unknown(f"{name} of unknown values")
    row = tuple(reversed(known)) if name == "reversed" else tuple(known)
    kind = value.kind if isinstance(value, Tuple) else "tuple"
    return Tuple(row, kind) if name in ("tuple", "reversed", "iter") else Thing("set" if "set" in name else "list", {"items": row})


def _unknown_list(value: Value) -> Value:
    return value if isinstance(value, Unknown) else Unknown("a list of something unknown")


def _all_const(values: Sequence[Value]) -> bool:
    return all(isinstance(value, Const) for value in values)


def _sorted(call: Call, values: Sequence[Value]) -> Sequence[Value] | None:
    if not _all_const(values) or call.find("key") is not None:
        return None
    backwards = truth(call.value("reverse", None, Const(False)))
    try:
        return sorted(values, key=lambda each: each.value, reverse=bool(backwards))  # type: ignore[union-attr]
    except TypeError:
        return None


@op("builtins.map")
def map_(registry: Any, call: Call) -> Value:
    given = [a.value for a in call.positional()]
    rows = [call.engine.elements(each) for each in given[1:]]
    function = given[0] if given else NONE
    if not rows or any(row is None for row in rows) or not isinstance(function, Function | Method | UserClass | Symbol):
        return Unknown("a map over something unknown")
    columns = list(zip(*(row or () for row in rows), strict=False))
    if isinstance(function, Symbol):
        calls = [Call(function.path, tuple(map(Argument, column)), call.engine) for column in columns]
        return Tuple(tuple(registry.call(each) for each in calls))
    return Tuple(tuple(call.engine.run(function, column) for column in columns))


@op("builtins.int", "builtins.round", "builtins.float", "builtins.abs", "builtins.bool", "builtins.str", "math.ceil", "math.floor")
def converted(registry: Any, call: Call) -> Value:
    """Numbers to numbers; a size stays the size it is."""
    value = call.value("x", 0, Const(0))
    name = call.callee.rpartition(".")[2]
    if isinstance(value, Size) and name in ("int", "round", "ceil", "floor", "abs"):
        return value
    if not isinstance(value, Const) or len(call.arguments) > 2:
        return Unknown(f"{name} of an unknown value", *(("", None) if not _named(value) else (value.name, value.key)))
    function = getattr(math, name, None) or getattr(builtins, name)
    try:
        return Const(function(*(a.value.value for a in call.arguments)))  # type: ignore[union-attr]
    except (TypeError, ValueError, OverflowError, AttributeError):
        return Unknown(f"{name} fails on this value")


def _named(value: Value) -> bool:
    return isinstance(value, Unknown) and bool(value.name)


@op("builtins.sum", "builtins.min", "builtins.max")
def reduced(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    given = [a.value for a in call.positional()]
    values = given if len(given) > 1 and name != "sum" else call.engine.elements(given[0]) if given else None
    if values is None or call.find("key") is not None or not values:
        return Unknown(f"{name} of unknown values")
    if _all_const(values):
        try:
            return Const(getattr(builtins, name)([v.value for v in values if isinstance(v, Const)]))
        except TypeError:
            return Unknown(f"{name} fails on these values")
    if name == "sum" and all(isinstance(number(v), int | Size) for v in values):
        total: dims.Dim = 0
        for value in values:
            total = dims.add(total, number(value))
        return from_dim(total)
    return Unknown(f"{name} of unknown values")


@op("builtins.isinstance", "builtins.issubclass", "builtins.callable")
def is_a(registry: Any, call: Call) -> Value:
    value, kinds = call.value("obj", 0), call.value("class", 1)
    wanted = kinds.items if isinstance(kinds, Tuple) else (kinds,)
    answers = {_is_a(registry, each, kind) for each in members(value) for kind in wanted}
    if answers == {False}:
        return Const(False)
    if True in answers and isinstance(value, Thing | Tensor | Const) and None not in answers:
        return Const(True)
    return Const(True) if answers == {True} else Unknown("a class that is not known")


def _is_a(registry: Any, value: Value, kind: Value) -> bool | None:
    if isinstance(value, Unknown) or not isinstance(kind, Symbol | UserClass):
        return None
    if isinstance(kind, UserClass):
        return isinstance(value, Thing) and value.type == "instance" and kind in value.fields["__class__"].lineage()
    if kind.path.startswith("builtins."):
        return _is_builtin(value, kind.path.rpartition(".")[2])
    if isinstance(value, Thing | Tensor):
        types = list(registry.types(value))
        return True if kind.path in types else False if registry.knowledge.kind(kind.path) == "layer" else None
    return None if isinstance(value, UserClass | Function | Symbol | Method) else False


def _is_builtin(value: Value, name: str) -> bool | None:
    match value:
        case Const(value=plain):
            return isinstance(plain, getattr(builtins, name)) if isinstance(getattr(builtins, name, None), type) else None
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
        case Thing(type=kind) if kind not in ("instance", "list", "dict", "set"):
            known = registry.members(owner)
            found = registry.attribute(owner, name, call.engine)
            return Method(owner, name, kind) if isinstance(found, Unknown) and known and name in known else found
    return Unknown("an attribute of something unknown")


@op("builtins.setattr")
def setattr_(registry: Any, call: Call) -> Value:
    owner, name, value = (call.value(n, i) for i, n in enumerate(("obj", "name", "value")))
    if isinstance(owner, Thing) and isinstance(name, Const):
        call.engine.heap.put(owner, name.value if owner.type == "instance" else ("set", name.value), value)
    return NONE


@op("builtins.dict")
def dict_(registry: Any, call: Call) -> Value:
    items: dict[Any, Value] = {}
    for argument in call.positional():
        held = argument.value.get("items") if isinstance(argument.value, Thing) else None
        pairs = call.engine.elements(argument.value) if not isinstance(held, dict) else None
        if isinstance(held, dict):
            items |= held
        elif pairs is not None and all(isinstance(p, Tuple) and isinstance(p.items[0], Const) for p in pairs):
            items |= {p.items[0].value: p.items[1] for p in pairs}  # type: ignore[union-attr]
        else:
            return Thing("dict", {"items": Unknown("a dict of unknown content")})
    items |= {a.name: a.value for a in call.arguments if a.name}
    return Thing("dict", {"items": Unknown("a dict of unknown content") if call.open else items})


@op("builtins.print", "builtins.id", "builtins.type", "builtins.open", "builtins.input", "builtins.any", "builtins.all")
def ignored(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    value = call.positional()[0].value if call.positional() else NONE
    if name == "print":
        return NONE
    if name == "type" and isinstance(value, Thing):
        return value.fields["__class__"] if value.type == "instance" else Symbol(value.type)
    known = call.engine.elements(value) if name in ("any", "all") else None
    answers = [truth(each) for each in known or ()]
    if known is None or None in answers:
        return Unknown(f"what {name} gives")
    return Const(any(answers) if name == "any" else all(answers))


@op("builtins.next")
def next_(registry: Any, call: Call) -> Value:
    value = call.value("iterator", 0)
    held = many(call, value)
    if held is not None:
        return held.element
    known = call.engine.elements(value)
    return either(known) if known else Unknown("the next of something unknown")


@op("builtins.divmod")
def divmod_(registry: Any, call: Call) -> Value:
    left, right = number(call.value("x", 0)), number(call.value("y", 1))
    return Tuple((from_dim(dims.divide(left, right)), from_dim(dims.modulo(left, right))))


@op("math.sqrt", "math.log2", "math.log", "math.pow", "math.prod", "math.log10", "math.exp")
def mathematics(registry: Any, call: Call) -> Value:
    values = [a.value for a in call.arguments]
    if not _all_const(values):
        return Unknown("a number")
    try:
        return Const(getattr(math, call.callee.rpartition(".")[2])(*(v.value for v in values if isinstance(v, Const))))
    except (TypeError, ValueError, OverflowError):
        return Unknown("a number")


@op("os.environ.get", "os.getenv")
def environment(registry: Any, call: Call) -> Value:
    """The program's own default is what runs."""
    return call.value("default", 1, NONE)


@op("dataclasses.dataclass")
def dataclass_(registry: Any, call: Call) -> Value:
    given = call.positional()
    if given and isinstance(given[0].value, UserClass):
        call.engine.heap.put(given[0].value.scope, "__generated__", Const(True))
        return given[0].value
    return Symbol("dataclasses.dataclass")


@op("dataclasses.field")
def field_(registry: Any, call: Call) -> Value:
    factory = call.find("default_factory")
    if factory is not None and isinstance(factory.value, Function | UserClass):
        return call.engine.run(factory.value, ())
    if factory is not None and isinstance(factory.value, Symbol):
        made: Value = registry.call(Call(factory.value.path, (), call.engine))
        return made
    return call.value("default")


@op("functools.partial")
def partial_(registry: Any, call: Call) -> Value:
    given = call.positional()
    return Thing("functools.partial", {"function": given[0].value, "arguments": call.arguments[1:]}) if given else NONE


@op("functools.partial.__call__")
def partial_call(registry: Any, call: Call) -> Value:
    held = call.receiver
    assert isinstance(held, Thing)
    function, arguments = held.fields["function"], (*held.fields["arguments"], *call.arguments)
    if isinstance(function, Symbol):
        made: Value = registry.call(Call(function.path, arguments, call.engine, call.place, None, call.open))
        return made
    if isinstance(function, Function | UserClass) and not any(a.name for a in arguments):
        return call.engine.run(function, [a.value for a in arguments])
    return Unknown("a partial that is not followed")


@op("functools.wraps", "functools.lru_cache", "functools.cache", "tensorflow.function", "contextlib.contextmanager", "numba.jit")
def transparent(registry: Any, call: Call) -> Value:
    """A decorator that leaves the function as it is, with or without arguments of its own."""
    given = call.positional()
    if call.callee != "functools.wraps" and given and isinstance(given[0].value, Function):
        return given[0].value
    return Symbol("builtins.@same")


@op("builtins.@same")
def same(registry: Any, call: Call) -> Value:
    return call.value("function", 0)


@op("pytest.raises", "contextlib.suppress")
def expecting(registry: Any, call: Call) -> Value:
    return Thing(call.callee)


__all__ = ["product"]
