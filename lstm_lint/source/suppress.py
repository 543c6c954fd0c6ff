"""What the user has allowed in comments, and which of these allowances were never needed.

`# lstm-lint: allow NAME[, CODE ...] [-- reason]` on any line of the finding's statement, `# lstm-lint: allow-file NAME`
anywhere, and flake8's `# noqa` and `# noqa: CODE` as flake8 reads them, save that they must be true comments.
"""

import re
from collections.abc import Iterator

from lstm_lint.records import dataclass, field
from lstm_lint.source.lexer import Comment, comments, statement_rows, statement_starts

_ALLOW = r"#\s*lstm-lint:\s*(allow(?:-file)?)\s+([\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+--.*)?"
_NOQA = r"(?i:#\s*noqa(?::\s?(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?)"


@dataclass(frozen=True)
class Allowance:
    """`names` none: all rules. `whole`: for the whole file. `ours`: to be reported if unused."""

    row: int
    column: int
    end_column: int
    names: tuple[str, ...]
    whole: bool = False
    ours: bool = True

    def admits(self, rule: str, code: str) -> tuple[str, ...]:
        """Those of its names that mean this rule; flake8 takes a code also by its beginning."""
        if self.ours:
            return tuple(name for name in self.names if name in (rule, code))
        return tuple(name for name in self.names if code.startswith(name.upper())) if self.names else ("",)


@dataclass
class Suppressions:
    """All allowances of one file, with the names among them that came to use."""

    allowances: tuple[Allowance, ...] = ()
    statements: list[int] = field(default_factory=list)
    used: set[tuple[Allowance, str]] = field(default_factory=set)

    @classmethod
    def of(cls, text: str) -> "Suppressions":
        if not any(word in text for word in ("lstm-lint:", "noqa", "NOQA", "NoQA", "NoQa")):
            return cls()
        found = tuple(allowance for comment in comments(text) for allowance in _allowances(comment))
        return cls(found, statement_starts(text) if found else [])

    def covers(self, row: int, rule: str, code: str) -> bool:
        """Whether a finding that begins on `row` is allowed. Remembers which allowances served."""
        if not self.allowances:
            return False
        first, last = statement_rows(self.statements, row)
        near = [allowance for allowance in self.allowances if allowance.whole or first <= allowance.row <= last]
        served = {(allowance, name) for allowance in near for name in allowance.admits(rule, code)}
        self.used |= served
        return bool(served)

    def unused(self) -> list[tuple[int, int, int, tuple[str, ...]]]:
        """Row, column, end column and names of each `allow` with names that suppressed nothing."""
        idle = [
            (allowance, tuple(name for name in allowance.names if (allowance, name) not in self.used))
            for allowance in self.allowances
            if allowance.ours
        ]
        return [(each.row, each.column, each.end_column, names) for each, names in idle if names]


def _allowances(comment: Comment) -> Iterator[Allowance]:
    for match in re.finditer(_ALLOW, comment.text):
        names = tuple(re.split(r"\s*,\s*", match[2]))
        yield _allowance(comment, match, names, whole=match[1] == "allow-file")
    if noqa := re.search(_NOQA, comment.text):
        codes = tuple(re.split(r"[,\s]+", noqa["codes"])) if noqa["codes"] else ()
        yield _allowance(comment, noqa, codes, ours=False)


def _allowance(
    comment: Comment, match: re.Match[str], names: tuple[str, ...], *, whole: bool = False, ours: bool = True
) -> Allowance:
    start = comment.column + match.start()
    return Allowance(comment.row, start, comment.column + match.end(), names, whole, ours)
