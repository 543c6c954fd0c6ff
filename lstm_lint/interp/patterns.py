"""The patterns of `match`: does a value fit one, surely or surely not, and what does it bind?"""

from collections.abc import Iterable, Sequence
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.attributes import read
from lstm_lint.interp.comparisons import compare
from lstm_lint.interp.machine import Machine
from lstm_lint.source import nodes
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Symbol, Thing, Tuple, UserClass, Value

Names = dict[str, Value]


def fits(machine: Machine, pattern: Any, value: Value, names: Names) -> bool | None:
    """True, False, or None where it is not known; the names are bound as if it fitted."""
    match pattern:
        case nodes.MatchValue():
            return compare(machine, "==", value, machine.evaluate(pattern.value))
        case nodes.MatchSingleton():
            return compare(machine, "is", value, machine.evaluate(pattern.value))
        case nodes.MatchAs():
            fitting = fits(machine, pattern.pattern, value, names) if pattern.pattern is not None else True
            if pattern.name is not None:
                names[pattern.name.value] = value
            return fitting
        case nodes.MatchOr():
            return _any(fits(machine, each, value, names) for each in pattern.patterns)
        case nodes.MatchList():
            return _sequence(machine, pattern.patterns, value, names)
        case nodes.MatchMapping():
            return _mapping(machine, pattern, value, names)
        case nodes.MatchClass():
            return _of_class(machine, pattern, value, names)
    return None


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return True if True in known else None if None in known else False


def _all(answers: Iterable[bool | None]) -> bool | None:
    known = list(answers)
    return False if False in known else None if None in known else True


def _sequence(machine: Machine, patterns: Sequence[Any], value: Value, names: Names) -> bool | None:
    several = containers.rows(value) if isinstance(value, (Tuple, Thing)) else None
    if several is None:
        _open(patterns, names)
        surely = isinstance(value, Const) or isinstance(value, Thing) and value.type in ("dict", "set")
        return False if surely else None
    star = next((i for i, each in enumerate(patterns) if isinstance(each, nodes.MatchStar)), None)
    if star is None:
        fitting = len(several) == len(patterns)
        pairs = list(zip(patterns, several, strict=False))
    else:
        after = len(patterns) - star - 1
        fitting = len(several) >= len(patterns) - 1
        middle = several[star : len(several) - after]
        if patterns[star].name is not None:
            names[patterns[star].name.value] = containers.new_list(middle)
        tail = several[len(several) - after :] if after else ()
        pairs = [*zip(patterns[:star], several, strict=False), *zip(patterns[star + 1 :], tail, strict=False)]
    return _all([fits(machine, each, part, names) for each, part in pairs]) if fitting else False


def _mapping(machine: Machine, pattern: nodes.MatchMapping, value: Value, names: Names) -> bool | None:
    items = value.get("items") if isinstance(value, Thing) and value.type == "dict" else None
    if not isinstance(items, dict):
        _open(pattern.elements, names)
        return False if isinstance(value, (Const, Tuple)) else None
    left = dict(items)
    answers: list[bool | None] = []
    for each in pattern.elements:
        key = machine.evaluate(each.key)
        if not isinstance(key, Const) or key.value not in left:
            answers.append(False if isinstance(key, Const) else None)
            continue
        answers.append(fits(machine, each.pattern, left.pop(key.value), names))
    if pattern.rest is not None:
        names[pattern.rest.value] = Thing("dict", {"items": left})
    return _all(answers)


def _of_class(machine: Machine, pattern: nodes.MatchClass, value: Value, names: Names) -> bool | None:
    cls = machine.evaluate(pattern.cls)
    if isinstance(cls, Symbol) and cls.path.startswith("builtins.") and isinstance(value, Const):
        fitting = type(value.value).__name__ == cls.path.removeprefix("builtins.")
        inner = [fits(machine, each, value, names) for each in pattern.patterns]
        return _all([fitting, *inner])
    if not isinstance(cls, UserClass) or not isinstance(value, Thing) or value.type != "instance":
        _open(pattern.patterns, names)
        _open([each.pattern for each in pattern.kwds], names)
        return None
    if cls not in value.fields["__class__"].lineage():
        return False
    fields = cls.scope.fields.get("__fields__", ())
    parts = [*zip(fields, pattern.patterns, strict=False)]
    parts += [(each.key.value, each.pattern) for each in pattern.kwds]
    return _all([fits(machine, part, read(machine, value, name, pattern), names) for name, part in parts])


def _open(patterns: Sequence[Any], names: Names) -> None:
    """What an unknown value binds is not known."""
    for each in patterns:
        for node in (each, getattr(each, "pattern", each)):
            if isinstance(node, (nodes.MatchAs, nodes.MatchStar)) and node.name is not None:
                names[node.name.value] = Unknown("a part of an unknown value", node.name.value, object())
