"""namedtuple and the containers of `collections`."""

from typing import Any

from lstm_lint.library.arguments import integer
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Slice, Thing, Tuple, Value

CLASS = "collections.namedtuple class"
RECORD = "collections.namedtuple"


@op("collections.namedtuple")
def namedtuple(registry: Any, call: Call) -> Value:
    """A class whose instances are tuples with names; the last defaults are those of the last names."""
    names, defaults = call.value("field_names", 1), call.engine.elements(call.value("defaults", 99, Tuple(()))) or ()
    if isinstance(names, Const) and isinstance(names.value, str):
        found = names.value.replace(",", " ").split()
    else:
        found = [each.value for each in call.engine.elements(names) or () if isinstance(each, Const)]
    return Thing(CLASS, {"names": tuple(found), "defaults": tuple(defaults)})


@op(f"{CLASS}.__call__", f"{CLASS}._make")
def record(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    names, defaults = call.receiver.fields["names"], call.receiver.fields["defaults"]
    given = [a.value for a in call.positional()]
    if call.callee == "_make" and given:
        given = list(call.engine.elements(given[0]) or ())
    values: dict[str, Value] = dict(zip(names[len(names) - len(defaults) :], defaults, strict=False))
    values |= dict(zip(names, given, strict=False)) | {a.name: a.value for a in call.arguments if a.name}
    missing = Unknown("a field that is not given")
    items = tuple(values.get(name, missing) for name in names)
    return Thing(RECORD, {"items": items} | {("set", name): item for name, item in zip(names, items, strict=True)})


@op(f"{RECORD}._replace")
def replaced(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    fields = {**call.receiver.fields, **{("set", a.name): a.value for a in call.arguments if a.name}}
    names = [name for name in fields if isinstance(name, tuple)]
    return Thing(RECORD, {**fields, "items": tuple(fields[name] for name in names)})


@op(f"{RECORD}._asdict")
def as_dict(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    return Thing("dict", {"items": {k[1]: v for k, v in call.receiver.fields.items() if isinstance(k, tuple)}})


@op(f"{RECORD}.__getitem__")
def item(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    items, index = call.receiver.fields["items"], call.value("index", 0)
    place = integer(index)
    if place is not None and -len(items) <= place < len(items):
        return items[place]  # type: ignore[no-any-return]
    return Unknown("a part of a record" if not isinstance(index, Slice) else "a slice of a record")


TYPED = "typing.NamedTuple"


@op(f"{TYPED}.__init__")
def typed(registry: Any, call: Call) -> Value:
    """The fields are those that the class annotates, in order."""
    me = call.receiver
    assert isinstance(me, Thing)
    given = call.positional()
    for index, name in enumerate(_fields(me)):
        named = next((a.value for a in call.arguments if a.name == name), None)
        value = given[index].value if index < len(given) else named
        default = me.fields["__class__"].scope.fields.get(name, Unknown(f"field {name}", name))
        call.engine.heap.put(me, name, default if value is None else value)
    return NONE


@op(f"{TYPED}.__iter__")
def parts(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    me = call.receiver
    return Tuple(tuple(me.fields.get(name, Unknown(f"field {name}")) for name in _fields(me)))


def _fields(me: Thing) -> tuple[str, ...]:
    found: tuple[str, ...] = me.fields["__class__"].scope.fields.get("__fields__", ())
    return found


@op("collections.OrderedDict")
def ordered(registry: Any, call: Call) -> Value:
    from lstm_lint.library.python.functions import dict_

    made: Value = dict_(registry, call)
    return made


@op("collections.defaultdict", "collections.Counter", "collections.ChainMap")
def growing(registry: Any, call: Call) -> Value:
    """Reading a key may add it: the content is not followed."""
    return Thing("dict", {"items": Unknown("a dict whose content is not followed")})


@op("collections.deque")
def deque(registry: Any, call: Call) -> Value:
    """A list, unless a greatest length lets elements fall out."""
    from lstm_lint.library.python.functions import collected

    whole = Call("builtins.list", call.arguments[:1], call.engine)
    made = collected(registry, whole) if call.arguments and not call.arguments[0].name else Thing("list", {"items": ()})
    if call.value("maxlen", 1, NONE) != NONE:
        return Thing("list", {"items": Unknown("a deque of a greatest length")})
    return made


@op("list.appendleft")
def appendleft(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    items = call.receiver.get("items")
    if isinstance(items, tuple):
        call.engine.heap.put(call.receiver, "items", (call.value("x", 0), *items))
    return NONE


@op("list.popleft")
def popleft(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    items = call.receiver.get("items")
    if isinstance(items, tuple) and items:
        call.engine.heap.put(call.receiver, "items", items[1:])
        return items[0]  # type: ignore[no-any-return]
    return items.element if isinstance(items, Many) else Unknown("an element of an unknown deque")
