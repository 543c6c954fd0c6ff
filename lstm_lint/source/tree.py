"""A file, or the program of a notebook, as a tree; or what keeps it from being one."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lint.records import dataclass, replace
from lstm_lint.source import nodes
from lstm_lint.source.guard import guard
from lstm_lint.source.notebook import Notebook, is_notebook, read
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import LARGEST, NEWLINE, Broken, decode

if TYPE_CHECKING:
    import libcst

FRAMES = 20_000
"""Every walk takes some four frames for a level of nesting; the guards keep nesting in bounds."""


@dataclass(eq=False)
class Source:
    """One parsed file: its text to the last line end, and the tree of just that text.

    The text of a notebook is the program of its cells.
    """

    path: Path
    text: str
    encoding: str
    tree: nodes.Module
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
    """A cell that cannot be read among the others costs itself alone, too."""
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


def _tree(text: str) -> nodes.Module:
    """What is newer than this Python, libcst may read."""
    try:
        tree = python_tree(text)
    except Broken as broken:
        if broken.rule != "broken-syntax":
            raise
        return _newer(text, broken)
    from lstm_lint.source.build.statements import block

    with frames():
        return nodes.Module(block(tree.body, NEWLINE.split(text)))


def _newer(text: str, broken: Broken) -> nodes.Module:
    from lstm_lint.source.build.newer import module

    try:
        return module(whole(text))
    except Broken:
        raise broken from None


def whole(text: str) -> "libcst.Module":
    """libcst's own tree, which has all that is written."""
    import libcst

    try:
        return libcst.parse_module(text)
    except libcst.ParserSyntaxError as error:
        raise Broken("broken-syntax", error.message, error.raw_line, error.raw_column + 1) from None
    except libcst.CSTValidationError as error:
        raise Broken("broken-syntax", str(error)) from None


@contextmanager
def frames() -> Generator[None]:
    """Room for deep recursion. Frames of Python functions lie on the heap, so this costs the C stack nothing."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(FRAMES, before))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
