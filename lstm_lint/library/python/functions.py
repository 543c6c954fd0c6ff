"""Builtin functions, and the few of the standard library that sizes and layers pass through."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import array_shape, integer
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.heap import Rows
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Function,
    Many,
    Method,
    Slice,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    either,
    from_dim,
    number,
    truth,
)

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
            from lstm_lint.library.arrays.spelling import cell_of

            inner = Tensor(shape[1:], value.type, value.dtype, cells=value.cells)
            return Many(inner if shape[1:] else cell_of(value), shape[0])
        case Thing(fields={"element": element}):
            return Many(element, dims.symbol("batches"))
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
        case Thing(fields={"data": _}):
            whole = array_shape(value)
            return from_dim(whole[0]) if isinstance(whole, tuple) else Unknown("the length of a table")
    known = call.engine.elements(value)
    if known is not None:
        return Const(len(known))
    held = many(call, value)
    return from_dim(held.length) if held else Unknown("the length of something unknown")


@op("builtins.slice")
def slice_(registry: Any, call: Call) -> Value:
    """`slice(stop)`, `slice(start, stop, step)`."""
    given = [argument.value for argument in call.positional()]
    if call.open or not 1 <= len(given) <= 3:
        return Unknown("a slice")
    start, stop, step = (NONE, *given, NONE) if len(given) == 1 else (*given, NONE)[:3]
    return Slice(start, stop, step)


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
        length = dims.rounds(known)
        if length <= MOST_RANGE:
            return Tuple(tuple(map(Const, known)))
        return Many(dims.symbol("i"), length, first=Const(known.start))
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
    held = [
        many(call, v) or (Many(either(k), len(k), first=k[0]) if k else None)
        for v, k in zip(values, known, strict=True)
    ]
    if call.open or not all(held):
        return Unknown("a zip of something unknown")
    elements = Tuple(tuple(h.element for h in held if h))
    first = Tuple(tuple(h.first if h.first is not None else h.element for h in held if h))
    return Many(elements, next((h.length for h in held if h), 0), first=first)


@op(
    "builtins.list",
    "builtins.tuple",
    "builtins.sorted",
    "builtins.reversed",
    "builtins.set",
    "builtins.frozenset",
    "builtins.iter",
)
def collected(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    if not call.positional():
        return Tuple(()) if name == "tuple" else Thing("set" if "set" in name else "list", {"items": ()})
    value = call.positional()[0].value
    known = call.engine.elements(value)
    if known is None:
        held = many(call, value)
        if name in ("set", "frozenset"):
            return _distinct()
        return new_list(held) if held and name != "tuple" else held or _unknown_list(value)
    if name == "sorted":
        known = _sorted(call, known) or ()
        if len(known) == 0 and (several := call.engine.elements(value)):
            return new_list(Many(either(several), len(several)))
    if name in ("set", "frozenset"):
        if not _all_const(known):
            return _distinct()
        known = list({each: None for each in known if isinstance(each, Const)})
    row = tuple(reversed(known)) if name == "reversed" else tuple(known)
    kind = value.kind if isinstance(value, Tuple) else "tuple"
    return (
        Tuple(row, kind)
        if name in ("tuple", "reversed", "iter")
        else Thing("set" if "set" in name else "list", {"items": row})
    )


def _distinct() -> Value:
    """A set of an unknown number of elements, the same number whenever it is asked for."""
    return Thing("set", {"items": Many(Unknown("an element of a set"), dims.symbol("distinct"))})


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
    """The function over each; of an unknown number, over any of them."""
    function, *sources = [a.value for a in call.positional()] or [NONE]
    rows = [call.engine.elements(each) for each in sources]
    if rows and all(row is not None for row in rows):
        columns = zip(*(row or () for row in rows), strict=False)
        return Tuple(tuple(applied(registry, call, function, column) for column in columns))
    held = [many(call, source) for source in sources]
    if not held or not all(held):
        return Unknown("a map over something unknown")
    element = applied(registry, call, function, [each.element for each in held if each])
    return Many(element, next(each.length for each in held if each))


def applied(registry: Any, call: Call, function: Value, values: Sequence[Value]) -> Value:
    """What a function, the user's or a library's, makes of these values."""
    match function:
        case Symbol(path=path):
            made: Value = registry.call(Call(path, tuple(map(Argument, values)), call.engine, call.place))
            return made
        case Method(owner=owner, function=str() as name):
            made = registry.call(Call(name, tuple(map(Argument, values)), call.engine, call.place, owner))
            return made
        case Function() | Method() | UserClass():
            return call.engine.run(function, values)
    return Unknown("a call of something unknown")


@op("builtins.filter")
def filter_(registry: Any, call: Call) -> Value:
    source = call.value("iterable", 1)
    known = call.engine.elements(source)
    if known is not None:
        answers = [_passes(registry, call, each) for each in known]
        if None not in answers:
            return Tuple(tuple(each for each, answer in zip(known, answers, strict=True) if answer), "generator")
    held = many(call, source) or (Many(either(known), 0) if known else None)
    return Many(held.element, Unknown("a number that a filter lets through")) if held else Unknown("a filtered unknown")


def _passes(registry: Any, call: Call, value: Value) -> bool | None:
    function = call.value("function", 0)
    return truth(value if function == NONE else applied(registry, call, function, [value]))


@op("builtins.any", "builtins.all")
def all_(registry: Any, call: Call) -> Value:
    """Where it is certain."""
    known = call.engine.elements(call.value("iterable", 0))
    answers = {truth(each) for each in known} if known is not None else {None}
    deciding = call.callee.endswith("any")
    if deciding in answers:
        return Const(deciding)
    return Const(not deciding) if None not in answers else Unknown("what any or all gives")


@op("builtins.dict")
def dict_(registry: Any, call: Call) -> Value:
    items: dict[Any, Value] = {}
    for argument in call.positional():
        held = argument.value.get("items") if isinstance(argument.value, Thing) else None
        pairs = call.engine.elements(argument.value) if not isinstance(held, dict) else None
        if isinstance(held, dict):
            items |= held
        elif pairs is not None and all(
            isinstance(p, Tuple) and len(p.items) == 2 and isinstance(p.items[0], Const) for p in pairs
        ):
            items |= {p.items[0].value: p.items[1] for p in pairs}  # type: ignore[union-attr, misc]
        else:
            return Thing("dict", {"items": Unknown("a dict of unknown content")})
    items |= {a.name: a.value for a in call.arguments if a.name}
    return Thing("dict", {"items": Unknown("a dict of unknown content") if call.open else items})


@op("builtins.print", "builtins.id", "builtins.type", "builtins.open", "builtins.input")
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
