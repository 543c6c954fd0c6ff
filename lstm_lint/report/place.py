"""How a place is written: `train.py:12:5`, in a notebook `train.ipynb:cell 3:12:5`."""

import os
from pathlib import Path

from lstm_lint.findings import Finding, Span


def shown(path: Path) -> str:
    """Seen from the working directory, if it lies below."""
    try:
        below = path.relative_to(Path.cwd())
    except ValueError:
        return str(path)
    return str(below)


def whole(path: Path) -> str:
    return str(path) if str(path) == "-" else os.path.abspath(path)


def where(finding: Finding) -> str:
    return f"{on_row(finding.path, finding.span)}:{finding.span.column}"


def on_row(path: Path, span: Span) -> str:
    """Without the column."""
    cell = f"cell {span.cell}:" if span.cell is not None else ""
    return f"{shown(path)}:{cell}{span.row}"


def one_line(text: str) -> str:
    """So that nothing in a file's name or a message can begin a line of its own, or steer a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
