"""For machines: one array, each finding with ruff's keys and ours."""

import json
from collections.abc import Sequence
from typing import Any

from lstm_lint.findings import Confirmation, Finding, Fix, Span, Step
from lstm_lint.report.place import whole


def render(findings: Sequence[Finding]) -> str:
    return json.dumps([_finding(finding) for finding in findings], indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.rule,
        "message": finding.message,
        "filename": whole(finding.path),
        **_ends(finding.span),
        "cell": finding.span.cell,
        "fix": _fix(finding.fix) if finding.fix else None,
        "url": None,
        "severity": str(finding.severity),
        "target": list(finding.targets),
        "trail": [_step(step) for step in finding.trail],
        "confirmation": None if finding.confirmation is None else [confirmation(each) for each in finding.confirmation],
    }


def start(span: Span) -> dict[str, int]:
    return {"row": span.row, "column": span.column}


def cell(span: Span) -> dict[str, int]:
    """In a notebook, the cell within which the rows count."""
    return {} if span.cell is None else {"cell": span.cell}


def _ends(span: Span) -> dict[str, dict[str, int]]:
    return {"location": start(span), "end_location": {"row": span.end_row, "column": span.end_column}}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"content": edit.content, **_ends(edit.span), **cell(edit.span)} for edit in fix.edits]
    return {"applicability": fix.applicability, "message": fix.message, "edits": edits}


def _step(step: Step) -> dict[str, Any]:
    return {"filename": whole(step.path), "location": start(step.span), **cell(step.span), "text": step.text}


def confirmation(said: Confirmation) -> dict[str, str]:
    return {
        name: getattr(said, name) for name in ("target", "status", "keras", "backend", "device", "detail", "witness")
    }
