"""For people: the place, the line with its caret, the shapes' way that led there, the hint, and what Keras said."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from lstm_lint.findings import Confirmation, Finding, Severity, Step
from lstm_lint.report.place import on_row, one_line, where

Lines = Callable[[Path, int | None], Sequence[str]]
"""A file's (or a notebook cell's) source lines."""
Paint = Callable[[str, str], str]

SAFE = ("safe",)
MOST_LINES = 4
COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
STATUS = {"confirmed": "1;32", "unconfirmed": "1;33", "refuted": "1;31"}


def painter(on: bool) -> Paint:
    """Wraps text in a colour, or leaves it."""
    return lambda text, colour: f"\x1b[{colour}m{text}\x1b[0m" if on and text else text


def render(findings: Sequence[Finding], lines: Lines, coloured: bool, applied: Collection[str] = SAFE) -> str:
    paint, heads = painter(coloured), _heads(findings, coloured, applied)
    parts = zip(findings, heads, strict=True)
    return "".join("\n".join([head, *_below(finding, lines, paint)]) + "\n\n" for finding, head in parts)


def concise(findings: Sequence[Finding], coloured: bool, applied: Collection[str] = SAFE) -> str:
    return "".join(head + "\n" for head in _heads(findings, coloured, applied))


def _heads(findings: Sequence[Finding], coloured: bool, applied: Collection[str]) -> list[str]:
    """The generation is told where not all findings are of the same one."""
    several = len({target for finding in findings for target in finding.targets}) > 1
    return [_head(finding, several, painter(coloured), applied) for finding in findings]


def _head(finding: Finding, several: bool, paint: Paint, applied: Collection[str]) -> str:
    mark = f" [{paint('*', '36')}]" if is_fixable(finding, applied) else ""
    name = paint(f"{finding.code} {finding.rule}", COLOURS[finding.severity])
    told = f" ({', '.join(finding.targets)})" if several and finding.targets else ""
    return f"{paint(one_line(where(finding)), '1')}: {name}{mark} {one_line(finding.message)}{told}"


def is_fixable(finding: Finding, applied: Collection[str] = SAFE) -> bool:
    return finding.fix is not None and finding.fix.applicability in applied


def _below(finding: Finding, lines: Lines, paint: Paint) -> Iterator[str]:
    yield from _excerpt(finding, lines(finding.path, finding.span.cell), paint)
    if finding.trail:
        yield from _trail(finding.trail, paint)
    if finding.hint:
        yield f"  {paint('help:', '1;36')} {one_line(finding.hint)}"
    if finding.fix and finding.fix.message and finding.fix.message != finding.hint:
        yield f"  {paint('fix:', '1;36')} {one_line(finding.fix.message)}"
    for said in finding.confirmation or ():
        yield "  " + verdict(said, paint)


def verdict(said: Confirmation, paint: Paint) -> str:
    means = ", ".join(word for word in (said.keras, said.backend, said.device) if word)
    detail = f": {one_line(said.detail)}" if said.detail else ""
    return f"{paint(said.status, STATUS[said.status])} ({said.target}{': ' + means if means else ''}){detail}"


def _excerpt(finding: Finding, lines: Sequence[str], paint: Paint) -> Iterator[str]:
    """The lines of the span, the caret under them; of a long span only its beginning."""
    span = finding.span
    last = min(span.end_row, span.row + MOST_LINES - 1, len(lines))
    width = len(str(max(last, span.row)))
    bar = paint("|", "34")
    if span.row > last:
        return
    yield f"{'':{width}} {bar}"
    for row in range(span.row, last + 1):
        line = lines[row - 1].rstrip()
        start = span.column - 1 if row == span.row else len(line) - len(line.lstrip())
        end = span.end_column - 1 if row == span.end_row else len(line)
        yield f"{paint(f'{row:>{width}}', '34')} {bar} {_plain(line)}".rstrip()
        under = "^" * max(1, _width(line[start:end]))
        yield f"{'':{width}} {bar} {' ' * _width(line[:start])}{paint(under, COLOURS[finding.severity])}"
    if span.end_row > last:
        yield f"{'':{width}} {bar} ..."


def _trail(trail: Sequence[Step], paint: Paint) -> Iterator[str]:
    places = [one_line(on_row(step.path, step.span)) for step in trail]
    width = max(map(len, places))
    for place, step in zip(places, trail, strict=True):
        yield f"    {paint(f'{place:<{width}}', '2')}  {one_line(step.text)}"


def _plain(line: str) -> str:
    """Without tabs and without what would steer a terminal."""
    return "".join(
        char if char.isprintable() else " " * 4 if char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in line
    )


def _width(text: str) -> int:
    return sum(map(_columns, text))


def _columns(char: str) -> int:
    """What a character takes on a terminal."""
    if char == "\t":
        return 4
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
