"""A file as a libcst tree, or what keeps it from being one."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lint.source.guard import guard
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import LARGEST, Broken, decode

if TYPE_CHECKING:
    import libcst


@dataclass(eq=False, slots=True)
class Source:
    """One parsed file: its text to the last line end, and the tree of just that text."""

    path: Path
    text: str
    encoding: str
    tree: "libcst.Module"


def parse(path: Path, data: bytes) -> Source:
    """The file at `path`, whose bytes the caller has read. Raises Broken."""
    if len(data) > LARGEST:
        raise Broken("file-too-large", f"{len(data):,} bytes: more than {LARGEST:,} are not read")
    text, encoding = decode(data)
    guard(text)
    return Source(path, text, encoding, _tree(text))


def _tree(text: str) -> "libcst.Module":
    import libcst

    try:
        return libcst.parse_module(text)
    except libcst.ParserSyntaxError as error:
        python_tree(text)  # its words and its position are the better ones
        raise Broken("broken-syntax", error.message, error.raw_line, error.raw_column + 1) from None
    except libcst.CSTValidationError as error:
        python_tree(text)
        raise Broken("broken-syntax", str(error)) from None
