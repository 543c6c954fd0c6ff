"""From findings to the text that leaves the program: which format, in which colours, with which closing words."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TextIO

from lstm_lint.findings import Finding, Severity, Span
from lstm_lint.report import text
from lstm_lint.report.place import shown

CLOSED = ("text", "concise")
"""The formats under which a closing line stands."""


class Files(Protocol):
    """The files that findings are of, as far as a report shows them."""

    def lines(self, path: Path, cell: int | None) -> Sequence[str]: ...

    def in_file(self, path: Path, span: Span) -> Span: ...


def rendered(form: str, findings: Sequence[Finding], files: Files, coloured: bool) -> str:
    match form:
        case "json":
            from lstm_lint.report import json

            return json.render(findings)
        case "github":
            from lstm_lint.report import github

            return github.render(findings, files.lines, files.in_file)
        case "concise":
            return text.concise(findings, coloured)
    return text.render(findings, files.lines, coloured)


def coloured(stream: TextIO) -> bool:
    """On a terminal; FORCE_COLOR and NO_COLOR overrule that, if they are not empty."""
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def to_job_summary(findings: Sequence[Finding]) -> None:
    """GitHub shows what is appended to this file on the page of the job."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if page:
        from lstm_lint.report import github

        with open(page, "a", encoding="utf-8") as file:
            file.write(github.summary(findings))


def closing(left: Sequence[Finding], fixed: int) -> str:
    """The last line, in ruff's words; findings of severity info are notes and fail nothing."""
    errors, notes = counts(left)
    aside = f" {many(notes, 'note')}." if notes else ""
    if fixed:
        return f"Found {many(errors + fixed, 'error')} ({fixed} fixed, {errors} remaining).{aside}\n"
    fixable = sum(map(text.is_fixable, left))
    offer = f"[*] {fixable} fixable with the `--fix` option.\n" if fixable else ""
    found = f"Found {many(errors, 'error')}." if errors else "All checks passed!"
    return f"{found}{aside}\n{offer}"


def would(left: Sequence[Finding], fixed: int) -> str:
    """What `--diff` says beside the diff."""
    errors, _ = counts(left)
    rest = f"; {many(errors, 'error')} would be left" if errors else ""
    return f"would fix {many(fixed, 'error')}{rest}"


def diff(changes: Sequence[tuple[Path, str, str]]) -> str:
    from difflib import unified_diff

    lines: list[str] = []
    for path, before, after in changes:
        name = shown(path)
        lines += unified_diff(before.splitlines(True), after.splitlines(True), name, name)
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def counts(findings: Sequence[Finding]) -> tuple[int, int]:
    """Errors (and warnings), and notes."""
    notes = sum(finding.severity is Severity.INFO for finding in findings)
    return len(findings) - notes, notes


def many(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
