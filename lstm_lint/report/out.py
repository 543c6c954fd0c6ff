"""From findings to the text that leaves the program: which format, in which colours, with which closing words."""

import os
from collections.abc import Collection, Sequence
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


def rendered(
    form: str, findings: Sequence[Finding], files: Files, coloured: bool, applied: Collection[str] = text.SAFE
) -> str:
    match form:
        case "json":
            from lstm_lint.report import json

            return json.render(findings)
        case "github":
            from lstm_lint.report import github

            return github.render(findings, files.lines, files.in_file)
        case "concise":
            return text.concise(findings, coloured, applied)
    return text.render(findings, files.lines, coloured, applied)


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


def counted(form: str, findings: Sequence[Finding], applied: Collection[str]) -> str:
    """How often each rule spoke."""
    from lstm_lint.report import statistics

    return (statistics.as_json if form == "json" else statistics.render)(findings, applied)


def closing(left: Sequence[Finding], fixed: int, applied: Collection[str] = text.SAFE) -> str:
    """The last lines, in ruff's words; findings of severity info are notes and fail nothing."""
    errors, notes = counts(left)
    aside = f" {many(notes, 'note')}." if notes else ""
    found = f"Found {many(errors, 'error')}." if errors else "All checks passed!"
    if fixed:
        found = f"Found {many(errors + fixed, 'error')} ({fixed} fixed, {errors} remaining)."
    return f"{found}{aside}\n{_offer(left, fixed, applied)}"


def _offer(left: Sequence[Finding], fixed: int, applied: Collection[str]) -> str:
    """What fixes there are, and how one gets them."""
    fixable = 0 if fixed else sum(text.is_fixable(each, applied) for each in left)
    hidden = sum(text.is_fixable(each, ("unsafe",)) for each in left) if "unsafe" not in applied else 0
    fixes = f"{hidden} hidden fix{'es' * (hidden != 1)}"
    aside = f" ({fixes} can be enabled with the `--unsafe-fixes` option)" if hidden else ""
    if fixable:
        return f"[*] {fixable} fixable with the `--fix` option{aside}.\n"
    return f"No fixes available{aside}.\n" if hidden else ""


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
