"""Strings, comments, brackets and line ends, found by one regular expression: what can be said of a text without its tree."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from lstm_lint.records import dataclass
from lstm_lint.source.text import NEWLINE

# An unterminated string runs to the end of its line, or of the text: a second look at each quote would be quadratic.
STRING = (
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?|'
    r"'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?|"
    r'"(?:[^"\\\r\n]++|\\(?:\r\n|.))*+"?|'
    r"'(?:[^'\\\r\n]++|\\(?:\r\n|.))*+'?"
)
TOKEN = re.compile(rf"(?s:{STRING}|#[^\r\n]*|\\(?:\r\n|.)|\r\n?|[][(){{}}\n])")


@dataclass(frozen=True)
class Comment:
    row: int
    column: int
    text: str


def line_starts(text: str) -> list[int]:
    """The offset of each row; rows end where Python ends them, at no other separator that `str.splitlines` knows."""
    return [0, *(match.end() for match in NEWLINE.finditer(text))]


def newline_of(text: str) -> str:
    """How the lines of the text end."""
    found = NEWLINE.search(text)
    return found[0] if found else "\n"


def comments(text: str) -> Iterator[Comment]:
    """All true comments: none that only looks like one inside a string."""
    starts = line_starts(text)
    for match in TOKEN.finditer(text):
        if match[0][0] == "#":
            row = bisect_right(starts, match.start())
            yield Comment(row, match.start() - starts[row - 1] + 1, match[0])


def statement_starts(text: str) -> list[int]:
    """The row on which each statement begins; the header of a compound statement and each `else` count as one."""
    starts, rows, depth = line_starts(text), [1], 0
    for match in TOKEN.finditer(text):
        first = match[0][0]
        if first in "([{":
            depth += 1
        elif first in ")]}":
            depth = max(depth - 1, 0)
        elif first in "\r\n" and not depth:
            rows.append(bisect_right(starts, match.end()))
    return rows


def statement_rows(starts: list[int], row: int) -> tuple[int, int]:
    """First and last row of the statement that holds `row`, given `statement_starts`."""
    index = bisect_right(starts, row)
    return starts[index - 1], (starts[index] - 1 if index < len(starts) else max(row, starts[-1]))
