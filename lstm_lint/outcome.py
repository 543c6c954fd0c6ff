"""What a run has in hand: the files as they are now, what is said of them, and what fixes changed."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lint.findings import Confirmation, Finding, Span, Target
from lstm_lint.records import dataclass, field, replace

if TYPE_CHECKING:
    from lstm_lint.claims import Claim
    from lstm_lint.trace import ModelRow, Trace


@dataclass(frozen=True)
class File:
    """`data` None: as it lies on disk; else as it was piped in, or as fixes have changed it."""

    path: Path
    data: bytes | None = None
    piped: bool = False

    def read(self) -> bytes:
        return self.path.read_bytes() if self.data is None else self.data


@dataclass(frozen=True)
class Said:
    """A finding in one generation of those `asked`, and what a witness of it needs."""

    finding: Finding
    asked: tuple[Target, ...]
    evidence: "tuple[Claim, Trace] | None" = None


@dataclass(frozen=True)
class Made:
    """A model in which nothing clashes, in one generation, and what a witness of it needs."""

    row: "ModelRow"
    target: Target
    trace: "Trace"


Asked = tuple[str, Confirmation]
"""A name for the witness, and what Keras said."""


@dataclass
class Outcome:
    """`before`: the bytes of the files that fixes changed; `asked`: what Keras said of each claim in them, and
    of each model of those `made`.
    """

    files: dict[Path, File]
    findings: list[Finding] = field(default_factory=list)
    before: dict[Path, bytes] = field(default_factory=dict)
    fixes: Counter[Path] = field(default_factory=Counter)
    asked: dict[Path, list[Asked]] = field(default_factory=dict)
    made: dict[Path, list[Made]] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)

    def lines(self, path: Path, cell: int | None) -> list[str]:
        """What a report shows of a file, or of a notebook's cell."""
        try:
            data = self.files[path].read()
        except (KeyError, OSError):
            return []
        return re.split("\r\n|\r|\n", text_of(data) if cell is None else _cell(data, cell))

    def in_file(self, path: Path, span: Span) -> Span:
        """Where the span lies in the file itself, were it a notebook or not."""
        if span.cell is None:
            return span
        from lstm_lint.source.splice import in_file

        return in_file(text_of(self.files[path].read()), span)

    def changes(self) -> list[tuple[Path, str, str]]:
        """Path, text before, text after."""
        return [(path, text_of(old), text_of(self.files[path].read())) for path, old in sorted(self.before.items())]

    def verdicts(self) -> list[Confirmation]:
        return [verdict for asked in self.asked.values() for _, verdict in asked]

    def refuted(self) -> list[Asked]:
        """What is withdrawn, since Keras says otherwise."""
        return [each for asked in self.asked.values() for each in asked if each[1].status == "refuted"]

    def keep_witnesses(self, directory: Path) -> None:
        """Each program that Keras was given, in a file of its own."""
        kept: set[Path] = set()
        for asked in self.asked.values():
            for name, verdict in asked:
                stem = f"{name}-{verdict.target}"
                paths = (directory / f"{stem}{f'-{number}' if number else ''}.py" for number in count())
                path = next(path for path in paths if path not in kept)
                kept.add(path)
                directory.mkdir(parents=True, exist_ok=True)
                if verdict.witness:
                    path.write_text(verdict.witness, "utf-8")

    def piped(self) -> bytes:
        """Standard input as it is now."""
        return next((file.read() for file in self.files.values() if file.piped), b"")

    def changed(self, file: File, data: bytes, fixes: int) -> None:
        self.before.setdefault(file.path, file.read())
        self.files[file.path] = replace(file, data=data)
        self.fixes[file.path] += fixes

    def revert(self, path: Path) -> None:
        if path in self.before:
            self.files[path] = replace(self.files[path], data=self.before.pop(path))
            del self.fixes[path]


def text_of(data: bytes) -> str:
    """For display: where a byte cannot be read, a sign of that; nothing of a binary."""
    from lstm_lint.source.text import Broken, decode

    try:
        return decode(data)[0]
    except Broken:
        return "" if b"\0" in data else data.decode("utf-8", "replace")


def _cell(data: bytes, number: int) -> str:
    from lstm_lint.source.notebook import read

    return next((cell.text for cell in read(data).cells if cell.number == number), "")


def merged(said: Sequence[Said]) -> list[Finding]:
    """Equal findings of several generations are one; a fix that is not right in every generation asked is none."""
    alike: dict[object, Finding] = {}
    for each in said:
        finding = each.finding if _agreed(each, said) else replace(each.finding, fix=None)
        key = (finding.span, finding.code, finding.severity, finding.fix)
        alike[key] = _joined(alike[key], finding) if key in alike else finding
    return list(alike.values())


def _agreed(one: Said, said: Sequence[Said]) -> bool:
    if one.finding.fix is None or len(one.asked) == 1:
        return True
    mine = (one.finding.span, one.finding.code, one.finding.fix)
    same = (each.finding for each in said if (each.finding.span, each.finding.code, each.finding.fix) == mine)
    return {finding.targets[0] for finding in same}.issuperset(one.asked)


def _joined(one: Finding, other: Finding) -> Finding:
    """The same twice in one generation is said once."""
    if set(other.targets) <= set(one.targets):
        return one
    both = (one.confirmation or ()) + (other.confirmation or ())
    return replace(one, targets=one.targets + other.targets, confirmation=both or None)


def order(finding: Finding) -> tuple[object, ...]:
    return str(finding.path), finding.span.cell or 0, finding.span, finding.code, finding.targets
