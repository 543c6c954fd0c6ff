"""A healthy model's witness: the program that asserts every shape and parameter count that was inferred for it."""

from collections.abc import Sequence
from typing import TypeGuard

from lstm_lint.confirm.literals import data, parts
from lstm_lint.confirm.numbers import assert_numbers
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.confirm.sizes import BATCH, TIMESTEPS, Draw, Unfit
from lstm_lint.confirm.slices import Slice, Survey, slices
from lstm_lint.confirm.standins import title
from lstm_lint.confirm.witness import Ways, Witness, drawn, forward, inputs_of
from lstm_lint.confirm.words import TRAINING
from lstm_lint.confirm.writer import KERAS_TENSOR, Writer
from lstm_lint.trace import Called, LayerRow, ModelRow, Operation
from lstm_lint.values.value import Tensor, Thing, Value

CELLED = ("LSTM", "GRU", "SimpleRNN")
"""Layers whose states are those of the cell that they hold."""

WRAPPING = ("RNN", "TimeDistributed", "Bidirectional", "StackedRNNCells", "Sequential", "Functional", "Model")
PARTS = ("subclassed", "loose")
"""What no single object stands for, as far as a witness is concerned: each call of a layer is looked at."""


def of_model(seen: Survey, row: ModelRow) -> Ways:
    """What must hold of a healthy model: every shape on the way, its layers' shapes and parameters, a forward pass."""
    calls = _calls(seen, row)
    if row.operation is None or (row.kind in PARTS and not calls):
        raise Unfit("it was not followed from its making on")

    def model(each: Slice, draw: Draw) -> Witness:
        return _model(seen, each, draw, row, calls)

    if row.kind in PARTS:
        return [drawn(each, model) for each in _apart(seen, calls)]
    return [drawn(each, model) for each in slices(seen, row.operation, to_the_end=True, healthy=True)]


def _apart(seen: Survey, calls: "Calls") -> list[Slice]:
    """All calls together; each alone where something is cut out, so that it costs no more than it has to."""
    whole = slices(seen, *(call for call, _ in calls), healthy=True)
    if not any(each.cut for each in whole):
        return whole
    return [each for call, _ in calls for each in slices(seen, call, healthy=True)]


Calls = list[tuple[Called, list[LayerRow]]]


def _calls(seen: Survey, row: ModelRow) -> Calls:
    """The calls of its layers, and the rows that may stand for each: a loop makes several layers at one place."""
    rows: dict[int, list[LayerRow]] = {}
    for layer in row.layers:
        if layer.place is not None:
            rows.setdefault(id(layer.place.node), []).append(layer)
    called = [o for o in seen.operations if isinstance(o, Called) and o.callee == "__call__" and _runs(seen, o)]
    pairs = [(o, rows.get(id(o.place.node)) or rows.get(_made_at(o.receiver)) or []) for o in called]
    return [(o, layers) for o, layers in pairs if any(_class(o.receiver) == layer.cls for layer in layers)]


def _runs(seen: Survey, called: Called) -> bool:
    return called.shown and not called.quiet and id(called) not in seen.raised


def _made_at(layer: Value | None) -> int:
    return id(layer.origin.operation.place.node) if isinstance(layer, Thing) and layer.origin else 0


def _class(layer: Value | None) -> str:
    if not isinstance(layer, Thing):
        return ""
    return title(layer) if layer.type == "instance" else layer.type.rpartition(".")[2]


def of_value(seen: Survey, tensor: Tensor) -> Ways:
    """What must hold of a tensor or array: its shape, and those on the way to it."""
    if tensor.origin is None:
        raise Unfit("it was not followed")
    return [drawn(each, _shapes) for each in slices(seen, tensor.origin.operation, healthy=True)]


def _shapes(each: Slice, draw: Draw) -> Witness:
    writer = Writer(each, draw)
    writer.write(name_all=True)
    for operation in each.operations:
        _assert_results(writer, operation)
    return Witness(tuple(writer.steps), len(writer.steps), each.skipped, cut=each.cut)


def _model(seen: Survey, each: Slice, draw: Draw, row: ModelRow, calls: Calls) -> Witness:
    writer = Writer(each, draw)
    writer.write(name_all=True)
    for operation in each.operations:
        _assert_results(writer, operation)
    counted: set[int] = set()
    for call, layers in calls:
        known = id(call) in each.written and len({(layer.params, repr(layer.weights)) for layer in layers}) == 1
        known = known and not _stood_for(each, layers[0])
        if known and id(call.receiver) not in counted and call.receiver is not None:
            counted.add(id(call.receiver))
            _assert_made(writer, writer.node(call.receiver), layers[0])
    fed = _fed(each, row)
    if row.kind not in PARTS and row.operation is not None:
        model = writer.results[id(row.operation)]
        if row.kind == "sequential":
            _assert_layers(writer, each, model, row, fed)
        if row.layers and not each.cut:
            _assert_count(writer, model, row.params)
        if not fed:
            _assert_forward(writer, model, row)
    numbers = assert_numbers(writer, seen, each)
    return Witness(tuple(writer.steps), len(writer.steps), each.skipped, numbers, cut=each.cut)


def _assert_results(writer: Writer, operation: Operation) -> None:
    """The shape of the tensor, or of each of the tensors, that it gave."""
    for part in parts(operation.result):
        if not isinstance(part, Tensor) or not isinstance(part.shape, tuple) or not part.shape:
            continue
        origin = writer.slice.origin(part)
        if origin is not None and origin.operation is operation:
            known = [dim if isinstance(dim, int | None) else str(dim) for dim in part.shape]
            _assert_shape(writer, writer.node(part), known, part.type == KERAS_TENSOR and not writer.slice.eager)


def _fed(each: Slice, row: ModelRow) -> bool:
    """Is the model run over data? If that builds it, Keras tells the batch of those data where we tell none."""
    model = row.operation.result if row.operation else None
    runs = (o for o in each.operations if isinstance(o, Called) and o.receiver is model)
    return any(o.callee == "__call__" or o.callee in TRAINING for o in runs)


def _stood_for(each: Slice, row: LayerRow) -> bool:
    """Is it the user's own, or may it hold such a one, so that what stands there has other weights?"""
    return bool(each.cut) and (row.cls in each.cut or row.cls in WRAPPING)


def _assert_layers(writer: Writer, each: Slice, model: Node, row: ModelRow, fed: bool) -> None:
    """A Sequential's layers by their place, as `model.layers` holds them: without an InputLayer."""
    for index, layer in enumerate(layer for layer in row.layers if layer.cls != "InputLayer"):
        node: Node = ["item", ["attr", model, "layers"], index]
        if _plain_shape(layer.output_shape):
            _assert_shape(writer, ["attr", node, "output"], layer.output_shape, symbolic=not fed)
        if not _stood_for(each, layer):
            _assert_made(writer, node, layer)


def _assert_made(writer: Writer, layer: Node, row: LayerRow) -> None:
    """Its weights, shape by shape, and the width of its states."""
    _assert_count(writer, layer, row.params)
    for index, shape in enumerate(row.weights or ()):
        if _plain_shape(shape):
            _assert_shape(writer, ["item", ["attr", layer, "weights"], index], shape, symbolic=False)
    widths = [_number(writer, shape[-1]) for shape in row.state_shapes if _plain_shape(shape) and len(shape) == 2]
    if widths and None not in widths and row.cls in CELLED:
        sizes: Node = ["call", "numpy.ravel", [["attr", ["attr", layer, "cell"], "state_size"]], []]
        writer.steps.append(Step(["method", sizes, "tolist", [], []], expected=["list", *widths], asserts=True))


def _plain_shape(shape: object) -> TypeGuard[Sequence[int | str | None]]:
    return isinstance(shape, list | tuple) and all(dim is None or isinstance(dim, int | str) for dim in shape)


def _assert_shape(writer: Writer, node: Node, shape: Sequence[int | str | None], symbolic: bool) -> None:
    """Axis by axis where some are unknown; what Keras leaves open has a size only in data."""
    sizes = [_number(writer, dim) for dim in shape]
    sizes = (
        sizes
        if symbolic
        else [writer.draw.rows(size) if size and not axis else size for axis, size in enumerate(sizes)]
    )
    known = [size is not None or (symbolic and dim is None) for size, dim in zip(sizes, shape, strict=True)]
    if all(known):
        writer.steps.append(Step(["shape", node], expected=["tuple", *sizes], asserts=True))
        return
    for axis, (size, sure) in enumerate(zip(sizes, known, strict=True)):
        if sure:
            writer.steps.append(Step(["item", ["shape", node], axis], expected=size, asserts=True))


def _number(writer: Writer, dim: int | str | None) -> int | None:
    return writer.draw.said.get(dim) if isinstance(dim, str) else dim


def _assert_count(writer: Writer, node: Node, params: int | str) -> None:
    count = _number(writer, params)
    if count is not None:
        writer.steps.append(Step(["method", node, "count_params", [], []], expected=count, asserts=True))


def _assert_forward(writer: Writer, model: Node, row: ModelRow) -> None:
    """One pass over data; a Sequential's output is its last layer's."""
    if row.kind == "functional" and isinstance(row.operation, Called):
        inputs = inputs_of(writer, row.operation)
        if inputs:
            forward(writer, model, inputs)
        return
    first, last = (row.layers[0].input_shape, row.layers[-1].output_shape) if row.layers else (None, None)
    if row.kind != "sequential" or not _plain_shape(first):
        return
    sizes = [
        _number(writer, dim) if dim is not None else TIMESTEPS if axis else BATCH for axis, dim in enumerate(first)
    ]
    known = [size for size in sizes if size is not None]
    if len(known) < len(sizes):
        return
    array = writer.step("data", data(known, "float32"))
    result = writer.step("x", ["apply", model, [array], []])
    if _plain_shape(last) and None not in last[1:]:
        _assert_shape(writer, result, [known[0] if dim is None else dim for dim in last], symbolic=False)
