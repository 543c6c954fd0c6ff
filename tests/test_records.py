"""A record behaves as the standard library's dataclass of the same fields, but for being frozen."""

import dataclasses
from itertools import product
from typing import Any

import pytest

from lstm_lint import records

OPTIONS = [{}, {"frozen": True}, {"eq": False}, {"frozen": True, "order": True}, {"kw_only": True}]


def made(by: Any, options: dict[str, bool]) -> Any:
    class Row:
        """Two that count and one that does not."""

        units: int
        name: str = "lstm"
        seen: tuple[int, ...] = by.field(default=(), compare=False, repr=False)

        def wider(self) -> Any:
            return by.replace(self, units=self.units + 1)

    Row.__qualname__ = "Row"
    return by.dataclass(**options)(Row) if by is records else by.dataclass(slots=True, **options)(Row)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_as_the_standard_one(options: dict[str, bool]) -> None:
    ours, theirs = made(records, options), made(dataclasses, options)
    rows = [{"units": 1}, {"units": 1, "seen": (3,)}, {"units": 1, "name": "gru"}, {"units": 2}]
    assert [repr(ours(**row)) for row in rows] == [repr(theirs(**row)) for row in rows]
    assert repr(ours(units=1).wider()) == repr(theirs(units=2))
    for one, other in product(rows, rows):
        assert (ours(**one) == ours(**other)) == (theirs(**one) == theirs(**other))
        assert ours(**one) != theirs(**one)
    assert (ours.__hash__ is None) == (theirs.__hash__ is None)
    if options.get("frozen"):
        assert len({ours(**row) for row in rows}) == len({theirs(**row) for row in rows}) == 3
    with pytest.raises((AttributeError, TypeError)):
        ours(units=1).other = 2
