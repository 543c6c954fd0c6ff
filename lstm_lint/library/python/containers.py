"""Methods of lists, dicts, sets and strings."""

import re
from typing import Any

from lstm_lint.library.arguments import integer
from lstm_lint.library.python.functions import many, new_list
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Thing, Tuple, Value, either

MOST_ELEMENTS = 4096


def _items(call: Call) -> Any:
    assert isinstance(call.receiver, Thing)
    return call.receiver.get("items")


def _put(call: Call, items: Any) -> Value:
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, "items", items)
    return NONE


@op("list.append", "set.add")
def append(registry: Any, call: Call) -> Value:
    items, value = _items(call), call.value("object", 0)
    if isinstance(items, tuple):
        return _put(call, (*items, value))
    if isinstance(items, Many):
        return _put(call, Many(either((items.element, value)), Unknown("a list that grows")))
    return NONE


@op("list.extend", "set.update")
def extend(registry: Any, call: Call) -> Value:
    items, value = _items(call), call.value("iterable", 0)
    known = call.engine.elements(value)
    if isinstance(items, tuple) and known is not None and len(items) + len(known) <= MOST_ELEMENTS:
        return _put(call, (*items, *known))
    held = many(call, value)
    if items == () and held is not None:
        return _put(call, held)
    return _put(call, Unknown("a list extended by unknown values"))


@op("list.insert")
def insert(registry: Any, call: Call) -> Value:
    items, index = _items(call), integer(call.value("index", 0))
    if isinstance(items, tuple) and index is not None:
        changed = list(items)
        changed.insert(index, call.value("object", 1))
        return _put(call, tuple(changed))
    return _put(call, Unknown("a list with an unknown element"))


@op("list.pop")
def pop(registry: Any, call: Call) -> Value:
    items, index = _items(call), integer(call.value("index", 0, Const(-1)))
    if isinstance(items, tuple) and index is not None and -len(items) <= index < len(items):
        changed = list(items)
        value = changed.pop(index)
        _put(call, tuple(changed))
        return value  # type: ignore[no-any-return]
    _put(call, Unknown("a list that lost an element"))
    return Unknown("an element of an unknown list")


@op("list.clear", "set.clear")
def clear(registry: Any, call: Call) -> Value:
    return _put(call, ())


@op("list.reverse")
def reverse(registry: Any, call: Call) -> Value:
    items = _items(call)
    return _put(call, tuple(reversed(items)) if isinstance(items, tuple) else items)


@op("list.sort", "list.remove", "set.discard", "set.remove")
def reordered(registry: Any, call: Call) -> Value:
    return _put(call, Unknown("a list in another order"))


@op("list.copy", "set.copy", "dict.copy")
def copy(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    return Thing(call.receiver.type, {"items": _items(call)})


@op("list.index", "list.count", "tuple.index", "tuple.count")
def found(registry: Any, call: Call) -> Value:
    return Unknown("a place in a list")


@op("dict.keys", "dict.values", "dict.items")
def views(registry: Any, call: Call) -> Value:
    items = _items(call)
    if not isinstance(items, dict):
        return Unknown("the content of an unknown dict")
    keys: list[Value] = [Const(key) for key in items]
    if call.callee == "keys":
        return Tuple(tuple(keys))
    if call.callee == "values":
        return Tuple(tuple(items.values()))
    return Tuple(tuple(Tuple(pair) for pair in zip(keys, items.values(), strict=True)))


@op("dict.get", "dict.pop", "dict.setdefault")
def get(registry: Any, call: Call) -> Value:
    items, key, default = _items(call), call.value("key", 0), call.value("default", 1, NONE)
    if not isinstance(items, dict) or not isinstance(key, Const):
        return Unknown("an entry of an unknown dict")
    value: Value = items.get(key.value, default)
    if call.callee == "pop":
        _put(call, {k: v for k, v in items.items() if k != key.value})
    elif call.callee == "setdefault":
        _put(call, {key.value: default, **items})
    return value


@op("dict.update")
def update(registry: Any, call: Call) -> Value:
    items = _items(call)
    others = [a.value.get("items") if isinstance(a.value, Thing) else None for a in call.positional()]
    if not isinstance(items, dict) or not all(isinstance(other, dict) for other in others) or call.open:
        return _put(call, Unknown("a dict updated by unknown values"))
    for other in others:
        items = {**items, **(other or {})}
    return _put(call, {**items, **{a.name: a.value for a in call.arguments if a.name}})


TEXT = "lower upper strip lstrip rstrip title capitalize replace count find startswith endswith format join removeprefix removesuffix"


WIDE = re.compile(r"\{[^{}]*(?::[^{}]*\d{4}|\{)")
"""A field that may be thousands of characters wide, or as wide as an argument says."""


@op(*(f"str.{name}" for name in TEXT.split()))
def text(registry: Any, call: Call) -> Value:
    """String methods over constants."""
    values = [a.value for a in call.arguments]
    if not isinstance(call.receiver, Const) or call.open:
        return Unknown("a text")
    if call.callee == "join":
        parts = call.engine.elements(values[0]) if values else None
        values = [Tuple(tuple(parts))] if parts is not None else [Unknown("parts")]
    if call.callee == "format" and WIDE.search(call.receiver.value):
        return Unknown("a text")
    try:
        given = [_plain(value) for value in values]
        named = {a.name: v for a, v in zip(call.arguments, given, strict=True) if a.name}
        result = getattr(call.receiver.value, call.callee)(*given[: len(given) - len(named)], **named)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError):
        return Unknown("a text")
    return Const(result) if not isinstance(result, str) or len(result) < 10_000 else Unknown("a text")


def _plain(value: Value) -> Any:
    from lstm_lint.values.value import plain

    return plain(value)


@op("str.split", "str.splitlines")
def split(registry: Any, call: Call) -> Value:
    values = [a.value for a in call.arguments]
    known = isinstance(call.receiver, Const) and all(isinstance(value, Const) for value in values)
    if not known or not isinstance(call.receiver, Const):
        return Unknown("the parts of a text")
    try:
        parts = getattr(call.receiver.value, call.callee)(
            *(value.value for value in values if isinstance(value, Const))
        )
    except (TypeError, ValueError, OverflowError):
        return Unknown("the parts of a text")
    return new_list([Const(part) for part in parts])
