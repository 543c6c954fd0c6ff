"""What the linter says: a finding, where it stands, how the shapes came there, how to mend it."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

from lstm_lint.records import dataclass, field

Target = Literal["keras2", "keras3"]
Status = Literal["confirmed", "refuted", "unconfirmed"]
Applicability = Literal["safe", "unsafe", "display"]


class Severity(StrEnum):
    """error: Keras raises; warning: it runs and surely does the wrong thing; info: slower or riskier than need be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of text: rows and columns count from 1, columns count characters, the end is exclusive.

    `cell` is the notebook cell (from 1) that the rows count in, or None.
    """

    row: int
    column: int
    end_row: int
    end_column: int
    cell: int | None = None


@dataclass(frozen=True)
class Place:
    """A node in a parsed file. Opaque to all but `source`, which alone turns it into a span.

    `line` is the statement in which to look for the node first.
    """

    file: object
    node: object
    line: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Edit:
    """Put `content` where `span` was."""

    span: Span
    content: str


@dataclass(frozen=True)
class Fix:
    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = "safe"


@dataclass(frozen=True)
class Step:
    """One step on the shapes' way, such as `LSTM(8): (None, 10, 4) -> (None, 8)`."""

    path: Path
    span: Span
    text: str


@dataclass(frozen=True)
class Confirmation:
    """What Keras itself said of a claim; `detail` in its words or ours, `witness` the program that was run."""

    target: Target
    status: Status
    keras: str
    backend: str
    device: str
    detail: str
    witness: str


@dataclass(frozen=True)
class Finding:
    """A mistake. `rule` is a card's name."""

    code: str
    rule: str
    severity: Severity
    message: str
    path: Path
    span: Span
    targets: tuple[Target, ...] = ()
    hint: str = ""
    trail: tuple[Step, ...] = ()
    fix: Fix | None = None
    confirmation: tuple[Confirmation, ...] | None = None
