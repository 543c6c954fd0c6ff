"""What is put to Keras of a run: the claims, the models of files in which nothing clashes, and what safe fixes make."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lstm_lint.findings import Confirmation, Edit, Finding, Fix, Target
from lstm_lint.outcome import Made, Outcome, Said
from lstm_lint.records import dataclass, replace
from lstm_lint.run import Pages, obituary, path_of, spans_of, traced

if TYPE_CHECKING:
    from lstm_lint.claims import Claim
    from lstm_lint.confirm import Item, Means
    from lstm_lint.source.project import Project
    from lstm_lint.trace import Operation, Trace


@dataclass(frozen=True)
class _Put:
    """A claim that is put to Keras, and what its safe fix makes of it."""

    said: Said
    item: "Item"
    mended: "Item | None"


def witnessed(means: "Means", pages: Pages, project: "Project", outcome: Outcome) -> Pages:
    """With what Keras itself says of each claim about it; what it refutes is gone."""
    from lstm_lint.confirm import confirm

    try:
        put = [_put(each, project, outcome) for found in pages.values() for each in found if _of_keras(each)]
        made = [(path, each) for path in pages for each in outcome.made.get(path, ())]
        mended = [each.mended for each in put if each.mended]
        models = [_model(each) for _, each in made]
        verdicts = iter(confirm([*(each.item for each in put), *models, *mended], means))
    except Exception as error:  # noqa: BLE001 (our own crash must cost no more than it has to)
        outcome.crashes.append(obituary("--confirm crashed, nothing is confirmed", error))
        return pages
    known = {id(each.said): next(verdicts) for each in put}
    of_models = [(path, f"{path.stem}-{each.row.name or each.row.kind}", next(verdicts)) for path, each in made]
    fixed = {id(each.said): next(verdicts) for each in put if each.mended}
    for path, found in pages.items():
        outcome.asked[path] = [(_stem(each.finding), known[id(each)]) for each in found if id(each) in known]
        outcome.asked[path] += [(stem, verdict) for where, stem, verdict in of_models if where == path]
    return {path: list(_told(found, known, fixed)) for path, found in pages.items()}


def _of_keras(said: Said) -> bool:
    """Not of what no library of ours raises, nor of scikit-learn."""
    from lstm_lint.confirm.words import foreign

    operation = said.evidence[0].operation if said.evidence is not None else None
    return operation is not None and not foreign(operation)


def _told(found: Iterable[Said], known: dict[int, Confirmation], fixed: dict[int, Confirmation]) -> Iterator[Said]:
    for each in found:
        verdict = known.get(id(each))
        if verdict is None:
            yield each
        elif verdict.status != "refuted":
            fix = _proven(each.finding.fix, fixed.get(id(each)))
            yield replace(each, finding=replace(each.finding, confirmation=(verdict,), fix=fix))


def _proven(fix: Fix | None, verdict: Confirmation | None) -> Fix | None:
    """A fix after which Keras still raises is not safe."""
    wrong = fix is not None and verdict is not None and verdict.status == "refuted"
    return replace(fix, applicability="unsafe") if fix is not None and wrong else fix


def _put(said: Said, project: "Project", outcome: Outcome) -> _Put:
    from lstm_lint.confirm import Item

    assert said.evidence is not None
    (claim, trace), finding = said.evidence, said.finding
    cell = f", cell {finding.span.cell}" if finding.span.cell else ""
    title = f"{finding.rule}, {finding.path.name}{cell}:{finding.span.row}: {finding.message}"
    item = Item(claim, finding.targets[0], trace, " ".join(title.split()))
    return _Put(said, item, _mended(finding, claim, project, outcome))


def _stem(finding: Finding) -> str:
    """What the file of a witness is called."""
    return f"{finding.path.stem}-{finding.span.row}-{finding.rule}"


def _model(made: Made) -> "Item":
    from lstm_lint.confirm import Item

    return Item(made.row, made.target, made.trace, f"{made.row.kind} {made.row.name}".strip())


# What a safe fix makes of the line that clashed: the same step of the text as it then is.


def _mended(finding: Finding, claim: "Claim", project: "Project", outcome: Outcome) -> "Item | None":
    fix, target = finding.fix, finding.targets[0]
    operation = claim.operation
    if fix is None or fix.applicability != "safe" or operation is None:
        return None
    trace = _trace_of(finding, fix, target, project, outcome)
    if trace is None or path_of(operation.place) != finding.path:
        return None
    after = _on_row(trace, finding, *_moved(fix.edits, operation))
    if after is None:
        return None
    from lstm_lint.confirm import Item
    from lstm_lint.confirm.witness import Mended

    return Item(Mended(after), target, trace, f"{finding.rule}, mended")


def _trace_of(finding: Finding, fix: Fix, target: Target, project: "Project", outcome: Outcome) -> "Trace | None":
    from lstm_lint.source.edits import apply
    from lstm_lint.source.splice import fix_in_file
    from lstm_lint.source.text import Broken, decode
    from lstm_lint.source.tree import parse

    text, encoding = decode(outcome.files[finding.path].read())
    fixed, _ = apply(text, [fix_in_file(text, fix)])
    try:
        return traced(parse(finding.path, fixed.encode(encoding)), project, target)
    except (Broken, UnicodeEncodeError):
        return None


def _moved(edits: Iterable[Edit], operation: "Operation") -> tuple[int | None, int]:
    """The cell and the row where it stands afterwards."""
    span = spans_of([operation.place])[operation.place.node]
    before = (each for each in edits if each.span.cell == span.cell and each.span.row <= span.row)
    down = sum(each.content.count("\n") - (each.span.end_row - each.span.row) for each in before)
    return span.cell, span.row + down


def _on_row(trace: "Trace", finding: Finding, cell: int | None, row: int) -> "Operation | None":
    """The last operation that stands there."""
    from lstm_lint.trace import Clashed, NameUnbound

    real = [each for each in trace.operations if not isinstance(each, Clashed | NameUnbound) and not each.quiet]
    here = [each for each in real if path_of(each.place) == finding.path]
    spans = spans_of([each.place for each in here])
    places = ((each, spans[each.place.node]) for each in reversed(here))
    return next((each for each, span in places if (span.cell, span.row) == (cell, row)), None)
