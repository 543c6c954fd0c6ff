"""Models as rows of `model.summary()`: names as Keras gives them, shapes, states, parameter counts."""

from collections.abc import Iterator, Sequence
from typing import Any

from lstm_lint.library.keras.counting import count, held_by
from lstm_lint.library.keras.graph import INPUT_LAYER, OPERATION, Node, tensors_in
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import FUNCTIONAL, LAYERS, SEQUENTIAL, STEPS, layers_of, nodes_of
from lstm_lint.library.keras.naming import MODEL_NAMES, Names, class_name, operation_name, snake
from lstm_lint.library.keras.recurrent import STATES
from lstm_lint.library.keras.weights import weights_of
from lstm_lint.library.registry import Registry
from lstm_lint.trace import Called, LayerRow, ModelRow, Operation, shown
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tensor, Thing, Tuple, Value, number


def _params(dim: Dim) -> int | str:
    return dim if isinstance(dim, int) else str(dim) if isinstance(dim, Size) else "?"


def _shape(value: Value | None) -> object:
    """A tensor's shape, or a list of shapes for several."""
    if isinstance(value, Tensor):
        return shown(value.shape)
    shapes = [shown(tensor.shape) for tensor in tensors_in(value)]
    return shapes[0] if len(shapes) == 1 else shapes or "?"


def models(registry: Registry, operations: Sequence[Operation], function: str | None) -> list[ModelRow]:
    """The models that these operations made, in order, and what was called outside any."""
    names = Names(registry)
    made = list(_made(registry, operations, names))
    calls = [o for o in operations if isinstance(o, Called) and o.callee == "__call__" and o.shown]
    rows = [_row(registry, thing, operation, names, calls, function) for thing, operation in made]
    inside = {id(each) for thing, _ in made for each in held_by(registry, thing)}
    loose = [call for call in calls if _is_loose(registry, call.receiver) and id(call.receiver) not in inside]
    if loose:
        layers = tuple(_call_row(registry, call, names, set()) for call in loose)
        total = _params(count(registry, [call.receiver for call in loose if isinstance(call.receiver, Thing)]))
        rows.append(ModelRow("loose", "", loose[0].place, function, layers, total, loose[-1]))
    return rows


def _made(registry: Registry, operations: Sequence[Operation], names: Names) -> Iterator[tuple[Thing, Called]]:
    """Models as they are made; every layer on the way takes its automatic name."""
    inner = _inner(operations)
    for index, operation in enumerate(operations):
        if not operation.shown:
            continue
        names.note(operation, index in inner)
        if not isinstance(operation, Called):
            continue
        thing = operation.receiver if operation.callee == "__init__" else operation.result
        if operation.callee == "keras.Input" and isinstance(thing, Tensor):
            names.input(thing)
        if not isinstance(thing, Thing) or operation.receiver is not None and operation.callee != "__init__":
            continue
        if _is_model(registry, thing):
            names.of(thing, _model_stem(registry, thing))
            if thing.type == SEQUENTIAL:
                names.sequential(thing, operation)
            yield thing, operation
        elif _is_layer(registry, thing):
            names.layer(thing)


def _inner(operations: Sequence[Operation]) -> set[int]:
    """The places in the order of what ran within the call of a layer of the user's."""
    bodies = ((i, o.body) for i, o in enumerate(operations) if isinstance(o, Called) and o.body)
    return {place for index, body in bodies for place in range(index - body, index)}


def _is_layer(registry: Registry, thing: Value | None) -> bool:
    return isinstance(thing, Thing) and "keras.layers.Layer" in (*registry.types(thing),)


def _is_loose(registry: Registry, thing: Value | None) -> bool:
    """A layer of Keras' own; those in a user's layer stand for it."""
    own = isinstance(thing, Thing) and thing.type == "instance"
    return isinstance(thing, Thing) and not own and _is_layer(registry, thing) and not _is_model(registry, thing)


def _is_model(registry: Registry, thing: Thing) -> bool:
    return "keras.Model" in (*registry.types(thing),)


def _model_stem(registry: Registry, thing: Thing) -> str:
    if thing.type == "instance":
        return snake(class_name(thing))
    return "sequential" if thing.type == SEQUENTIAL else MODEL_NAMES[registry.target]


def _row(
    registry: Registry, model: Thing, operation: Called, names: Names, calls: Sequence[Called], function: str | None
) -> ModelRow:
    kind = "sequential" if LAYERS in model.fields else "functional" if model.type == FUNCTIONAL else "subclassed"
    if kind == "sequential":
        layers = list(_steps(registry, model, names))
    elif kind == "functional":
        layers = list(_graph(registry, model, names))
    else:
        layers = list(_parts(registry, model, names, calls))
    name = names.of(model, _model_stem(registry, model))
    return ModelRow(kind, name, operation.place, function, tuple(layers), _params(count(registry, [model])), operation)


def _layer(
    registry: Registry, layer: Thing, names: Names, given: object, out: Value | None, fresh: bool, place: Any = None
) -> LayerRow:
    params = _params(count(registry, [layer])) if fresh else 0
    place = layer.origin.operation.place if layer.origin is not None else place
    states = _states(registry, layer, out)
    found = weights_of(registry, layer) if layer.get("built") is not None else None
    shapes = None if found is None else tuple(shown(weight.shape) for weight in found)
    cls = operation_name(registry, layer)[1] if layer.type == OPERATION else class_name(layer)
    return LayerRow(names.layer(layer), cls, place, given, _shape(out), states, params, shapes)


def _states(registry: Registry, layer: Thing, out: Value | None) -> list[object]:
    """The shapes of a recurrent layer's states: h, and c of an LSTM."""
    kind = next((k for k in registry.types(layer) if k in STATES), None)
    first = out.items[0] if isinstance(out, Tuple) and out.items else out
    if kind is None or not isinstance(first, Tensor) or isinstance(first.shape, Unknown) or not first.shape:
        return []
    state = shown((first.shape[0], number(argument(layer, "units"))))
    return [state] * STATES[kind]


def _steps(registry: Registry, model: Thing, names: Names) -> Iterator[LayerRow]:
    held, steps = layers_of(registry, model) or (), model.get(STEPS)
    steps = steps if isinstance(steps, tuple) else ()
    for index, layer in enumerate(held):
        step = steps[index] if index < len(steps) else None
        yield _layer(registry, layer, names, _shape(step[1]) if step else "?", step[2] if step else None, True)


def _graph(registry: Registry, model: Thing, names: Names) -> Iterator[LayerRow]:
    """One row for each call of a layer between the inputs and the outputs."""
    counted: set[int] = set()
    for node in nodes_of(model) or ():
        yield _node_row(registry, node, names, id(node.layer) not in counted)
        counted.add(id(node.layer))


def _node_row(registry: Registry, node: Node, names: Names, fresh: bool) -> LayerRow:
    tensor = node.layer.get("tensor")
    if node.layer.type == INPUT_LAYER and isinstance(tensor, Tensor):
        place = tensor.origin.operation.place if tensor.origin is not None else None
        shape = shown(tensor.shape)
        return LayerRow(names.input(tensor), "InputLayer", place, shape, shape, [], 0)
    return _layer(registry, node.layer, names, _shape(node.given), node.result, fresh, node.place)


def _call_row(registry: Registry, call: Called, names: Names, counted: set[int]) -> LayerRow:
    layer = call.receiver
    assert isinstance(layer, Thing)
    given = call.arguments[0].value if call.arguments else None
    return _layer(registry, layer, names, _shape(given), call.result, id(layer) not in counted)


def _parts(registry: Registry, model: Thing, names: Names, calls: Sequence[Called]) -> Iterator[LayerRow]:
    """The layers that a user's model holds, each as it was called first."""
    first: dict[int, Called] = {}
    for call in calls:
        first.setdefault(id(call.receiver), call)
    for layer in {id(each): each for each in held_by(registry, model)}.values():
        if layer.type == "keras.layers.Layer":
            continue
        if id(layer) in first:
            yield _call_row(registry, first[id(layer)], names, set())
        else:
            yield _layer(registry, layer, names, "?", None, True)
