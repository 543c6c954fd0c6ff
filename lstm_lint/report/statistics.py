"""How often each rule spoke, the most frequent first, in ruff's form."""

import json
from collections.abc import Collection, Sequence

from lstm_lint.findings import Finding
from lstm_lint.report.text import is_fixable


def render(findings: Sequence[Finding], applied: Collection[str]) -> str:
    rows = _rows(findings, applied)
    count_width = max((len(str(row["count"])) for row in rows), default=0)
    code_width = max((len(str(row["code"])) for row in rows), default=0)
    marked = any(row["fixable_count"] for row in rows)
    lines = []
    for row in rows:
        mark = ("[*] " if row["fixable"] else "[-] " if row["fixable_count"] else "[ ] ") if marked else ""
        lines.append(f"{row['count']:>{count_width}}\t{row['code']:<{code_width}}\t{mark}{row['name']}\n")
    return "".join(lines)


def as_json(findings: Sequence[Finding], applied: Collection[str]) -> str:
    return json.dumps(_rows(findings, applied), indent=2) + "\n"


def _rows(findings: Sequence[Finding], applied: Collection[str]) -> list[dict[str, str | int | bool]]:
    """`fixable`: all of them; `fixable_count`: how many."""
    rules = {finding.code: finding.rule for finding in findings}
    rows: list[dict[str, str | int | bool]] = []
    for code, name in rules.items():
        mine = [finding for finding in findings if finding.code == code]
        fixable = sum(is_fixable(finding, applied) for finding in mine)
        row: dict[str, str | int | bool] = {"code": code, "name": name, "count": len(mine)}
        rows.append({**row, "fixable": fixable == len(mine), "fixable_count": fixable})
    return sorted(rows, key=lambda row: (-int(row["count"]), str(row["code"])))
