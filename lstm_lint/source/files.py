"""Edits of a text, and the text back into its file: all or nothing, both times."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lstm_lint.findings import Edit, Fix
from lstm_lint.source.lexer import line_starts


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with the fixes made in one go, and the fixes left out because they overlap an earlier one."""
    starts = line_starts(text)
    taken: list[tuple[int, int, str]] = []
    left_out: list[Fix] = []
    for fix in fixes:
        pieces = [(*_offsets(starts, edit), edit.content) for edit in fix.edits]
        if any(_clash(piece, other) for piece in pieces for other in taken):
            left_out.append(fix)
        else:
            taken += pieces
    return _put(text, sorted(taken, key=lambda piece: piece[:2])), tuple(left_out)


def write(path: Path, text: str, encoding: str) -> None:
    """Replace the file's content at once, so that no reader and no crash ever sees half of it."""
    real = path.resolve()
    handle, temporary = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode(encoding))
        shutil.copymode(real, temporary)
        os.replace(temporary, real)
    except BaseException:
        os.unlink(temporary)
        raise


def _offsets(starts: list[int], edit: Edit) -> tuple[int, int]:
    span = edit.span
    return starts[span.row - 1] + span.column - 1, starts[span.end_row - 1] + span.end_column - 1


def _clash(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits touch the same text; two insertions at one place do, for their order is anybody's guess."""
    return one[:2] == other[:2] or (one[0] < other[1] and other[0] < one[1])


def _put(text: str, pieces: list[tuple[int, int, str]]) -> str:
    parts, last = [], 0
    for start, end, content in pieces:
        parts += [text[last:start], content]
        last = end
    return "".join([*parts, text[last:]])
