"""Where a line of the tree stands in the text: Python's own parser, far faster than writing out all that comes before, tells."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from libcst import If, IndentedBlock, SimpleStatementLine

from lstm_lint.source.lexer import line_starts
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import Broken
from lstm_lint.source.tree import Source

if TYPE_CHECKING:
    from ast import stmt


def line_offsets(source: Source, lines: set[object]) -> Iterator[tuple[SimpleStatementLine, int, int]]:
    """Those of these lines that Python's parser finds too, each with the offsets of its row and its first statement."""
    try:
        statements = python_tree(source.text).body
    except Broken:
        return
    starts = line_starts(source.text)
    for line, statement in _pairs(source.tree.body, statements):
        if line in lines:
            row = starts[statement.lineno - 1]
            yield line, row, row + statement.col_offset


def _pairs(lines: Sequence[Any], statements: Sequence[Any]) -> "Iterator[tuple[SimpleStatementLine, stmt]]":
    """The lines of two trees of the same text: one counts a line of several statements as one."""
    position = 0
    for line in lines:
        statement = statements[position]
        if type(line) is SimpleStatementLine:
            yield line, statement
            position += len(line.body)
        else:
            for block, inner in _blocks(line, statement):
                if type(block) is IndentedBlock:
                    yield from _pairs(block.body, inner)
            position += 1


def _blocks(line: Any, statement: Any) -> "Iterator[tuple[Any, Sequence[stmt]]]":
    """The bodies of a compound statement."""
    for name in ("handlers", "cases"):
        for one, other in zip(getattr(line, name, ()), getattr(statement, name, ()), strict=True):
            yield one.body, other.body
    if hasattr(line, "body"):
        yield line.body, statement.body
    orelse, final = getattr(line, "orelse", None), getattr(line, "finalbody", None)
    if type(orelse) is If:
        yield from _blocks(orelse, statement.orelse[0])
    elif orelse is not None:
        yield orelse.body, statement.orelse
    if final is not None:
        yield final.body, statement.finalbody
