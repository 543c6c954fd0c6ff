"""The numbers that people rely on, as assertions: the last output is the hidden state, and how the gates lie in the weights."""

from collections.abc import Iterator

from lstm_lint.confirm.child import names
from lstm_lint.confirm.literals import data
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.confirm.slices import Slice, Survey
from lstm_lint.confirm.writer import Writer, as_array
from lstm_lint.trace import AttributeRead, Called
from lstm_lint.values.value import Const, Tensor, Thing, Tuple, Value

KINDS = {"keras.layers.LSTM": "i, f, c, o", "keras.layers.GRU": "z, r, h"}
HOLDING = ("cell", "kernel", "recurrent_kernel", "bias", "weights", "trainable_weights")
CHANGING = names("activation recurrent_activation stateful time_major dtype batch_input_shape")
KEEPING = names("use_bias reset_after")
"""Arguments with which the sums below are others, or a batch of another size is refused; those that must be as they are
of their own accord, True.
"""

ROWS = 3


def assert_numbers(writer: Writer, seen: Survey, each: Slice) -> str:
    """What was looked at, in words."""
    told = []
    for called in _with_states(each):
        _last_is_hidden(writer, called)
        told.append("the last output is the hidden state")
        break
    for layer in _read(seen, each):
        _gates(writer, layer)
        told.append(f"the gates of {layer.type.rpartition('.')[2]} lie as {KINDS[layer.type]}")
    return ", ".join(dict.fromkeys(told))


def gates_lie(writer: Writer, layer: Thing) -> tuple[str, bool] | None:
    """How they lie, and that it is so with any weights; None where they cannot be reckoned."""
    if layer.type not in KINDS or not _is_plain(layer):
        return None
    _gates(writer, layer)
    return f"the gates of {layer.type.rpartition('.')[2]} lie as {KINDS[layer.type]}", True


def _with_states(each: Slice) -> Iterator[Called]:
    """Calls of recurrent layers that give their states too."""
    for operation in each.operations:
        match operation:
            case Called(callee="__call__", receiver=Thing(type=kind), arguments=(one,), result=Tuple()):
                if kind in KINDS and isinstance(one.value, Tensor) and not _given(operation.receiver, "stateful"):
                    yield operation


def _last_is_hidden(writer: Writer, called: Called) -> None:
    sequences = called.arguments[0].value
    if not isinstance(sequences, Tensor) or not isinstance(sequences.shape, tuple) or called.receiver is None:
        return
    array = writer.step("data", data(writer.draw.data(sequences.shape), "float32"))
    result = writer.step("x", ["apply", writer.node(called.receiver), [array], []])
    outputs: Node = as_array(writer, ["item", result, 0])
    last = ["item", outputs, _steps()] if _given(called.receiver, "return_sequences") else outputs
    _alike(writer, last, as_array(writer, ["item", result, 1]))


def _steps() -> Node:
    """`[:, -1]`."""
    return ["tuple", ["slice", None, None, None], -1]


def _read(seen: Survey, each: Slice) -> Iterator[Thing]:
    """Layers of this program whose weights are looked at, made so that the sums below hold."""
    made = [o.result for o in each.operations if isinstance(o, Called) and isinstance(o.result, Thing)]
    owners = {id(o.owner) for o in seen.operations if isinstance(o, AttributeRead) and o.name in HOLDING}
    owners |= {id(o.receiver) for o in seen.operations if isinstance(o, Called) and o.callee == "get_weights"}
    for layer in made:
        if layer.type in KINDS and id(layer) in owners and _is_plain(layer):
            yield layer


def _is_plain(layer: Thing) -> bool:
    made = layer.origin.operation if layer.origin else None
    arguments = made.arguments if isinstance(made, Called) else ()
    changed = any(each.name in KEEPING and each.value != Const(True) for each in arguments)
    return not changed and not any(_given(layer, name) for name in CHANGING)


def _given(layer: Value | None, name: str) -> bool:
    """Is the argument there when it is made, and not False?"""
    made = layer.origin.operation if isinstance(layer, Thing) and layer.origin else None
    arguments = made.arguments if isinstance(made, Called) else ()
    return any(each.name == name and each.value != Const(False) for each in arguments)


def _gates(writer: Writer, layer: Thing) -> None:
    """One step, reckoned by hand from slices of the weights."""
    node, many = writer.node(layer), 2 if layer.type.endswith("LSTM") else 1
    weights = writer.step("weights", ["method", node, "get_weights", [], []])
    kernel, recurrent, bias = (["item", weights, index] for index in range(3))
    step, *states = [
        writer.step("data", ["method", ["call", "numpy.random.rand", [ROWS, ["item", ["shape", of], 0]], []], "astype", ["float32"], []])
        for of in (kernel, *[recurrent] * many)
    ]  # fmt: skip
    ours = (_lstm if many == 2 else _gru)(writer, step, states, (kernel, recurrent, bias))
    given = [_tensor(writer, each) for each in states]
    sequence = _tensor(writer, ["item", step, ["tuple", ["slice", None, None, None], None]])
    result = writer.step("x", ["apply", node, [sequence], [["initial_state", ["list", *given]]]])
    outputs = as_array(writer, ["item", result, 0] if _given(layer, "return_state") else result)
    _alike(writer, ["item", outputs, _steps()] if _given(layer, "return_sequences") else outputs, ours)


def _lstm(writer: Writer, step: Node, states: list[Node], weights: tuple[Node, ...]) -> Node:
    kernel, recurrent, bias = weights
    whole = _plus(_plus(["operate", "@", step, kernel], ["operate", "@", states[0], recurrent]), bias)
    i, f, c, o = _split(writer, whole, "ifco")
    kept = _plus(_times(_sigmoid(f), states[1]), _times(_sigmoid(i), _tanh(c)))
    return _times(_sigmoid(o), _tanh(kept))


def _gru(writer: Writer, step: Node, states: list[Node], weights: tuple[Node, ...]) -> Node:
    """With reset_after, the default: the bias has two rows."""
    kernel, recurrent, bias = weights
    of_step = _plus(["operate", "@", step, kernel], ["item", bias, 0])
    of_state = _plus(["operate", "@", states[0], recurrent], ["item", bias, 1])
    (z, r, h), (u, s, g) = _split(writer, of_step, "zrh"), _split(writer, of_state, "usg")
    update = writer.step("update", _sigmoid(_plus(z, u)))
    fresh = _tanh(_plus(h, _times(_sigmoid(_plus(r, s)), g)))
    return _plus(_times(update, states[0]), _times(["operate", "-", 1.0, update], fresh))


def _split(writer: Writer, whole: Node, names: str) -> list[Node]:
    to = tuple(writer.name(each) for each in names)
    writer.steps.append(Step(["call", "numpy.split", [whole, len(names)], [["axis", 1]]], to))
    return [["name", each] for each in to]


def _plus(left: Node, right: Node) -> Node:
    return ["operate", "+", left, right]


def _times(left: Node, right: Node) -> Node:
    return ["operate", "*", left, right]


def _tanh(node: Node) -> Node:
    return ["call", "numpy.tanh", [node], []]


def _sigmoid(node: Node) -> Node:
    return ["operate", "/", 1.0, _plus(1.0, ["call", "numpy.exp", [["operate", "-", node]], []])]


def _tensor(writer: Writer, node: Node) -> Node:
    """As Keras 2 wants a state."""
    return ["call", "tensorflow.constant", [node], []] if writer.slice.target == "keras2" else node


def _alike(writer: Writer, left: Node, right: Node) -> None:
    near: Node = ["call", "numpy.allclose", [left, right], [["atol", 0.0001]]]
    writer.steps.append(Step(near, expected=True, asserts=True))
