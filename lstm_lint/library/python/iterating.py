"""itertools, as far as loops over it need."""

import itertools
from typing import Any

from lstm_lint.library.arguments import integer
from lstm_lint.library.python.functions import MOST_RANGE, applied, many
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Many, Tuple, Value, either, number


def _rows(call: Call) -> list[list[Value]] | None:
    found = [call.engine.elements(a.value) for a in call.positional()]
    return None if call.open or any(row is None for row in found) else [list(row or ()) for row in found]


def _several(rows: Any, reason: str) -> Value:
    items = tuple(itertools.islice((Tuple(tuple(row)) for row in rows), MOST_RANGE + 1))
    return Tuple(items) if len(items) <= MOST_RANGE else Unknown(reason)


@op("itertools.product")
def product(registry: Any, call: Call) -> Value:
    rows = _rows(call)
    times = integer(call.value("repeat", 99, Const(1)))
    if rows is None or times is None or not 0 <= times <= 8:
        return Unknown("a product of unknown values")
    return _several(itertools.product(*rows, repeat=times), "a product too long to follow")


@op("itertools.combinations", "itertools.permutations")
def combinations(registry: Any, call: Call) -> Value:
    row, count = call.engine.elements(call.value("iterable", 0)), integer(call.value("r", 1))
    if row is None or count is None or not 0 <= count <= len(row):
        return Unknown("combinations of unknown values")
    function = getattr(itertools, call.callee.rpartition(".")[2])
    return _several(function(row, count), "combinations too many to follow")


@op("itertools.chain", "itertools.chain.from_iterable")
def chain(registry: Any, call: Call) -> Value:
    sources = [a.value for a in call.positional()]
    if call.callee.endswith("from_iterable") and sources:
        known = call.engine.elements(sources[0])
        if known is None:
            held = many(call, sources[0])
            inner = many(call, held.element) if held else None
            return Many(inner.element, Unknown("a chained length")) if inner else Unknown("a chain of unknown values")
        sources = list(known)
    rows = [call.engine.elements(source) for source in sources]
    if any(row is None for row in rows):
        return Unknown("a chain of unknown values")
    return Tuple(tuple(each for row in rows for each in row or ()))


@op("itertools.islice")
def islice(registry: Any, call: Call) -> Value:
    source, bounds = call.value("iterable", 0), [integer(a.value) for a in call.positional()[1:]]
    known = call.engine.elements(source)
    if known is not None and None not in bounds and bounds:
        return Tuple(tuple(itertools.islice(known, *bounds)))
    held = many(call, source)
    count = number(call.positional()[1].value) if len(call.positional()) == 2 else Unknown("a slice of a loop")
    return Many(held.element, count) if held else Unknown("a slice of unknown values")


@op("itertools.count", "itertools.cycle", "itertools.repeat")
def endless(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    if name == "count":
        return Many(dims.symbol("i"), Unknown("an endless count"), first=call.value("start", 0, Const(0)))
    if name == "repeat":
        return Many(call.value("object", 0), number(call.value("times", 1, Unknown("an endless repetition"))))
    known = call.engine.elements(call.value("iterable", 0))
    return Many(either(known), Unknown("an endless cycle"), first=known[0]) if known else Unknown("a cycle")


@op("itertools.starmap")
def starmap(registry: Any, call: Call) -> Value:
    rows = [call.engine.elements(each) for each in call.engine.elements(call.value("iterable", 1)) or ()]
    if not rows or any(row is None for row in rows):
        return Unknown("a map over something unknown")
    return Tuple(tuple(applied(registry, call, call.value("function", 0), list(row or ())) for row in rows))


@op("functools.reduce")
def reduced(registry: Any, call: Call) -> Value:
    """The function of what came so far and the next, one by one."""
    function, row = call.value("function", 0), call.engine.elements(call.value("iterable", 1))
    start = call.find("initial", 2)
    if call.open or row is None or len(row) > MOST_REDUCED or not (start or row):
        return Unknown("a reduction of unknown values")
    value, *rest = row if start is None else (start.value, *row)
    for each in rest:
        value = applied(registry, call, function, (value, each))
    return value


MOST_REDUCED = 64


@op("itertools.zip_longest", "itertools.accumulate", "itertools.groupby", "itertools.takewhile", "itertools.dropwhile")
def unknown(registry: Any, call: Call) -> Value:
    return Unknown(f"{call.callee} is not followed")
