"""What is put into a text where nothing stood: statements, elements of a list, imports."""

import re

from libcst import (
    Attribute,
    Call,
    Dict,
    FormattedString,
    List,
    Name,
    SimpleString,
    Subscript,
)

from lstm_lint.source import nodes
from lstm_lint.source.arguments import Cut
from lstm_lint.source.lexer import newline_of
from lstm_lint.source.places import Written, write_out
from lstm_lint.source.syntax import indent_of
from lstm_lint.source.text import NEWLINE
from lstm_lint.source.tree import Source

ATOMS = (Name, Attribute, Subscript, Call, List, Dict, SimpleString, FormattedString)
"""What takes a subscript or an attribute as it stands."""

_COMMENT = re.compile(r"[ \t]*#[^\r\n]*$")


def flowing(source: Source, start: int, text: str) -> str:
    """Statements on lines of their own, if that is how the first of them stands; else behind one another."""
    before = _before(source.text, start)
    blank = not before.strip()
    return text.replace("\n", newline_of(source.text) + before if blank else "; ")


def before_statement(source: Source, written: Written, node: object, text: str) -> Cut | None:
    home = written.homes.get(node)
    return None if home is None else Cut(home, home, flowing(source, home, f"{text}\n"))


def once_more(source: Source, written: Written, node: object, text: str) -> Cut | None:
    """A call that is a statement, before that statement, with other arguments."""
    home = written.homes.get(node)
    if home is None or not isinstance(node, Call) or written.outer[node][0] != home:
        return None
    callee = source.text[slice(*written.outer[node.func])]
    return Cut(home, home, flowing(source, home, f"{callee}({text})\n"))


def instead_of_statement(source: Source, written: Written, node: object, text: str) -> Cut | None:
    """Instead of a statement that is a call, alone on its lines."""
    start, end = written.outer[node]
    indent, after = _before(source.text, start), _after(source.text, end).strip()
    if written.homes.get(node) != start or indent.strip() or after and not after.startswith("#"):
        return None
    deeper = text.replace("    ", indent_of(source.text))
    return Cut(start, end, deeper.replace("\n", newline_of(source.text) + indent))


def before_item(source: Source, start: int, text: str) -> Cut | None:
    """Before the first element of a list."""
    before = source.text[:start].rstrip()
    while comment := _COMMENT.search(before, _line_start(before)):  # the list opens on a line with a comment
        before = before[: comment.start()].rstrip()
    if not before.endswith("["):
        return None
    indent = _before(source.text, start)
    separator = newline_of(source.text) + indent if not indent.strip() else " "
    return Cut(start, start, f"{text},{separator}")


def behind_imports(source: Source, start: int, text: str) -> Cut | None:
    """Behind the last import of the module's own that comes before; None if there is none."""
    lines = [line for line in source.tree.body if _imports(line)]
    written = write_out(source, lines, lines=lines)
    ends = [where[1] for where in map(written.range, lines) if where and where[1] <= start]
    if not ends:
        return None
    end = ends[-1] + len(_after(source.text, ends[-1]))
    return Cut(end, end, newline_of(source.text) + text)


def _imports(line: object) -> bool:
    body = line.body if isinstance(line, nodes.SimpleStatementLine) else (None,)
    return all(isinstance(each, nodes.Import | nodes.ImportFrom) for each in body)


def _before(text: str, offset: int) -> str:
    """What stands before on its line."""
    return text[_line_start(text[:offset]) : offset]


def _line_start(text: str) -> int:
    """Where its last line begins."""
    return max(text.rfind("\n"), text.rfind("\r")) + 1


def _after(text: str, offset: int) -> str:
    end = NEWLINE.search(text, offset)
    return text[offset : end.start() if end else len(text)]
