"""What a functional model is made between: symbolic tensors, of which each output hangs on the inputs alone."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.keras.checking import is_layer
from lstm_lint.library.keras.feeding import input_name, leaves
from lstm_lint.library.keras.graph import INPUT_LAYER, SYMBOLIC, source
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.records import dataclass, field
from lstm_lint.trace import Called
from lstm_lint.values.library import Clash
from lstm_lint.values.value import Const, Tensor, Thing, Value

NOT_SYMBOLIC = {
    ("keras2", "inputs"): "Found unexpected instance while processing input tensors",
    ("keras2", "outputs"): "Output tensors of a Functional model must be the output of a TensorFlow `Layer`",
    ("keras3", "inputs"): "All `inputs` values must be KerasTensors",
    ("keras3", "outputs"): "All `outputs` values must be KerasTensors",
}
TWICE = {
    "keras2": "times in the model. All layer names should be unique",
    "keras3": "times in the model. All operation names should be unique",
}
APART = {"keras2": "Graph disconnected", "keras3": "is not connected to `inputs`"}
INPUT = "keras.Input"
PRIVATE = "tensorflow.python.keras.KerasTensor"


def check_ends(registry: Registry, inputs: Value, outputs: Value) -> None:
    """Raises Clash for what is surely no symbolic tensor."""
    for name, value in (("inputs", inputs), ("outputs", outputs)):
        if registry.target == "keras3" and listed(value) == ():
            words = (f"`{name}` argument cannot be empty",)
            raise Clash("argument-value", ("ValueError",), words, {"name": name, "value": value}, at=name)
        for leaf in leaves(value):
            if isinstance(leaf, Tensor) and leaf.type == PRIVATE:
                facts = {"item": leaf, "holder": "Model", "home": "keras"}
                raise Clash("mixed-keras", ("ValueError", "AttributeError"), (), facts)
            if _no_symbol(registry, leaf):
                words = (NOT_SYMBOLIC[registry.target, name],)
                raise Clash("end-not-symbolic", ("ValueError",), words, {"name": name, "value": leaf}, at=name)


def _no_symbol(registry: Registry, value: Value) -> bool:
    if isinstance(value, Tensor):
        return value.type == "numpy.ndarray"
    return isinstance(value, Const) or isinstance(value, Thing) and is_layer(registry, value) is True


@dataclass
class Way:
    """What lies between outputs and inputs: `starts` are the Inputs that none of `inputs` stands before."""

    inputs: list[Tensor]
    starts: list[Tensor] = field(default_factory=list)
    layers: list[Thing] = field(default_factory=list)
    known: bool = True
    seen: set[int] = field(default_factory=set)


def check_wires(registry: Registry, inputs: Value, outputs: Value) -> None:
    """Raises Clash for an output that hangs on an Input left out, and for two layers of one name."""
    given, ends = list(leaves(inputs)), list(leaves(outputs))
    if not given or not all(isinstance(each, Tensor) and each.type == SYMBOLIC for each in (*given, *ends)):
        return
    way = Way([each for each in given if isinstance(each, Tensor)])
    for end in ends:
        assert isinstance(end, Tensor)
        if any(end is each for each in way.inputs) or registry.target == "keras2" and _is_input(end):
            continue
        _walk(way, end)
    if way.starts:
        _apart(registry, way)
    _check_names(registry, way)


def _is_input(tensor: Tensor) -> bool:
    operation = tensor.origin.operation if tensor.origin is not None else None
    known = tensor.history is None or tensor.history.layer.type == INPUT_LAYER  # a layer may hand on what it is given
    made = known and isinstance(operation, Called) and operation.callee == INPUT
    return made and all(argument.name != "tensor" for argument in operation.arguments)  # type: ignore[union-attr]


def _walk(way: Way, tensor: Tensor) -> None:
    """From a tensor to the inputs, or to where it is not known what made it."""
    waiting = [tensor]
    while waiting:
        at = waiting.pop()
        if id(at) in way.seen or any(at is each for each in way.inputs):
            continue
        way.seen.add(id(at))
        if _is_input(at):
            way.starts.append(at)
            continue
        node = source(at)
        if node is not None and all(node.layer is not each for each in way.layers):
            way.layers.append(node.layer)
        waiting += [each for each in (node.inputs if node is not None else ()) if each.type == SYMBOLIC]


def _apart(registry: Registry, way: Way) -> None:
    """Keras 2 tells it so only where the model begins at Inputs."""
    plain = registry.target == "keras3" or all(map(_is_input, way.inputs))
    words = (APART[registry.target],) if plain else ()
    left, given = way.starts[0], way.inputs
    facts = {"tensor": left, "left": left, "given": given, "name": input_name(left)}
    raise Clash("graph-disconnected", ("ValueError",), words, facts)


def _check_names(registry: Registry, way: Way) -> None:
    named: list[tuple[str, object]] = [(name, layer) for layer in way.layers if (name := given_name(layer))]
    named += [(name, tensor) for tensor in way.inputs if (name := input_name(tensor))]
    again = repeated(named)
    if again:
        facts = {"name": again[0], "layer": again[1] if isinstance(again[1], Thing) else None}
        raise Clash("name-twice", ("ValueError",), (f'The name "{again[0]}" is used', TWICE[registry.target]), facts)


def given_name(layer: Thing) -> str | None:
    """The name that the source gave to a layer."""
    held = argument(layer, "name")
    return held.value if isinstance(held, Const) and isinstance(held.value, str) else None


def repeated(named: Sequence[tuple[str, object]]) -> tuple[str, Any] | None:
    """The first name that two things bear, and one of the two."""
    bearers: dict[str, object] = {}
    for name, thing in named:
        if bearers.setdefault(name, thing) is not thing:
            return name, thing
    return None
