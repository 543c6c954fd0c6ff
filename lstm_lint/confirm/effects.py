"""What a silent mistake does, as assertions that hold only if it does it: one function for each kind of clash."""

from collections.abc import Callable, Sequence

from lstm_lint.confirm.literals import data, parts
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.confirm.sizes import Unfit
from lstm_lint.confirm.words import arguments
from lstm_lint.confirm.writer import Writer, as_array
from lstm_lint.trace import Called
from lstm_lint.values.library import Clash
from lstm_lint.values.value import FED, Const, Tensor, Thing, Tuple, Value

MOST_ROWS = 8
SEQUENCES = (64, 100, 32)
"""Samples, steps and features that a layer's speed is measured on, as often as ROUNDS."""

ROUNDS = 15
LOSSES = [
    "MeanSquaredError",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanSquaredLogarithmicError",
    "Huber",
    "LogCosh",
    "Poisson",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "Hinge",
    "SquaredHinge",
    "CategoricalHinge",
    "KLDivergence",
    "CosineSimilarity",
]

Shows = tuple[str, bool]
"""The effect in words; whether it shows with all weights and all data."""


def effect(writer: Writer, called: Called, clash: Clash) -> Shows | None:
    """Writes the assertions behind the step in question; None where nobody measures it."""
    show = EFFECTS.get(clash.kind)
    written, results = len(writer.steps), dict(writer.results)
    try:
        return show(writer, called, clash) if show is not None else None
    except Unfit:
        del writer.steps[written:]
        writer.results = results
        return None


def _stretched(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The model's loss is that of both, stretched by hand to one shape."""
    name = next((each for each in LOSSES if each.lower() == clash.facts["loss"]), None)
    if name is None:
        raise Unfit("a loss of another kind")
    rows, inputs, targets = _batch(writer, called)
    model = writer.node(_model(called))
    told: Node = ["call", "numpy.ravel", [["method", model, "test_on_batch", [inputs, targets], []]], []]
    output = writer.step("output", ["method", model, "predict_on_batch", [inputs], []])
    ours, theirs = (_sizes(writer, clash.facts[side], rows) for side in ("expected", "found"))
    whole = [max(pair) for pair in zip(*_aligned(ours, theirs), strict=True)]
    loss = writer.step("loss", ["call", f"keras.losses.{name}", [], []])
    both = [_broadcast(node, shape, whole) for node, shape in ((targets, theirs), (output, ours))]
    _holds(writer, ["call", "numpy.allclose", [["item", told, 0], ["apply", loss, both, []]], [["rtol", 0.001]]])
    return f"the loss compares {_shape(ours)} with {_shape(theirs)} as {_shape(whole)}", _plain_loss(writer)


def _plain_loss(writer: Writer) -> bool:
    """Is the loss given by its name alone, and nothing is added to it?"""
    calls = [each for each in writer.slice.operations if isinstance(each, Called)]
    given = [argument for each in calls for argument in each.arguments]
    named = [each.value for each in given if each.name == "loss"]
    adds = any(each.name.endswith("regularizer") for each in given)
    return not adds and bool(named) and all(isinstance(each, Const) for each in named)


def _aligned(one: Sequence[int], other: Sequence[int]) -> tuple[list[int], list[int]]:
    rank = max(len(one), len(other))
    return [1] * (rank - len(one)) + [*one], [1] * (rank - len(other)) + [*other]


def _broadcast(node: Node, shape: Sequence[int], whole: Sequence[int]) -> Node:
    shaped: Node = ["call", "numpy.reshape", [node, ["tuple", *shape]], []]
    stretched: Node = ["call", "numpy.broadcast_to", [shaped, ["tuple", *whole]], []]
    return ["method", stretched, "astype", ["float32"], []]


def _axis_added(writer: Writer, called: Called, clash: Clash) -> Shows:
    """Each row of the data has an answer of its own."""
    rows = writer.node(_given(called)[0])
    told: Node = ["method", writer.node(_model(called)), "predict_on_batch", [rows], []]
    answers, count = (["call", "builtins.len", [each], []] for each in (told, rows))
    _holds(writer, ["operate", "==", answers, count])
    return "there is an answer for each row", True


def _always_one(writer: Writer, called: Called, clash: Clash) -> Shows:
    _holds(writer, ["call", "numpy.allclose", [_output(writer, called), 1], []])
    return "every output is 1", True


def _never_lost(writer: Writer, called: Called, clash: Clash) -> Shows:
    _, inputs, targets = _batch(writer, called)
    told: Node = ["method", writer.node(_model(called)), "test_on_batch", [inputs, targets], []]
    loss: Node = ["item", ["call", "numpy.ravel", [told], []], 0]
    _holds(writer, ["operate", "<", ["call", "numpy.abs", [loss], []], 0.001])
    return "the loss is 0", _plain_loss(writer)


def _are_chances(writer: Writer, called: Called, clash: Clash) -> Shows:
    output = _output(writer, called)
    _holds(writer, ["operate", ">=", ["call", "numpy.min", [output], []], 0])
    _holds(writer, ["operate", "<=", ["call", "numpy.max", [output], []], 1])
    return "all outputs lie between 0 and 1, where the loss takes raw scores", True


def _are_scores(writer: Writer, called: Called, clash: Clash) -> Shows:
    """With a lower bias, the outputs leave the range of chances."""
    _, inputs, _ = _batch(writer, called)
    model = writer.node(_model(called))
    weights = writer.step("weights", ["method", model, "get_weights", [], []])
    less: Node = ["list", ["operate", "-", ["item", weights, -1], 10.0]]
    lower: Node = ["operate", "+", ["item", weights, ["slice", None, -1, None]], less]
    writer.steps.append(Step(["method", model, "set_weights", [lower], []]))
    output = writer.step("output", ["method", model, "predict_on_batch", [inputs], []])
    _holds(writer, ["operate", "not", ["operate", ">=", ["call", "numpy.min", [output], []], 0]])
    return "outputs fall below 0, where the loss takes chances", False


def _never_hit(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The second number that Keras tells is the accuracy."""
    rows, inputs, _ = _batch(writer, called)
    measured: Node = ["operate", "+", ["call", "numpy.random.rand", [rows, *_rest(writer, called)], []], 0.25]
    model = writer.node(_model(called))
    told: Node = ["call", "numpy.ravel", [["method", model, "test_on_batch", [inputs, measured], []]], []]
    _holds(writer, ["operate", "==", ["item", told, 1], 0])
    return "of numbers that were measured the accuracy is 0", False


def _rest(writer: Writer, called: Called) -> list[int]:
    """The axes of the targets behind the first one."""
    targets = _given(called)[1]
    assert isinstance(targets, Tensor) and isinstance(targets.shape, tuple)
    return writer.draw.data(targets.shape)[1:]


def _state_ignored(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The layer gives the same without the states that it has no use for."""
    states = [state for state in clash.facts["states"] if isinstance(state, Tensor)]
    wanted, (inputs, *_) = clash.facts["expected"], _given(called)
    if not isinstance(inputs, Tensor) or len(states) <= wanted or called.receiver is None:
        raise Unfit("states that are not known")
    arrays = [_drawn(writer, each) for each in (inputs, *states)]
    layer = writer.node(called.receiver)
    several = len(list(parts(called.result))) > 1 or isinstance(called.result, Tuple)
    results = [
        writer.step("x", ["apply", layer, [arrays[0]], [["initial_state", ["list", *some]]]])
        for some in (arrays[1:], arrays[1 : 1 + wanted])
    ]
    outputs = [as_array(writer, ["item", each, 0] if several else each) for each in results]
    _holds(writer, ["call", "numpy.allclose", outputs, []])
    count = len(states) - wanted
    return f"the result is the same without the last {'state' if count == 1 else f'{count} states'}", True


def _mask_ends(writer: Writer, called: Called, clash: Clash) -> Shows:
    layer = clash.facts["layer"]
    if not isinstance(layer, Thing):
        raise Unfit("a layer that is not known")
    writer.steps.append(Step(["attr", writer.node(layer), "supports_masking"], expected=False, asserts=True))
    return "the layer does not hand masks on", True


def _mask_unused(writer: Writer, called: Called, clash: Clash) -> Shows:
    """All steps are masked, and the layer gives what it gives without a mask."""
    layer, (given, *_) = called.receiver, _given(called)
    made = given.origin.operation if isinstance(given, Tensor) and given.origin else None
    if (
        not isinstance(made, Called)
        or made.receiver is not clash.facts["maker"]
        or layer is None
        or made.receiver is None
    ):
        raise Unfit("a mask that has come a long way")
    states = next((each.value for each in called.arguments if each.name == "initial_state"), None)
    zeros = writer.step("data", ["call", "numpy.zeros", [["tuple", *_lengths(writer, _given(made)[0])]], []])
    masked = writer.step("x", ["apply", writer.node(made.receiver), [zeros], []])
    arrays: Node = ["list", *(_drawn(writer, each) for each in parts(states) if isinstance(each, Tensor))]
    outputs = [
        writer.step("x", ["apply", writer.node(layer), [each], [["initial_state", arrays]]])
        for each in (masked, as_array(writer, masked))
    ]
    several = isinstance(called.result, Tuple)
    told = [as_array(writer, ["item", each, 0] if several else each) for each in outputs]
    _holds(writer, ["call", "numpy.allclose", told, []])
    return "the result is the same with every step masked and without a mask", True


def _lengths(writer: Writer, value: Value) -> list[int]:
    if not isinstance(value, Tensor) or not isinstance(value.shape, tuple):
        raise Unfit("a shape that is not known")
    return writer.draw.data(value.shape)


def _made_alike(writer: Writer, called: Called, clash: Clash) -> Shows:
    """Made without the argument, it has the same configuration."""
    ignored = clash.at
    named = [a for a in called.arguments if a.name not in (ignored, "name")]
    if not any(a.name == ignored for a in called.arguments) or called.receiver is not None:
        raise Unfit("an argument that is not named")
    less = [[each.name, writer.node(each.value)] for each in named if each.name]
    plain = [writer.node(each.value) for each in named if not each.name]
    extra = [[ignored, writer.node(a.value)] for a in called.arguments if a.name == ignored]
    both = [
        writer.step("value", ["call", called.callee, plain, [*less, *more, ["name", "same"]]]) for more in (extra, [])
    ]
    one, other = (["method", each, "get_config", [], []] for each in both)
    _holds(writer, ["operate", "==", one, other])
    return f"without {ignored} its configuration is the same", True


def _slower(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The layer as it is written, and with what the fused kernel wants instead."""
    usual = clash.facts["usual"]
    named = [[a.name, writer.node(a.value)] for a in called.arguments if a.name and a.name not in usual]
    plain = [writer.node(a.value) for a in called.arguments if not a.name]
    step = writer.steps[-1]
    writer.steps[-1] = Step(step.do, step.to or writer.name("layer"))
    fused = writer.step("fused", ["call", called.callee, plain, [*named, *([n, v] for n, v in usual.items())]])
    array = writer.step("data", data(SEQUENCES, "float32"))
    for name, layer in (("slow_seconds", ["name", writer.steps[-3].to]), ("fused_seconds", fused)):
        call = as_array(writer, ["apply", layer, [array], []])
        writer.steps.append(Step(call, name, rounds=ROUNDS))
    return "", False


def _nothing_masked(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The mask is True throughout, though steps were put in."""
    rows = writer.node(_given(called)[0])
    mask: Node = ["method", writer.node(clash.facts["maker"]), "compute_mask", [rows], []]
    _holds(writer, ["operate", "==", ["call", "numpy.min", [mask], []], True])
    apart: Node = [
        "call",
        "numpy.abs",
        [
            ["operate", "-", rows, clash.facts["value"]],
        ],
        [],
    ]
    _holds(writer, ["operate", "==", ["call", "numpy.min", [apart], []], 0])
    return "the mask leaves out nothing", False


def _left(writer: Writer, called: Called, clash: Clash) -> Shows:
    """The model on the data, and on the same turned round, which are padded on the right."""
    rows, model = writer.node(_given(called)[0]), writer.node(_model(called))
    turned: Node = ["call", "numpy.flip", [rows], [["axis", 1]]]
    for name, each in (("slow_seconds", rows), ("fused_seconds", turned)):
        call = as_array(writer, ["method", model, "predict_on_batch", [each], []])
        writer.steps.append(Step(call, name, rounds=ROUNDS))
    return "", False


EFFECTS: dict[str, Callable[[Writer, Called, Clash], Shows]] = {
    "silent-target-stretched": _stretched,
    "silent-axis-added": _axis_added,
    "silent-softmax-of-one": _always_one,
    "silent-one-class": _never_lost,
    "silent-chances-as-scores": _are_chances,
    "silent-scores-as-chances": _are_scores,
    "silent-state-count": _state_ignored,
    "silent-mask-dropped": _mask_ends,
    "silent-mask-beside-states": _mask_unused,
    "silent-accuracy-of-measures": _never_hit,
    "argument-ignored": _made_alike,
    "silent-padding-unmasked": _nothing_masked,
    "silent-padded-left": _left,
    "slower": _slower,
}


def _holds(writer: Writer, node: Node) -> None:
    writer.steps.append(Step(node, expected=True, asserts=True))


def _model(called: Called) -> Value:
    if called.receiver is None:
        raise Unfit("no model is known")
    return called.receiver


def _given(called: Called) -> list[Value]:
    """The data of the call; of one that takes none, what the model would take."""
    fed = called.receiver.get(FED) if isinstance(called.receiver, Thing) and called.callee == "compile" else None
    if isinstance(fed, Tuple):
        return list(fed.items)
    return [each.value for each in arguments(called) if not each.name or each.name in ("x", "y", "inputs", "sequences")]


def _batch(writer: Writer, called: Called) -> tuple[int, Node, Node]:
    """So many rows of the inputs and of the targets."""
    given = _given(called)
    if len(given) < 2 or not all(isinstance(each, Tensor) and isinstance(each.shape, tuple) for each in given[:2]):
        raise Unfit("data that are not known")
    inputs, targets = (each for each in given[:2] if isinstance(each, Tensor))
    assert isinstance(targets.shape, tuple)
    rows = min(writer.draw.data(targets.shape)[0], MOST_ROWS)
    some: Node = ["slice", None, rows, None]
    return rows, ["item", writer.node(inputs), some], ["item", writer.node(targets), some]


def _output(writer: Writer, called: Called) -> Node:
    _, inputs, _ = _batch(writer, called)
    return writer.step("output", ["method", writer.node(_model(called)), "predict_on_batch", [inputs], []])


def _drawn(writer: Writer, tensor: Tensor) -> Node:
    if not isinstance(tensor.shape, tuple):
        raise Unfit("a shape that is not known")
    return writer.step("data", data(writer.draw.data(tensor.shape), tensor.dtype or "float32"))


def _sizes(writer: Writer, shape: object, rows: int) -> list[int]:
    """The shape as the loss met it, for so many rows."""
    if not isinstance(shape, tuple) or not shape:
        raise Unfit("a shape that is not known")
    return [rows, *writer.draw.data(shape)[1:]]


def _shape(sizes: Sequence[int]) -> str:
    return f"({', '.join(map(str, sizes))}{',' if len(sizes) == 1 else ''})"
