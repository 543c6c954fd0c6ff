"""For GitHub Actions: annotations within the limits of a step, the list in the log, a table in the job's summary."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lstm_lint.findings import Finding, Severity, Span
from lstm_lint.report import text
from lstm_lint.report.place import one_line, where, whole

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST = 10
"""Annotations of one kind that GitHub shows per step; it drops the others silently."""


InFile = Callable[[Path, Span], Span]
"""Where a span lies in the file as GitHub shows it: the rows of a notebook's file are not those of its cells."""


def render(findings: Sequence[Finding], lines: text.Lines, in_file: InFile) -> str:
    if not findings:
        return ""
    each = ((_folded(findings, severity), severity) for severity in COMMANDS)
    annotations = [line for folded, severity in each for line in _annotations(folded, severity, in_file)]
    listed = text.render(findings, lines, coloured=False)
    return "\n".join([*annotations, f"::group::lstm-lint: all {len(findings)} findings", f"{listed}::endgroup::", ""])


def _folded(findings: Sequence[Finding], severity: Severity) -> list[Finding]:
    """Those of one severity; what reads the same on the same line is said once."""
    once = {
        (each.path, each.span.cell, each.span.row, each.code, each.message): each
        for each in findings
        if each.severity == severity
    }
    return list(once.values())


def _annotations(findings: Sequence[Finding], severity: Severity, in_file: InFile) -> Iterator[str]:
    shown = findings if len(findings) <= MOST else findings[: MOST - 1]
    for finding in shown:
        yield _annotation(finding, in_file(finding.path, finding.span))
    more = len(findings) - len(shown)
    if more:
        yield f"::{COMMANDS[severity]} title=lstm-lint::{more} more; the whole list stands in the log of this step"


def _annotation(finding: Finding, span: Span) -> str:
    properties = {
        "title": f"lstm-lint ({finding.code})",
        "file": _within_workspace(finding.path),
        "line": span.row,
        "endLine": span.end_row,
        **({"col": span.column, "endColumn": span.end_column} if span.row == span.end_row else {}),
    }
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = f"{where(finding)}: {finding.code} {finding.rule} {finding.message}"
    return f"::{COMMANDS[finding.severity]} {given}::{_message(message + _hint(finding))}"


def _hint(finding: Finding) -> str:
    return f"\nhelp: {finding.hint}" if finding.hint else ""


def _within_workspace(path: Path) -> str:
    """Relative to the root of the checkout, which need not be the working directory."""
    root = os.environ.get("GITHUB_WORKSPACE") or os.getcwd()
    full = Path(whole(path))
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else full.as_posix()


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def summary(findings: Sequence[Finding]) -> str:
    """What goes to $GITHUB_STEP_SUMMARY."""
    if not findings:
        return "### lstm-lint: all checks passed\n"
    rows = [
        f"| `{_cell(where(each))}` | {each.severity} | {each.code} {each.rule} | {_cell(each.message)} |"
        for each in findings
    ]
    return "\n".join(
        [
            f"### lstm-lint: {len(findings)} findings",
            "",
            "| Place | Severity | Rule | Message |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|").replace("<", "&lt;").replace("`", "'")
