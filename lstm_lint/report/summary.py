"""`summary`: the models of a file as Keras' own table would show them, and the shape that each name got."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lstm_lint.findings import Confirmation, Span
from lstm_lint.records import dataclass
from lstm_lint.report.json import cell, confirmation, start
from lstm_lint.report.place import on_row, whole
from lstm_lint.report.text import painter, verdict

Shape = Any
"""As it is written: a list of integers, None and strings; "?" for an unknown rank; several: a list of shapes."""


@dataclass(frozen=True)
class LayerRow:
    """One call of a layer."""

    name: str
    cls: str
    span: Span | None
    input_shape: Shape
    output_shape: Shape
    state_shapes: Sequence[Shape]
    params: int | str


@dataclass(frozen=True)
class ModelRow:
    """`kind`: sequential, functional, subclassed, loose. `function`: the signature of one that nothing calls."""

    path: Path
    span: Span
    kind: str
    name: str
    function: str | None
    layers: tuple[LayerRow, ...]
    params: int | str
    confirmation: tuple[Confirmation, ...] | None = None


@dataclass(frozen=True)
class BindingRow:
    path: Path
    name: str
    span: Span
    shape: Shape


def as_json(models: Sequence[ModelRow], bindings: Sequence[BindingRow]) -> str:
    both = {"models": [_model(each) for each in models], "bindings": [_binding(each) for each in bindings]}
    return json.dumps(both, indent=2, ensure_ascii=False) + "\n"


def _model(model: ModelRow) -> dict[str, Any]:
    return {
        "filename": whole(model.path),
        "location": start(model.span),
        **cell(model.span),
        "kind": model.kind,
        "name": model.name,
        "function": model.function,
        "layers": [_layer(layer) for layer in model.layers],
        "params": model.params,
        "confirmation": None if model.confirmation is None else [confirmation(each) for each in model.confirmation],
    }


def _layer(layer: LayerRow) -> dict[str, Any]:
    return {
        "name": layer.name,
        "class": layer.cls,
        "location": start(layer.span) if layer.span else None,
        **(cell(layer.span) if layer.span else {}),
        "input_shape": layer.input_shape,
        "output_shape": layer.output_shape,
        "state_shapes": layer.state_shapes,
        "params": layer.params,
    }


def _binding(binding: BindingRow) -> dict[str, Any]:
    return {"name": binding.name, "location": start(binding.span), **cell(binding.span), "shape": binding.shape}


@dataclass(frozen=True)
class Lines:
    """What a table is drawn with: the corners and crossings of its top, head, rule and bottom, and its bars."""

    top: str
    head: str
    rule: str
    bottom: str
    bars: str


BOX = Lines(top="┏━┳┓", head="┡━╇┩", rule="├─┼┤", bottom="└─┴┘", bars="┃│")
ASCII = Lines(top="+-++", head="+=++", rule="+-++", bottom="+-++", bars="||")


def as_text(models: Sequence[ModelRow], bindings: Sequence[BindingRow]) -> str:
    lines = BOX if _can_draw(sys.stdout.encoding) else ASCII
    parts = ["\n".join(_table(model, lines)) for model in models]
    if bindings:
        parts.append("\n".join(_list(bindings)))
    return "\n\n".join(parts) + "\n" * bool(parts)


def _can_draw(encoding: str | None) -> bool:
    try:
        (BOX.top + BOX.head).encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _title(model: ModelRow) -> str:
    place = on_row(model.path, model.span)
    inside = f", in {model.function}" if model.function else ""
    what = "Layers outside any model" if model.kind == "loose" else f'Model: "{model.name}"'
    return f"{what}  ({place}{inside})"


def _table(model: ModelRow, lines: Lines) -> Iterator[str]:
    rows = [(f"{each.name} ({each.cls})", written(each.output_shape), _count(each.params)) for each in model.layers]
    head = ("Layer (type)", "Output Shape", "Param #")
    widths = [max(least, *(len(row[i]) for row in (head, *rows))) for i, least in enumerate((31, 22, 13))]
    yield _title(model)
    yield _edge(lines.top, widths)
    yield _row(head, widths, lines.bars[0])
    yield _edge(lines.head, widths)
    for index, row in enumerate(rows):
        if index:
            yield _edge(lines.rule, widths)
        yield _row(row, widths, lines.bars[1])
    yield _edge(lines.bottom, widths)
    yield f" Total params: {_count(model.params)}"
    for said in model.confirmation or ():
        yield " " + verdict(said, painter(False))


def _edge(line: str, widths: Sequence[int]) -> str:
    left, dash, crossing, right = tuple(line)
    return left + crossing.join(dash * (width + 2) for width in widths) + right


def _row(row: Sequence[str], widths: Sequence[int], bar: str) -> str:
    name, shape, params = row
    return f"{bar} {name:<{widths[0]}} {bar} {shape:<{widths[1]}} {bar} {params:>{widths[2]}} {bar}"


def _list(bindings: Sequence[BindingRow]) -> Iterator[str]:
    places = [on_row(each.path, each.span) for each in bindings]
    wide, long = max(map(len, places)), max(len(each.name) for each in bindings)
    yield "Bindings"
    for place, each in zip(places, bindings, strict=True):
        yield f"  {place:<{wide}}  {each.name:<{long}}  {written(each.shape)}"


def written(shape: Shape) -> str:
    """As Python writes a shape; several in a row."""
    if not isinstance(shape, list | tuple):
        return str(shape)
    if any(isinstance(each, list | tuple) for each in shape):
        return "[" + ", ".join(written(each) for each in shape) + "]"
    return "(" + ", ".join(str(dim) for dim in shape) + ("," if len(shape) == 1 else "") + ")"


def _count(params: int | str) -> str:
    return f"{params:,}" if isinstance(params, int) else params
