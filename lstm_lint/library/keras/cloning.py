"""`clone_model`: the same layers anew, with weights of their own, called in the same way."""

from typing import Any

from lstm_lint.library.keras.calling import SYMBOLIC, call_layer
from lstm_lint.library.keras.feeding import mapped
from lstm_lint.library.keras.graph import FIRST_CALL, INPUT_LAYER, NAMESAKE, OPERATION, Node, tensors_in
from lstm_lint.library.keras.making import ARGUMENTS, GIVEN, arguments
from lstm_lint.library.keras.models import FUNCTIONAL, INPUT, LAYERS, OUTPUT, SEQUENTIAL, STEPS, nodes_of
from lstm_lint.library.keras.sequential import add_layer
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tensor, Thing, Value

KEPT = (ARGUMENTS, GIVEN, "open", "call")
NOT_FOLLOWED = Unknown("a clone that is not followed")


@op("keras.models.clone_model")
def clone_model(registry: Registry, call: Call) -> Value:
    model = call.value("model", 0)
    if not isinstance(model, Thing) or len(call.arguments) > 1 or call.open:
        return NOT_FOLLOWED
    return _clone(registry, model, call) or NOT_FOLLOWED


def _clone(registry: Registry, layer: Thing, call: Call) -> Thing | None:
    if layer.type == SEQUENTIAL:
        return _sequential(registry, layer, call)
    if layer.type == FUNCTIONAL:
        return _functional(registry, layer, call)
    bound = arguments(layer)
    wrapped = bound is None or any(isinstance(value, Thing) for value in bound.values())
    if layer.type == "instance" or wrapped or any(isinstance(key, tuple) for key in layer.fields):
        return None
    return Thing(layer.type, {**{name: layer.get(name) for name in KEPT}, NAMESAKE: layer})


def _sequential(registry: Registry, model: Thing, call: Call) -> Thing | None:
    held = model.get(LAYERS)
    several = [_clone(registry, each, call) for each in held] if isinstance(held, tuple) else [None]
    start = model.get(INPUT)
    fields: dict[Any, Any] = {ARGUMENTS: model.get(ARGUMENTS), GIVEN: frozenset(), LAYERS: (), STEPS: ()}
    clone = Thing(SEQUENTIAL, {**fields, INPUT: None, OUTPUT: None, NAMESAKE: model})
    if isinstance(start, Tensor):
        add_layer(registry, clone, _input(start), call)
    for each in several:
        if each is None:
            return None
        add_layer(registry, clone, each, call)
    return clone


def _input(tensor: Tensor) -> Tensor:
    made = Tensor(tensor.shape, SYMBOLIC, tensor.dtype)
    made.history = Node(Thing(INPUT_LAYER, {"tensor": made, NAMESAKE: tensor}), made, (), made)
    return made


def _functional(registry: Registry, model: Thing, call: Call) -> Thing | None:
    """Node by node, from the inputs on."""
    nodes, known, layers = nodes_of(model), dict[int, Tensor](), dict[int, Thing]()
    if nodes is None or any(node.layer.type == OPERATION for node in nodes):
        return None
    waiting = list(nodes)
    while waiting:
        node = next((n for n in waiting if all(id(t) in known for t in n.inputs if t.type == SYMBOLIC)), None)
        if node is None:
            return None
        waiting.remove(node)
        if node.layer.type == INPUT_LAYER:
            known[id(node.given)] = _input(node.layer.fields["tensor"])
        elif not _again(registry, node, known, layers, call):
            return None
    ends = {name: mapped(model.fields[name], lambda each: known.get(id(each), each)) for name in ("inputs", "outputs")}
    return Thing(FUNCTIONAL, {ARGUMENTS: model.get(ARGUMENTS), **ends, NAMESAKE: model})


def _again(registry: Registry, node: Node, known: dict[int, Tensor], layers: dict[int, Thing], call: Call) -> bool:
    """The clone of the node's layer, called as it was."""
    layer = layers.get(id(node.layer)) or _clone(registry, node.layer, call)
    if layer is None:
        return False
    layers[id(node.layer)] = layer
    given = tuple(Argument(mapped(a.value, lambda each: known.get(id(each), each)), a.name) for a in node.arguments)
    _pair(node.result, call_layer(registry, Call("__call__", given, call.engine, call.place, layer)), known)
    return layer.get(FIRST_CALL) is not None


def _pair(old: Value | None, new: Value, known: dict[int, Tensor]) -> None:
    for mine, theirs in zip(tensors_in(old), tensors_in(new), strict=False):
        known[id(mine)] = theirs
