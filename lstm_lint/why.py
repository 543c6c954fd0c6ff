"""`check --why`: what stayed unknown in the checked programs, and why it first was, the most frequent reason first."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from lstm_lint.findings import Place
from lstm_lint.outcome import File, Outcome
from lstm_lint.run import Terms, around, path_of, read, spans_of, surviving, traced, written

if TYPE_CHECKING:
    from lstm_lint.source.project import Project
    from lstm_lint.trace import Trace


def why(files: Iterable[File], terms: Terms) -> str:
    """One line for each reason: how often, why, and where first."""
    outcome = Outcome({file.path: file for file in files})
    project = around(outcome)
    found: dict[str, list[str]] = {}
    for file in outcome.files.values():
        for reason, where in surviving(partial(_of_file, file, terms, project), file, outcome) or ():
            found.setdefault(reason, []).append(where)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return "".join(f"{len(places):6}  {reason} (first at {places[0]})\n" for reason, places in ordered)


def _of_file(file: File, terms: Terms, project: "Project") -> list[tuple[str, str]]:
    from lstm_lint.source.notebook import text_of
    from lstm_lint.source.text import Broken, wanted

    try:
        data = read(file)
        if not (wanted(text_of(file.path, data)) or project.concerns(file.path)):
            return []
        source = project.source(file.path, data)
    except Broken:
        return []
    trace = traced(source, project, terms.targets(file.path, written(source))[-1])
    reasons = {place.node: (place, reason) for place, reason in _unknowns(trace) if place.file is source}
    spans = spans_of(place for place, _ in reasons.values())
    told = ((place, reason) for place, reason in reasons.values() if place.node in spans)
    return [(reason, f"{path_of(place)}:{spans[place.node].row}") for place, reason in told]


def _unknowns(trace: "Trace") -> Iterator[tuple[Place, str]]:
    """Names, results of calls, and expressions that are not known, or only in part."""
    from lstm_lint.trace import Called

    yield from trace.unknown
    values: list[tuple[Place, Any]] = [(each.place, each.value) for each in trace.bindings]
    values += [(each.place, each.result) for each in trace.operations if isinstance(each, Called) and not each.quiet]
    for place, value in values:
        reason = _reason(value)
        if reason:
            yield place, reason


def _reason(value: Any) -> str:
    from lstm_lint.values.library import AFTER_A_CLASH
    from lstm_lint.values.unknown import Unknown
    from lstm_lint.values.value import Tensor, Tuple

    match value:
        case Unknown():
            return "" if value is AFTER_A_CLASH else value.reason
        case Tensor(shape=Unknown() as shape):
            return shape.reason
        case Tensor(shape=tuple() as parts) | Tuple(items=parts):
            return next((reason for part in parts if (reason := _reason(part))), "")
    return ""
