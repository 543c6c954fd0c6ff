"""The state of a recovered program: the fields of its things, changed through a journal so that branches can be undone.

`open` starts a journal, `rollback` undoes what it noted, `commit` hands it to the journal below. A `Delta` is the state
at one moment as what changed since a journal was opened: several ways are merged field by field from their deltas.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from lstm_lint.records import dataclass, field
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import MOST_MEMBERS, Thing, Tuple, Value, either

ABSENT: Any = object()

Key: TypeAlias = tuple[int, Any]
Delta: TypeAlias = dict[Key, tuple[Thing, Any, Any]]
Merge: TypeAlias = Callable[[Sequence[Any]], Any]


@dataclass
class Heap:
    journals: list[Delta] = field(default_factory=list)
    touched: dict[int, Thing] | None = None

    def put(self, thing: Thing, name: Any, value: Any) -> None:
        """Set a field; ABSENT removes it. What would hold itself is not followed: each walk of it would be endless."""
        fields = thing.fields
        if name == "items" and _within(thing, _added(fields.get("items"), value)):
            value = Unknown("a list that holds itself")
        if self.journals:
            self.journals[-1].setdefault((id(thing), name), (thing, name, fields.get(name, ABSENT)))
        if self.touched is not None:
            self.touched[id(thing)] = thing
        if value is ABSENT:
            fields.pop(name, None)
        else:
            fields[name] = value

    def open(self) -> int:
        self.journals.append({})
        return len(self.journals) - 1

    def delta(self, level: int) -> Delta:
        """What differs now from the state when journal `level` was opened."""
        changed: Delta = {}
        for journal in self.journals[level:]:
            for key, (thing, name, _) in journal.items():
                changed[key] = (thing, name, thing.fields.get(name, ABSENT))
        return changed

    def rollback(self) -> None:
        for thing, name, old in self.journals.pop().values():
            if old is ABSENT:
                thing.fields.pop(name, None)
            else:
                thing.fields[name] = old

    def commit(self) -> None:
        closed = self.journals.pop()
        if self.journals:
            below = self.journals[-1]
            for key, entry in closed.items():
                below.setdefault(key, entry)

    def apply(self, delta: Delta) -> None:
        for thing, name, value in delta.values():
            self.put(thing, name, value)

    def merge(self, ways: Sequence[Delta], merge: Merge | None = None) -> None:
        """Set every field that a way changed to what the ways make of it together."""
        merge = merge or merged
        if len(ways) == 1:
            self.apply(ways[0])
            return
        for key, (thing, name, _) in {key: entry for way in ways for key, entry in way.items()}.items():
            now = thing.fields.get(name, ABSENT)
            values = [way[key][2] if key in way else now for way in ways]
            self.put(thing, name, merge(values))


def merged(values: Sequence[Any]) -> Any:
    """One field for several ways: a field that some ways lack is what the others hold."""
    present = [value for value in values if value is not ABSENT]
    if not present:
        return ABSENT
    first = present[0]
    if all(value is first or _equal(value, first) for value in present):
        return first
    if any(isinstance(value, dict) for value in present):
        return _merged_items(present)
    if any(isinstance(value, tuple) for value in present):
        return _merged_rows(present)
    return either(present)


def _equal(left: Any, right: Any) -> bool:
    return type(left) is type(right) and isinstance(left, (str, int, bool, type(None))) and bool(left == right)


def _merged_items(present: Sequence[Any]) -> Any:
    """Dicts: key by key if all have the same keys, else one of several dicts."""
    several = [way for value in present for way in (value.ways if isinstance(value, Rows) else (value,))]
    if not all(isinstance(value, dict) for value in several):
        return next(value for value in several if not isinstance(value, dict))
    if all(value.keys() == several[0].keys() for value in several):
        return {key: merged([value[key] for value in several]) for key in several[0]}
    return Rows(tuple(several)) if len(several) <= MOST_MEMBERS else Unknown("a dict that differs between branches")


def _merged_rows(present: Sequence[Any]) -> Any:
    """Lists: element by element if all are as long, else one of several lists."""
    if all(isinstance(value, tuple) for value in present):
        if len({len(value) for value in present}) == 1:
            return tuple(merged(column) for column in zip(*present, strict=True))
        return Rows(tuple(dict.fromkeys(present)))
    several = [row for value in present for row in (value.ways if isinstance(value, Rows) else (value,))]
    rows = tuple(dict.fromkeys(row for row in several if isinstance(row, tuple)))
    others: list[Value] = [row for row in several if not isinstance(row, tuple)]
    if others:
        return either(others) if not rows else Unknown("a list that differs between branches")
    return Rows(rows) if len(rows) <= MOST_MEMBERS else Unknown("a list that differs between branches")


@dataclass(frozen=True)
class Rows:
    """What a list or dict holds where branches left it with other lengths or keys: one of these ways."""

    ways: tuple[Any, ...]


def _added(before: Any, items: Any) -> Any:
    """What was appended, if that is all that was done."""
    if not before or not isinstance(before, tuple) or not isinstance(items, tuple) or len(items) <= len(before):
        return items
    count = len(before)
    return items[count:] if items[0] is before[0] and items[count - 1] is before[-1] else items


def _within(thing: Thing, items: Any) -> bool:
    """Is it among the items, or in the lists, tuples and dicts among them?"""
    seen: set[int] = set()
    waiting = [items]
    while waiting:
        held = waiting.pop()
        for each in held.values() if isinstance(held, dict) else held if isinstance(held, tuple) else ():
            if each is thing:
                return True
            if isinstance(each, (Thing, Tuple)) and id(each) not in seen:
                seen.add(id(each))
                waiting.append(each.items if isinstance(each, Tuple) else each.fields.get("items"))
    return False
