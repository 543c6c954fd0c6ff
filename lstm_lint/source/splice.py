"""Where the cells of a notebook lie in its file: what is said of a cell, or changed in it, as said of the JSON itself.

The rest of the JSON stays as it is, byte for byte: nothing is parsed and written anew.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from lstm_lint.findings import Edit, Fix, Span
from lstm_lint.records import dataclass, replace
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.places import span_at

_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}:,]')
_CHARACTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)


@dataclass(frozen=True)
class Room:
    """The source of a cell: the offset in the file of each character, and of the end; what parts one string of a list
    from the next, or nothing if it is one string. `newline` is the cell's own; the program's is always a line feed."""

    offsets: list[int]
    starts: list[int]
    between: str
    newline: str


def in_file(text: str, span: Span) -> Span:
    """Rows and columns of the file for those of a cell."""
    if span.cell is None:
        return span
    room = _rooms(text)[span.cell]
    return span_at(line_starts(text), *_range(room, span))


def fix_in_file(text: str, fix: Fix) -> Fix:
    return replace(fix, edits=tuple(_edit(text, edit) for edit in fix.edits))


def _edit(text: str, edit: Edit) -> Edit:
    if edit.span.cell is None:
        return edit
    room = _rooms(text)[edit.span.cell]
    *rows, last = edit.content.replace("\n", room.newline).split("\n")
    written = [json.dumps(row, ensure_ascii=text.isascii())[1:-1] for row in (*(f"{row}\n" for row in rows), last)]
    return Edit(in_file(text, edit.span), (f'"{room.between}"' if room.between else "").join(written))


def _range(room: Room, span: Span) -> tuple[int, int]:
    def offset(row: int, column: int) -> int:
        within = room.starts[row - 1] + column - 1 if row <= len(room.starts) else len(room.offsets) - 1
        return room.offsets[within]

    return offset(span.row, span.column), offset(span.end_row, span.end_column)


@lru_cache(maxsize=2)
def _rooms(text: str) -> dict[int, Room]:
    """The number of each cell (as `notebook` counts them) -> its room."""
    strings: dict[int, list[tuple[int, int]]] = {}
    for number, start, end in _strings(text):
        strings.setdefault(number, []).append((start, end))
    return {number: _room(text, found) for number, found in strings.items()}


def _room(text: str, strings: list[tuple[int, int]]) -> Room:
    """A place between two strings is the beginning of the second."""
    offsets, content = [], ""
    for start, end in strings:
        offsets += [mark.start() for mark in _CHARACTER.finditer(text, start + 1, end - 1)]
        content += json.loads(text[start:end])
    newline = "\r\n" if "\r\n" in content else "\n"
    return Room([*offsets, strings[-1][1] - 1], line_starts(content), _between(text, strings), newline)


def _between(text: str, strings: list[tuple[int, int]]) -> str:
    first = strings[0][0]
    if len(strings) > 1:
        return text[strings[0][1] : strings[1][0]]
    before = text[:first].rstrip()
    return f",{text[len(before) : first]}" if before.endswith("[") else ""


def _strings(text: str) -> Iterator[tuple[int, int, int]]:
    """Each string of a cell's source: the cell's number, start and end with the quotes."""
    path: list[str | int | None] = []  # for each open bracket the index or the key, None where a key is to come
    before = 0
    for token in _TOKEN.finditer(text):
        match token[0][0]:
            case "{":
                path.append(None)
            case "[":
                path.append(0)
            case "," if path:
                last = path[-1]
                path[-1] = last + 1 if isinstance(last, int) else None
            case "}" | "]" if path:
                last = path.pop()
                if isinstance(last, int) and path[:1] + path[2:] == ["worksheets", "cells"]:
                    before += last + 1
            case '"' if path and path[-1] is None:
                path[-1] = json.loads(token[0])
            case '"' if (index := _cell_of(path)) is not None:
                yield before + index + 1, *token.span()


def _cell_of(path: list[str | int | None]) -> int | None:
    """The index of the cell whose source a string at this path belongs to."""
    inner = path[2:] if path[:1] == ["worksheets"] else path
    if len(inner) in (3, 4) and inner[0] == "cells" and inner[2] in ("source", "input") and isinstance(inner[1], int):
        return inner[1]
    return None
