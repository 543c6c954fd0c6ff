"""`summary`: the models and bindings of a file in the generation that holds for it; whatever is given is parsed."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from lstm_lint.findings import Span, Target
from lstm_lint.outcome import File, Outcome, Said
from lstm_lint.records import dataclass, field, replace
from lstm_lint.report.summary import BindingRow, LayerRow, ModelRow
from lstm_lint.run import (
    Terms,
    around,
    lost_cells,
    obituary,
    of_the_file,
    path_of,
    read,
    spans_of,
    surviving,
    traced,
    written,
)

if TYPE_CHECKING:
    from lstm_lint import trace as traces
    from lstm_lint.confirm import Means
    from lstm_lint.source.project import Project

Spans = Mapping[object, Span]


@dataclass(frozen=True)
class Made:
    """A model as it is shown, and what a witness of it needs."""

    row: ModelRow
    model: "traces.ModelRow"
    target: Target
    trace: "traces.Trace"


@dataclass
class Shown:
    """`outcome` holds what kept a file from being shown."""

    outcome: Outcome
    made: list[Made] = field(default_factory=list)
    bindings: list[BindingRow] = field(default_factory=list)

    @property
    def models(self) -> list[ModelRow]:
        return [each.row for each in self.made]


def summary(files: Iterable[File], terms: Terms, means: "Means | None" = None) -> Shown:
    shown = Shown(Outcome({file.path: file for file in files}))
    project = around(shown.outcome)
    for file in shown.outcome.files.values():
        broken = surviving(partial(_show, file, terms, project, shown), file, shown.outcome)
        shown.outcome.findings += [each.finding for each in broken or ()]
    if means is not None:
        _witness(shown, means)
    return shown


def _show(file: File, terms: Terms, project: "Project", shown: Shown) -> list[Said]:
    """What keeps the file from being shown, if anything does."""
    from lstm_lint.source.text import Broken

    try:
        source = project.source(file.path, read(file))
    except Broken as broken:
        return of_the_file(file.path, broken, terms)[:1]
    target = terms.targets(file.path, written(source))[-1]
    trace = traced(source, project, target)
    made = trace.models
    layers = [layer.place for model in made for layer in model.layers if layer.place]
    spans = spans_of([*layers, *(model.place for model in made), *(each.place for each in trace.bindings)])
    shown.made += [Made(_model(model, spans), model, target, trace) for model in made]
    shown.bindings += _bindings(trace, spans)
    return [of_the_file(file.path, broken, terms, cell)[0] for cell, broken in lost_cells(source)]


def _model(model: "traces.ModelRow", spans: Spans) -> ModelRow:
    layers = tuple(_layer(layer, spans) for layer in model.layers)
    path, span = path_of(model.place), spans[model.place.node]
    return ModelRow(path, span, model.kind, model.name, model.function, layers, model.params)


def _layer(row: "traces.LayerRow", spans: Spans) -> LayerRow:
    span = spans[row.place.node] if row.place else None
    return LayerRow(row.name, row.cls, span, row.input_shape, row.output_shape, row.state_shapes, row.params)


def _bindings(trace: "traces.Trace", spans: Spans) -> list[BindingRow]:
    """The names that were given a tensor or an array."""
    from lstm_lint.trace import shown
    from lstm_lint.values.value import Tensor

    tensors = [(each, each.value) for each in trace.bindings if isinstance(each.value, Tensor)]
    return [
        BindingRow(path_of(each.place), each.name, spans[each.place.node], shown(tensor.shape))
        for each, tensor in tensors
    ]


def _witness(shown: Shown, means: "Means") -> None:
    """What Keras says of each model when it builds it."""
    from lstm_lint.confirm import Item, confirm

    try:
        verdicts = confirm([Item(each.model, each.target, each.trace, each.row.name) for each in shown.made], means)
    except Exception as error:  # noqa: BLE001 (our own crash must cost no more than it has to)
        shown.outcome.crashes.append(obituary("--confirm crashed, nothing is confirmed", error))
        return
    pairs = list(zip(shown.made, verdicts, strict=True))
    shown.made = [replace(each, row=replace(each.row, confirmation=(said,))) for each, said in pairs]
    for each, said in pairs:
        shown.outcome.asked.setdefault(each.row.path, []).append((each.row.name, said))
