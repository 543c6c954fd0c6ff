"""Python's own containers: lists, tuples, dicts, strings; their subscripts, slices, iteration and unpacking."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.interp.machine import Machine
from lstm_lint.trace import Unpacked
from lstm_lint.values.heap import Rows
from lstm_lint.values.library import Clash
from lstm_lint.values.slices import sliced
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    Const,
    Either,
    Many,
    Slice,
    Tensor,
    Thing,
    Tuple,
    Value,
    either,
    from_dim,
    members,
    typical,
)

MOST_ELEMENTS = 4096


def new_list(items: Sequence[Value]) -> Thing:
    return Thing("list", {"items": tuple(items)})


def rows(value: Value) -> tuple[Value, ...] | None:
    """The elements of a tuple or list, if their number is known."""
    match value:
        case Tuple(items=items) | Thing(type="list" | "set", fields={"items": tuple() as items}):
            return items
    return None


def weight(items: Sequence[Value], most: int) -> int:
    """The number of parts in nested tuples and lists, which may share them; counted until there are more than `most`."""
    count, waiting = len(items), list(items)
    while waiting and count <= most:
        inner = rows(waiting.pop())
        if inner:
            count += len(inner)
            waiting += inner
    return count


def elements(machine: Machine, value: Value) -> Sequence[Value] | None:
    """What iteration gives, one by one, if the number is known."""
    try:
        return iterated(machine, value)
    except Clash:
        return None


def looped(machine: Machine, value: Value, node: Any) -> Sequence[Value] | None:
    """What a loop over the value gives; where the library refuses, that is said of `node`."""
    try:
        return iterated(machine, value)
    except Clash as clash:
        operation = Unpacked(place=machine.place(node), value=value, names=1, starred=True)
        machine.note(operation)
        machine.clash(operation, clash)
        return None


def iterated(machine: Machine, value: Value) -> Sequence[Value] | None:
    """The same; raises Clash where the library surely refuses to iterate."""
    match value:
        case Const(value=str() as text) if len(text) <= MOST_ELEMENTS:
            return [Const(letter) for letter in text]
        case Thing(type="dict", fields={"items": dict() as items}):
            return [Const(key) for key in items]
        case Many(element=element, length=int() as length) if length <= 64 and value.first is None:
            return [element] * length
        case Tuple() | Thing(type="list" | "set"):
            return rows(value)
        case Many() | Const() | Either() | Unknown():
            return None
    several = machine.library.unpack(value, machine)
    return None if isinstance(several, Many) else several


def each(machine: Machine, value: Value) -> Many | None:
    """Iteration over an unknown number of elements."""
    match value:
        case Many():
            return value
        case Thing(type="list" | "set", fields={"items": Many() as many}):
            return many
        case Thing(type="list", fields={"items": Rows(ways=ways)}):
            return Many(either(item for way in ways for item in way), Unknown("a list of unknown length"))
        case Tensor() | Thing():
            try:
                several = machine.library.unpack(value, machine)
            except Clash:
                return None
            return several if isinstance(several, Many) else None
    return None


def transposed(machine: Machine, value: Value) -> Tuple | None:
    """`zip(*value)` of an unknown number of rows: their columns."""
    many = each(machine, value)
    found = [rows(member) for member in members(many.element)] if many is not None else []
    ways = [row for row in found if row is not None]
    if many is None or len(ways) < len(found) or len({len(row) for row in ways}) != 1:
        return None
    first = rows(many.first) if many.first is not None else None
    columns = [(typical(column), many.length) for column in zip(*ways, strict=True)]
    if first is None or len(first) != len(columns):
        return Tuple(tuple(Many(element, length) for element, length in columns))
    return Tuple(tuple(Many(*column, first=item) for column, item in zip(columns, first, strict=True)))


def subscript(machine: Machine, owner: Value, index: Value) -> Value | None:
    """`owner[index]` for Python's containers; None if the owner is none of them."""
    match owner, index:
        case (Thing(type="dict", fields={"items": dict() as items}), Const(value=key)):
            try:
                return items.get(key, Unknown(f"key {key!r} is not in the dict"))  # type: ignore[no-any-return]
            except TypeError:
                return Unknown("a key that cannot be hashed")
        case (Thing(type="dict", fields={"items": Rows(ways=ways)}), Const(value=key)):
            held = [way[key] for way in ways if key in way]
            return either(held) if held else Unknown(f"key {key!r} is not in the dict")
        case (Thing(type="dict", fields={"items": dict() as items}), _) if items:
            return either(items.values())
        case (Tuple() | Thing(type="list"), _) if rows(owner) is not None:
            return _of_rows(owner, rows(owner) or (), index)
        case (Thing(type="list", fields={"items": Many() as many}), _):
            return _of_many(many, index)
        case (Many(), _):
            return _of_many(owner, index)
        case (Const(value=str() | bytes() as text), _):
            return _of_text(text, index)
        case (Thing(type="list" | "dict" | "set"), _) | (Const(), _) | (Tuple(), _):
            return Unknown("an element of an unknown container")
    return None


def of_tensors(value: Value) -> bool:
    """A tuple or list of tensors, as some calls of a library give it."""
    return any(isinstance(item, Tensor) for item in rows(value) or ())


def _of_rows(owner: Value, items: tuple[Value, ...], index: Value) -> Value:
    match index:
        case Const(value=int() as position):
            in_range = -len(items) <= position < len(items)
            return items[position] if in_range else Unknown("an index out of range")
        case Slice():
            bounds = _bounds(index)
            if bounds is None:
                return Unknown("a slice of unknown bounds")
            return Tuple(items[bounds]) if isinstance(owner, Tuple) else new_list(items[bounds])
    return either(items) if items else Unknown("an element of an empty list")


def _bounds(index: Slice) -> slice | None:
    parts = (index.start, index.stop, index.step)
    if all(isinstance(part, Const) and (part.value is None or isinstance(part.value, int)) for part in parts):
        start, stop, step = (part.value for part in parts if isinstance(part, Const))
        return None if step == 0 else slice(start, stop, step)
    return None


def _of_many(many: Many, index: Value) -> Value:
    if isinstance(index, Slice):
        return Thing("list", {"items": Many(many.element, sliced(many.length, index))})
    return many.element


def _of_text(text: Any, index: Value) -> Value:
    match index:
        case Const(value=int() as position) if -len(text) <= position < len(text):
            return Const(text[position])
        case Slice():
            bounds = _bounds(index)
            return Const(text[bounds]) if bounds is not None else Unknown("a slice of unknown bounds")
    return Unknown("a character of unknown index")


def length(value: Value) -> Value | None:
    """`len(value)` for Python's containers."""
    match value:
        case Const(value=str() | bytes() as text):
            return Const(len(text))
        case Thing(type="dict", fields={"items": dict() as items}):
            return Const(len(items))
        case Many(length=dim):
            return from_dim(dim)
        case Thing(type="list" | "set", fields={"items": Many(length=dim)}):
            return from_dim(dim)
        case Tuple() | Thing(type="list" | "set"):
            known = rows(value)
            return Const(len(known)) if known is not None else Unknown("the length of an unknown list")
    return None
