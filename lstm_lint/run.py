"""The path of one file, from its bytes to what is said of it: the only module that knows all rooms.

What is heavy is imported where it is used: a run with nothing to parse never loads the parser.
"""

import os
import re
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from lstm_lint import cards
from lstm_lint.findings import Applicability, Finding, Fix, Place, Severity, Span, Step, Target
from lstm_lint.outcome import File, Made, Outcome, Said, merged, order
from lstm_lint.records import dataclass, replace
from lstm_lint.settings import TARGETS, Settings

if TYPE_CHECKING:
    from lstm_lint.claims import Claim
    from lstm_lint.source.places import Written
    from lstm_lint.source.project import Project
    from lstm_lint.source.suppress import Suppressions
    from lstm_lint.source.text import Broken
    from lstm_lint.source.tree import Source
    from lstm_lint.trace import Trace

T = TypeVar("T")
Pages: TypeAlias = dict[Path, list[Said]]
Prove: TypeAlias = Callable[[Pages, "Project", Outcome], Pages]
"""Asks Keras about all that is to be said, and gives back what is left of it."""

MOST_ROUNDS = 10
FAMILIAR = ("keras", "tf_keras", "tensorflow", "numpy", "pandas", "sklearn")
"""What the library knows better than a file of the same name could tell."""

LEGACY = re.compile(
    r"^[ \t]*(?:import|from)[ \t]+tf_keras\b|TF_USE_LEGACY_KERAS[\"']?\]?\s*[=,:]\s*[\"']?(?:1|true)\b",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass
class Terms:
    """On what terms a file is judged: its settings, and what the pins admit, which are read only when they decide."""

    settings: Callable[[Path], Settings]
    pins: Callable[[Path], Target | None] | None = None

    def holds(self, path: Path) -> Settings:
        return self.settings(Path(os.path.abspath(path)).parent)

    def targets(self, path: Path, text: str) -> tuple[Target, ...]:
        """Asked for; else what the file says of itself; else the pins; else keras3."""
        asked = self.holds(path).target
        if asked:
            return tuple(target for target in TARGETS if target in asked)
        if LEGACY.search(text) or os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true"):
            return ("keras2",)
        return (self._pinned(Path(os.path.abspath(path)).parent) or "keras3",)

    def _pinned(self, directory: Path) -> Target | None:
        if self.pins is None:
            from lstm_lint.pins import finder

            self.pins = finder()
        return self.pins(directory)


def check(
    files: Iterable[File], terms: Terms, fix: Collection[Applicability] = (), prove: Prove | None = None
) -> Outcome:
    """All claims first, then what Keras says of them, then fixes of these kinds: round after round until none is left."""
    from lstm_lint.mend import mend

    outcome = Outcome({file.path: file for file in files})
    project = around(outcome)
    found: dict[Path, list[Finding]] = {}
    pending = list(outcome.files.values())
    for rounds in range(MOST_ROUNDS + 1):
        said = {file.path: _looked_at(file, terms, project, outcome, keep=prove is not None) for file in pending}
        if prove is not None:
            said = prove(said, project, outcome)
        found |= {path: merged(each) for path, each in said.items()}
        if not fix or rounds == MOST_ROUNDS:
            break
        changed = [
            file for file in pending if surviving(partial(mend, file, found[file.path], outcome, fix), file, outcome)
        ]
        for file in changed:
            project.forget(file.path)
        pending = [outcome.files[file.path] for file in changed]
        if not pending:
            break
    outcome.findings = sorted((each for those in found.values() for each in those), key=order)
    return outcome


def around(outcome: Outcome) -> "Project":
    """The files around those of this run, each as it is now."""
    from lstm_lint.source.project import Project

    def read(path: Path) -> bytes:
        file = outcome.files.get(path)
        return file.read() if file else path.read_bytes()

    return Project(read, [file.path for file in outcome.files.values() if file.piped], FAMILIAR)


def _looked_at(file: File, terms: Terms, project: "Project", outcome: Outcome, keep: bool) -> list[Said]:
    """The trees and traces of many files fill the memory: only what Keras will be asked about is kept."""
    made: list[Made] | None = [] if keep else None
    said = surviving(partial(examine, file, terms, project, made), file, outcome) or []
    outcome.made[file.path] = made or []
    return said if keep else [Said(each.finding, each.asked) for each in said]


def surviving(look: Callable[[], T], file: File, outcome: Outcome) -> T | None:
    """Our own crash on one file costs that file alone."""
    try:
        return look()
    except Exception as error:  # noqa: BLE001 (our own crash must cost no more than it has to)
        outcome.crashes.append(obituary(f"{file.path}: lstm-lint crashed on this file", error))
        outcome.revert(file.path)
        return None


def obituary(what: str, error: Exception) -> str:
    from traceback import extract_tb

    deepest = [f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(error.__traceback__)[-3:]]
    words = f"{type(error).__name__}: {error}".splitlines()[0]
    return f"{what}, please report it ({words[:300]}; at {' > '.join(deepest)})"


def examine(file: File, terms: Terms, project: "Project", made: list[Made] | None = None) -> list[Said]:
    """What is to be said of one file, before Keras is asked; the models in which nothing clashes go to `made`."""
    from lstm_lint.source.notebook import text_of
    from lstm_lint.source.text import Broken, wanted

    try:
        data = read(file)
        text = text_of(file.path, data)
        if not (wanted(text) or project.concerns(file.path)):
            return []
        source = project.source(file.path, data)
        targets = terms.targets(file.path, written(source))
        said = [each for target in targets for each in judged(source, project, target, targets, made)]
    except Broken as broken:
        return _selected(of_the_file(file.path, broken, terms), terms)
    lost = [each for cell, broken in lost_cells(source) for each in of_the_file(file.path, broken, terms, cell)]
    return _selected(_unsuppressed(source, project, lost + said, targets), terms)


def read(file: File) -> bytes:
    try:
        return file.read()
    except OSError as error:
        from lstm_lint.source.text import Broken

        raise Broken("unreadable-file", f"this file cannot be read: {error.strerror}", 1, 1) from error


def of_the_file(path: Path, broken: "Broken", terms: Terms, cell: int | None = None) -> list[Said]:
    """It is as broken in one generation as in the other."""
    span = Span(broken.row, broken.column, broken.row, broken.column, cell)
    return _in_each(_card(broken.rule), broken.message, span, path, terms.targets(path, ""))


def written(source: "Source") -> str:
    """The text as the user wrote it, magics included."""
    return "\n".join(cell.text for cell in source.notebook.cells) if source.notebook else source.text


def lost_cells(source: "Source") -> "list[tuple[int, Broken]]":
    return source.notebook.broken() if source.notebook else []


def _in_each(card: cards.Card, message: str, span: Span, path: Path, asked: tuple[Target, ...]) -> list[Said]:
    """What holds in each generation, since it says nothing about Keras."""
    found = Finding(card.code, card.name, card.severities[asked[0]], message, path, span)
    return [Said(replace(found, targets=(target,)), asked) for target in asked]


def _unsuppressed(source: "Source", project: "Project", said: list[Said], asked: tuple[Target, ...]) -> list[Said]:
    """Without what the file allows; with what it allows in vain, in any generation."""
    from lstm_lint.source.suppress import Suppressions

    allowed = Suppressions.of(source.text)
    left = [each for each in said if not _allows(allowed, source, each.finding)]
    if allowed.unused():
        for other in set(TARGETS).difference(asked):
            for each in judged(source, project, other, asked):
                _allows(allowed, source, each.finding)
    return left + [each for idle in allowed.unused() for each in _in_vain(source, idle, asked)]


def _allows(allowed: "Suppressions", source: "Source", finding: Finding) -> bool:
    from lstm_lint.source.notebook import row_of

    return allowed.covers(row_of(source.notebook, finding.span), finding.rule, finding.code)


def _in_vain(source: "Source", idle: tuple[int, int, int, tuple[str, ...]], asked: tuple[Target, ...]) -> list[Said]:
    from lstm_lint.source.notebook import placed

    row, column, end, names = idle
    strange = [name for name in names if cards.card(name) is None]
    why = f"there is no rule {strange[0]}" if strange else "it suppresses nothing, in any generation"
    span = placed(source.notebook, Span(row, column, row, end))
    return _in_each(_card("unused-allow"), f"`allow {', '.join(names)}` is not needed: {why}", span, source.path, asked)


def judged(
    source: "Source", project: "Project", target: Target, asked: tuple[Target, ...], made: list[Made] | None = None
) -> list[Said]:
    """The claims that hold in one generation, as findings; of a cell that is meant to raise, none."""
    from lstm_lint.checks import judge

    trace = traced(source, project, target, rows=made is not None)
    claims = [(claim, _card(claim.rule)) for claim in judge(trace, target)]
    if made is not None and not any(claim.raises for claim, _ in claims):
        made += [Made(row, target, trace) for row in trace.models if row.place.file is source]
    claims = [(claim, card) for claim, card in claims if target in card.severities and claim.place.file is source]
    said = [Said(each, asked, (claim, trace)) for each, (claim, _) in zip(_findings(source, claims, target), claims)]
    meant = {cell.number for cell in source.notebook.cells if cell.raises} if source.notebook else ()
    return [each for each in said if each.finding.span.cell not in meant]


def traced(source: "Source", project: "Project", target: Target, rows: bool = True) -> "Trace":
    from lstm_lint import interp, library

    return interp.run(source, library.load(target), project, rows)


def spans_of(places: Iterable[Place]) -> dict[object, Span]:
    """Node -> its span; the places of a trail may lie in several files."""
    from lstm_lint.source.notebook import placed
    from lstm_lint.source.places import spans

    by_file: dict[Source, list[Place]] = {}
    for place in places:
        by_file.setdefault(cast("Source", place.file), []).append(place)
    found = (
        (file.notebook, spans(file, (place.node for place in held), [place.line for place in held]))
        for file, held in by_file.items()
    )
    return {node: placed(page, span) for page, each in found for node, span in each.items()}


def _findings(source: "Source", claims: "list[tuple[Claim, cards.Card]]", target: Target) -> list[Finding]:
    """What is needed is written out once for all places and fixes."""
    if not claims:
        return []
    from lstm_lint.source.edits import parts_of, places_of
    from lstm_lint.source.notebook import placed
    from lstm_lint.source.places import spans_in, write_out

    places = [place for claim, _ in claims for place in (claim.place, *(step for step, _ in claim.trail))]
    changes = [change for claim, _ in claims if claim.remedy for change in claim.remedy.changes]
    changed = [place for place in places_of(changes) if place.file is source]
    here = [place for place in places if place.file is source]
    nodes = [*(place.node for place in here), *parts_of(changed)]
    lines = [place.line for place in (*here, *changed)]
    written = write_out(source, nodes, with_calls=bool(changes), lines=lines)
    spans = {node: placed(source.notebook, span) for node, span in spans_in(source, written).items()}
    spans |= spans_of(place for place in places if place.file is not source)
    return [_finding(source, claim, card, target, spans, written) for claim, card in claims]


def _finding(
    source: "Source",
    claim: "Claim",
    card: cards.Card,
    target: Target,
    spans: dict[object, Span],
    written: "Written",
) -> Finding:
    return Finding(
        code=card.code,
        rule=card.name,
        severity=_severity(claim, card.severities[target]),
        message=claim.message,
        path=source.path,
        span=spans[claim.place.node],
        targets=(target,),
        hint=claim.hint,
        trail=tuple(Step(path_of(place), spans[place.node], text) for place, text in claim.trail),
        fix=_fix(source, claim, written),
    )


def _severity(claim: "Claim", severity: Severity) -> Severity:
    """What raises only later is no error of this line."""
    return Severity.WARNING if claim.late and severity == Severity.ERROR else severity


def _fix(source: "Source", claim: "Claim", written: "Written") -> Fix | None:
    """None also where a remedy cannot be written into this text."""
    from lstm_lint.source.edits import edits
    from lstm_lint.source.notebook import placed

    made = edits(source, claim.remedy.changes, written) if claim.remedy else ()
    made = tuple(replace(edit, span=placed(source.notebook, edit.span)) for edit in made)
    return Fix(claim.remedy.message, made, claim.remedy.applicability) if claim.remedy and made else None


def path_of(place: Place) -> Path:
    return cast("Source", place.file).path


def _card(rule: str) -> cards.Card:
    card = cards.card(rule)
    if card is None:
        raise LookupError(f"there is no card rules/{rule}.md")
    return card


def _selected(said: Iterable[Said], terms: Terms) -> list[Said]:
    def wanted(finding: Finding) -> bool:
        return terms.holds(finding.path).wants(_card(finding.rule), Path(os.path.abspath(finding.path)))

    return [each for each in said if wanted(each.finding)]
