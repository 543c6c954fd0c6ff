"""A file, or the program of a notebook, as a libcst tree; or what keeps it from being one."""

from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lint.records import dataclass, replace
from lstm_lint.source.guard import guard
from lstm_lint.source.notebook import Notebook, is_notebook, read
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import LARGEST, Broken, decode

if TYPE_CHECKING:
    import libcst


@dataclass(eq=False)
class Source:
    """One parsed file: its text to the last line end, and the tree of just that text.

    The text of a notebook is the program of its cells.
    """

    path: Path
    text: str
    encoding: str
    tree: "libcst.Module"
    notebook: Notebook | None = None


def parse(path: Path, data: bytes) -> Source:
    """The file at `path`, whose bytes the caller has read. Raises Broken."""
    if is_notebook(path):
        return _program(path, read(data))
    if len(data) > LARGEST:
        raise Broken("file-too-large", f"{len(data):,} bytes: more than {LARGEST:,} are not read")
    text, encoding = decode(data)
    guard(text)
    return Source(path, text, encoding, _tree(text))


def _program(path: Path, page: Notebook) -> Source:
    """A cell that only libcst cannot read costs itself alone, too."""
    if len(page.text) > LARGEST:
        raise Broken("file-too-large", f"{len(page.text):,} characters of code: more than {LARGEST:,} are not read")
    guard(page.text)
    try:
        return Source(path, page.text, page.encoding, _tree(page.text), page)
    except Broken as broken:
        cell = page.at(broken.row)
        if cell is None or cell.broken:
            raise
        return _program(path, page.without(cell.number, replace(broken, row=broken.row - cell.row + 1)))


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
