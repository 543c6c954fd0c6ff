"""A claim's witness: the program that must raise.

It goes on behind the operation that it is about: the model is built and run once, since Keras checks
some things only then. Sizes that the source leaves open are drawn twice.
"""

import json
from collections.abc import Callable, Sequence
from itertools import product

from lstm_lint.confirm.bodies import Body
from lstm_lint.confirm.effects import effect
from lstm_lint.confirm.literals import data
from lstm_lint.confirm.numbers import gates_lie
from lstm_lint.confirm.operands import held, operands
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.confirm.sizes import MOST_STEPS, SERIES, SHRINKS, STEPS, Draw, TooLarge, Unfit
from lstm_lint.confirm.slices import Slice, Survey, slices
from lstm_lint.confirm.writer import INPUTS, KERAS_TENSOR, MODELS, TooSmall, Writer
from lstm_lint.records import dataclass, replace
from lstm_lint.trace import Called, Operation
from lstm_lint.values.library import Clash
from lstm_lint.values.value import MADE_IN_CALL, Origin, Tensor, Thing

MOST_TEXT = 200_000
CALLBACKS = ("keras.callbacks.EarlyStopping", "keras.callbacks.ReduceLROnPlateau")
"""Those that watch a metric and write nothing."""


@dataclass(frozen=True)
class Witness:
    """`aim`: the number of the step that is in question; those before it must run.

    `effect` tells what the assertions behind it show of a claim that Keras says nothing about; they hold for all
    weights and data if it is `sure`. `warns`: a word in the warning by which Keras tells it. `cut`: what other things
    stand for.
    """

    steps: tuple[Step, ...]
    aim: int
    skipped: bool
    effect: str = ""
    sure: bool = True
    warns: str = ""
    cut: tuple[str, ...] = ()

    def recipe(self) -> str:
        return json.dumps([step.data() for step in self.steps])


@dataclass(frozen=True)
class Mended:
    """An operation that clashed, as it is after a fix: it must run."""

    operation: Operation


Ways = list[list[Witness]]
"""For each slice, one witness or two draws of it."""


def of_claim(seen: Survey, operation: Operation, clash: Clash | None = None) -> Ways:
    """What must raise, or show the effect of a silent clash. Raises Unfit if it cannot be written."""

    def write(each: Slice, draw: Draw) -> Witness:
        return _claim(each, draw, clash)

    return [drawn(each, write) for each in slices(seen, operation)]


def of_mended(seen: Survey, mended: Mended) -> Ways:
    """What must run, and run through."""

    def write(each: Slice, draw: Draw) -> Witness:
        return _claim(each, draw, None)

    return [drawn(each, write) for each in slices(seen, mended.operation, healthy=True)]


def drawn(each: Slice, write: Callable[[Slice, Draw], Witness]) -> list[Witness]:
    """One witness, or two where the source leaves sizes open."""
    witnesses: list[Witness] = []
    for series in SERIES:
        draw, witness = _lifted(each, series, write)
        witnesses.append(witness)
        if not draw.numbers:
            break
    return witnesses


def _lifted(each: Slice, series: Sequence[int], write: Callable[[Slice, Draw], Witness]) -> tuple[Draw, Witness]:
    """With numbers so large that every size is at least 1, and with fewer rows of data where all are too many."""
    for shrink in SHRINKS[:-1]:
        try:
            return _shrunk(each, series, write, shrink)
        except TooLarge:
            continue
    return _shrunk(each, series, write, SHRINKS[-1])


def _shrunk(
    each: Slice, series: Sequence[int], write: Callable[[Slice, Draw], Witness], shrink: int
) -> tuple[Draw, Witness]:
    if shrink > 1:
        each = replace(each, skipped=True, cut=(*each.cut, f"{shrink - 1} of {shrink} rows of data"))
    for lift, order in product(STEPS, (series, sorted(series))):
        draw = Draw(order, lift, shrink)
        try:
            witness = write(each, draw)
        except TooSmall:
            continue
        if len(witness.recipe()) > MOST_TEXT:
            raise Unfit("too large to be written")
        return draw, witness
    raise Unfit("no sizes fit it")


def _claim(each: Slice, draw: Draw, clash: Clash | None) -> Witness:
    operation = each.operations[-1]
    if clash is not None and clash.kind == "layer-made-in-call" and isinstance(operation, Called):
        return _made_in_call(each, draw, operation)
    writer = Writer(each, draw, operation)
    writer.write()
    aim = len(writer.steps) - 1
    if clash is not None and clash.kind == "unknown-monitor":
        _watched(writer, clash)
    shows, run = None, True
    if clash is not None and clash.kind == "silent-gates":
        shows = gates_lie(writer, clash.facts["layer"])
    elif isinstance(operation, Called) and clash is not None and not clash.raises:
        shows = effect(writer, operation, clash)
    elif clash is not None and clash.kind == "silent-square-of-pairs":
        shows = _square(writer, operation)
    elif isinstance(operation, Called) and (_builds(operation) or _grows(operation)):
        run = _runs_through(writer, operation, aim)
    told, sure = shows or ("", True)
    warns = clash.at if clash is not None and not clash.raises and shows is None else ""
    return Witness(tuple(writer.steps), aim, each.skipped or not run, told, sure, warns, each.cut)


def _square(writer: Writer, operation: Operation) -> tuple[str, bool] | None:
    """A difference of a row and a column has as many rows as columns."""
    result, step = operation.result, writer.steps[-1]
    if not isinstance(result, Tensor) or not isinstance(result.shape, tuple) or None in result.shape:
        return None
    sizes = writer.draw.data(result.shape)
    writer.steps[-1] = step = Step(step.do, step.to or writer.name("value"))
    writer.steps.append(Step(["shape", ["name", step.to]], expected=["tuple", *sizes], asserts=True))
    return f"the difference is of shape ({', '.join(map(str, sizes))})", True


def _watched(writer: Writer, clash: Clash) -> None:
    """`fit` with the callback that watches what is not there."""
    name, node = f"keras.callbacks.{clash.facts['callback']}", writer.steps[-1].do
    if name not in CALLBACKS:
        raise Unfit(f"{clash.facts['callback']} writes files")
    callback: Node = ["call", name, [], [["monitor", clash.facts["value"]]]]
    named = [*node[-1], ["callbacks", ["list", callback]]]
    writer.steps[-1] = replace(writer.steps[-1], do=[*node[:-1], named])


def _made_in_call(each: Slice, draw: Draw, operation: Called) -> Witness:
    """A model whose `call` makes the layers that this one does, and runs them on what it is called on."""
    made = [o for o in each.operations if isinstance(o.result, Thing) and o.result.get(MADE_IN_CALL)]
    several = [v for o in (*made, operation) for v in held(operands(o), each.choice) if isinstance(v, Tensor | Thing)]
    tensors = [value for value in several if isinstance(value, Tensor)]
    outside = [value for value in several if value.origin is None or value.origin.operation not in made]
    if len(tensors) != 1 or len(outside) != 1:
        raise Unfit("the layer is called on more than one tensor")
    writer = Writer(each, draw, operation)
    gives = Tensor(tensors[0].shape, tensors[0].type, origin=Origin(operation))
    steps, node = writer.inner(Body((), (*made, operation), (), gives), [(tensors[0], ["name", "inputs"])])
    own: Node = ["own", "Own", "keras.Model", [], [[["inputs"], steps, node, "call"]], None]
    model, array = writer.step("model", own), _array(writer, tensors[0])
    writer.steps.append(Step(["method", model, "predict", [array], [["verbose", 0]]]))
    return Witness(tuple(writer.steps), len(writer.steps) - 1, False)


def _builds(operation: Called) -> bool:
    """Does it give symbolic tensors, or a model, that can be run afterwards?"""
    if operation.receiver is not None:
        return operation.callee == "__call__" and isinstance(operation.receiver, Thing)
    return operation.callee in MODELS


def _grows(operation: Called) -> bool:
    """Does it put a layer on a Sequential?"""
    return operation.callee == "add" and isinstance(operation.receiver, Thing)


def _runs_through(writer: Writer, operation: Called, aim: int) -> bool:
    """What only shows when it runs does not show where that would take too long."""
    written = list(writer.steps)
    try:
        _run_through(writer, operation, aim)
    except Unfit:
        writer.steps[:] = written
        return False
    return True


def _run_through(writer: Writer, operation: Called, aim: int) -> None:
    """Behind the step in question: a model around it, run once on data of its inputs' shapes."""
    inputs = inputs_of(writer)
    if not inputs:
        return
    step = writer.steps[aim]
    if _grows(operation) and operation.receiver is not None:
        if len(inputs) == 1:
            forward(writer, writer.node(operation.receiver), inputs)
        return
    if not step.to:
        writer.steps[aim] = step = Step(step.do, writer.name("x" if operation.receiver else "model"))
    model: Node = ["name", step.to]
    if operation.receiver is not None:
        model = writer.step("model", ["call", "keras.Model", [_one_or_list([node for node, _ in inputs]), model], []])
    else:
        inputs = inputs_of(writer, operation)
    if inputs:
        forward(writer, model, inputs)


def forward(writer: Writer, model: Node, inputs: list[tuple[Node, Tensor]]) -> Node:
    arrays = [_array(writer, tensor) for _, tensor in inputs]
    return writer.step("x", ["apply", model, [_one_or_list(arrays)], []])


def _array(writer: Writer, tensor: Tensor) -> Node:
    assert isinstance(tensor.shape, tuple)
    sizes = writer.draw.data(tensor.shape)
    if len(sizes) > 2 and sizes[1] > MOST_STEPS:
        raise Unfit(f"too many steps to run: {sizes[1]}")
    return writer.step("data", data(sizes, tensor.dtype or "float32"))


def _one_or_list(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else ["list", *nodes]


def inputs_of(writer: Writer, model: Called | None = None) -> list[tuple[Node, Tensor]]:
    """The Inputs of the slice, or those that a model is made with: what names each, and its shape."""
    if writer.slice.eager:
        return []
    made = [
        operation.result
        for operation in writer.slice.operations
        if isinstance(operation, Called) and operation.receiver is None and operation.callee in INPUTS
    ]
    choice = writer.slice.choice
    cut = [v for o in writer.slice.operations for v in held(operands(o), choice) if id(v) in writer.results]
    tensors = [tensor for tensor in (*made, *cut) if isinstance(tensor, Tensor) and tensor.type == KERAS_TENSOR]
    if model is not None:
        first = next((a for a in model.arguments if a.name == "inputs"), None) or next(iter(model.arguments), None)
        tensors = [v for v in held([first.value], choice) if isinstance(v, Tensor)][::-1] if first else []
    return [(writer.node(t), t) for t in dict.fromkeys(tensors) if isinstance(t.shape, tuple)]
