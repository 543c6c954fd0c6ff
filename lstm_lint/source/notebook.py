"""A notebook as one program: the code cells in order, each row of which lies in the program exactly once.

The program's text stands for the cells' own: `placed` tells where in which cell a stretch of it lies, and `row_of` goes
back. A cell that does not parse leaves behind that nothing is known of what it may have changed.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from lstm_lint.findings import Span
from lstm_lint.records import dataclass, replace
from lstm_lint.source.guard import guard
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import NEWLINE, Broken, decode

SUFFIX = ".ipynb"
LARGEST = 50_000_000

_HISTORY = ("In", "Out", "_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh", "_dh", "exit", "quit")
_NUMBERED = r"(?<![\w.])_i?\d+\b"


@dataclass(frozen=True)
class Cell:
    """A code cell: `number` counts all cells from 1, `row` is where it begins in the program.

    `lead` is a row of ours before it, `code` what stands for it in the program.
    """

    number: int
    text: str
    code: str
    lead: str = ""
    row: int = 0
    broken: Broken | None = None
    raises: bool = False


@dataclass(frozen=True)
class Notebook:
    cells: tuple[Cell, ...]
    text: str
    encoding: str

    def broken(self) -> list[tuple[int, Broken]]:
        """The cells that do not parse."""
        return [(cell.number, cell.broken) for cell in self.cells if cell.broken]

    def at(self, row: int) -> Cell | None:
        """The cell that holds a row of the program."""
        index = bisect_right([cell.row for cell in self.cells], row)
        cell = self.cells[index - 1] if index else None
        return cell if cell and row < cell.row + len(lines(cell.text)) else None

    def without(self, number: int, broken: Broken) -> "Notebook":
        """The program without what one more cell does."""
        modules = _modules(self.cells)
        cells = [_lost(cell, broken, modules) if cell.number == number else cell for cell in self.cells]
        return _notebook(cells, self.encoding)


def is_notebook(path: Path) -> bool:
    return path.suffix == SUFFIX


def text_of(path: Path, data: bytes) -> str:
    """The Python text of a file, or of the cells of a notebook as they are. Raises Broken."""
    return "\n".join(cell.code for cell in _opened(data)[0]) if is_notebook(path) else decode(data)[0]


def lines(text: str) -> list[str]:
    return re.split(NEWLINE, text)


@lru_cache(maxsize=4)
def read(data: bytes) -> Notebook:
    """Raises Broken for what is no notebook."""
    found, encoding = _opened(data)
    modules = _modules(found)
    return _notebook([_parsed(cell, modules) for cell in found], encoding)


def _opened(data: bytes) -> tuple[list[Cell], str]:
    if len(data) > LARGEST:
        raise Broken("file-too-large", f"{len(data):,} bytes: more than {LARGEST:,} are not read")
    text, encoding = decode(data)
    return list(_cells(text)), encoding


def placed(page: Notebook | None, span: Span) -> Span:
    """Where a stretch of the program lies in the cells."""
    cell = page.at(span.row) if page else None
    if cell is None:
        return span
    before = cell.row - 1
    return Span(span.row - before, span.column, span.end_row - before, span.end_column, cell.number)


def row_of(page: Notebook | None, span: Span) -> int:
    """The row of the program on which a span of some cell begins."""
    start = next((cell.row for cell in page.cells if cell.number == span.cell), 1) if page else 1
    return start + span.row - 1


def _notebook(cells: Sequence[Cell], encoding: str) -> Notebook:
    """The program, whose first row binds what a notebook's runtime binds."""
    from lstm_lint.source.magics import UNKNOWN

    names = dict.fromkeys([*_HISTORY, *(name for cell in cells for name in re.findall(_NUMBERED, cell.code))])
    rows, placed_cells = [f"{' = '.join(names)} = {UNKNOWN}"], []
    for cell in cells:
        rows += [cell.lead] * bool(cell.lead)
        placed_cells.append(replace(cell, row=len(rows) + 1))
        rows += lines(cell.code)
    return Notebook(tuple(placed_cells), "\n".join(rows) + "\n", encoding)


def _parsed(cell: Cell, modules: frozenset[str]) -> Cell:
    try:
        guard(cell.code)
        python_tree(f"{cell.lead}\n{cell.code}")
    except Broken as broken:
        return _lost(cell, replace(broken, row=max(broken.row - 1, 1)), modules)
    return cell


def _lost(cell: Cell, broken: Broken, modules: frozenset[str]) -> Cell:
    from lstm_lint.source.magics import remains

    lead, code = remains(cell.code, modules)
    return replace(cell, lead=lead, code=code, broken=broken)


def _modules(cells: Sequence[Cell]) -> frozenset[str]:
    from lstm_lint.source.magics import imported

    return frozenset().union(*(imported(cell.text) for cell in cells))


def _cells(text: str) -> Iterator[Cell]:
    """The code cells of Python, none of them parsed yet."""
    if not text.strip():
        return
    try:
        book = json.loads(text)
    except json.JSONDecodeError as error:
        raise Broken("broken-notebook", f"this is not JSON: {error.msg}", error.lineno, error.colno) from None
    except (RecursionError, ValueError) as error:
        raise Broken("broken-notebook", f"this JSON cannot be read: {error}") from None
    found = _listed(book)
    if found is None:
        raise Broken("broken-notebook", "this is no notebook: it has no list of cells")
    if _speaks_python(book.get("metadata")):
        for number, cell in enumerate(found, 1):
            source = _source(cell)
            if source is not None:
                yield _cell(number, source, cell)


def _listed(book: Any) -> list[Any] | None:
    """All cells: of the notebook (nbformat 4), or of its worksheets (nbformat 3)."""
    if not isinstance(book, dict):
        return None
    sheets = book.get("worksheets", [book])
    if not isinstance(sheets, list):
        return None
    pages = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
    lists = [page for page in pages if isinstance(page, list)]
    return [cell for page in lists for cell in page] if len(lists) == len(sheets) else None


def _speaks_python(about: Any) -> bool:
    """Whether the kernel is one of Python, or none is named."""
    named = [about.get("kernelspec"), about.get("language_info")] if isinstance(about, dict) else []
    said = [each.get(key) for each, key in zip(named, ("language", "name"), strict=False) if isinstance(each, dict)]
    return all(_is_python(language) for language in said[:2])


def _is_python(language: Any) -> bool:
    return not isinstance(language, str) or language.lower().startswith(("python", "ipython"))


def _source(cell: Any) -> str | None:
    """What a code cell of Python holds: `source`, in nbformat 3 `input`; a string, or a list of strings."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    about = cell.get("metadata")
    editor = about.get("vscode") if isinstance(about, dict) else None
    if not _is_python(cell.get("language")) or not _is_python(editor.get("languageId") if editor else None):
        return None
    source = cell.get("source", cell.get("input", ""))
    pieces = source if isinstance(source, list) else [source]
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) < len(pieces):
        raise Broken("broken-notebook", "this is no notebook: the source of a cell is no text")
    return "".join(texts).encode("utf-8", "replace").decode("utf-8")


def _cell(number: int, source: str, cell: Any) -> Cell:
    """IPython runs a cell that is indented as a whole, and one that may raise goes on."""
    from lstm_lint.source.magics import python_of

    code = python_of(source)
    about = cell.get("metadata")
    tags = about.get("tags") if isinstance(about, dict) else None
    first = next((line for line in lines(code) if line.strip() and not line.lstrip().startswith("#")), "")
    lead = "if 1:" if first[:1] in (" ", "\t") else ""
    return Cell(number, source, code, lead, raises=isinstance(tags, list) and "raises-exception" in tags)
