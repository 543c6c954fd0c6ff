"""Models as rows of `model.summary()`: names as Keras gives them, shapes, states, parameter counts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lstm_lint.library.keras.graph import tensors_in
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import FUNCTIONAL, INPUT, LAYERS, SEQUENTIAL, STEPS, layers_of
from lstm_lint.library.keras.recurrent import STATES
from lstm_lint.library.keras.weights import size, weights_of
from lstm_lint.library.registry import Registry
from lstm_lint.records import dataclass, field
from lstm_lint.trace import Called, LayerRow, ModelRow, Operation, shown
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Tensor, Thing, Tuple, Value, number

INPUT_NAMES = {"keras2": "input", "keras3": "input_layer"}
MODEL_NAMES = {"keras2": "model", "keras3": "functional"}


def snake(name: str) -> str:
    """`SimpleRNN` -> `simple_rnn`, as Keras makes names."""
    name = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


@dataclass
class Names:
    """Automatic names, counted from the start of the module."""

    registry: Registry
    given: dict[int, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def fresh(self, stem: str, first: int = 0) -> str:
        number = self.counts[stem] + first
        self.counts[stem] += 1
        return f"{stem}_{number}" if number else stem

    def of(self, thing: Thing | Tensor, stem: str) -> str:
        if id(thing) not in self.given:
            own = _own_name(thing)
            keras2_input = stem == "input"
            self.given[id(thing)] = own or self.fresh(stem, int(keras2_input))
        return self.given[id(thing)]


def _own_name(thing: Thing | Tensor) -> str | None:
    """The name that the source gave."""
    if isinstance(thing, Thing):
        name = argument(thing, "name")
        return name.value if isinstance(name, Const) and isinstance(name.value, str) else None
    operation = thing.origin.operation if thing.origin is not None else None
    for given in operation.arguments if isinstance(operation, Called) else ():
        if given.name == "name" and isinstance(given.value, Const) and isinstance(given.value.value, str):
            return given.value.value
    return None


def _params(dim: Dim) -> int | str:
    return dim if isinstance(dim, int) else str(dim) if isinstance(dim, Size) else "?"


def _shape(value: Value | None) -> object:
    """A tensor's shape, or a list of shapes for several."""
    if isinstance(value, Tensor):
        return shown(value.shape)
    if isinstance(value, Tuple):
        shapes = [shown(t.shape) for t in tensors_in(value)]
        return shapes[0] if len(shapes) == 1 else shapes or "?"
    return "?"


def models(registry: Registry, operations: Sequence[Operation], function: str | None) -> list[ModelRow]:
    """The models that these operations made, in order, and what was called outside any."""
    names = Names(registry)
    made = list(_made(registry, operations, names))
    calls = [o for o in operations if isinstance(o, Called) and o.callee == "__call__" and o.shown]
    rows = [_row(registry, thing, operation, names, calls, function) for thing, operation in made]
    inside = {id(each) for thing, _ in made for each in _all_layers(registry, thing)}
    loose = [call for call in calls if _is_loose(registry, call.receiver) and id(call.receiver) not in inside]
    if loose:
        layers = tuple(_call_row(registry, call, names, set()) for call in loose)
        total = _total(registry, [call.receiver for call in loose if isinstance(call.receiver, Thing)])
        rows.append(ModelRow("loose", "", loose[0].place, function, layers, total, loose[-1]))
    return rows


def _made(registry: Registry, operations: Sequence[Operation], names: Names) -> Iterator[tuple[Thing, Called]]:
    """Models as they are made; every layer on the way takes its automatic name."""
    for operation in operations:
        if not isinstance(operation, Called) or not operation.shown:
            continue
        thing = operation.receiver if operation.callee == "__init__" else operation.result
        if operation.callee == "keras.Input" and isinstance(thing, Tensor):
            names.of(thing, INPUT_NAMES[registry.target])
        if not isinstance(thing, Thing) or operation.receiver is not None and operation.callee != "__init__":
            continue
        if _is_model(registry, thing):
            names.of(thing, _model_stem(registry, thing))
            yield thing, operation
        elif _is_layer(registry, thing):
            names.of(thing, snake(thing.type.rpartition(".")[2]))


def _is_layer(registry: Registry, thing: Value | None) -> bool:
    return isinstance(thing, Thing) and "keras.layers.Layer" in (*registry.types(thing),)


def _is_loose(registry: Registry, thing: Value | None) -> bool:
    return isinstance(thing, Thing) and _is_layer(registry, thing) and not _is_model(registry, thing)


def _is_model(registry: Registry, thing: Thing) -> bool:
    return "keras.Model" in (*registry.types(thing),)


def _model_stem(registry: Registry, thing: Thing) -> str:
    if thing.type == "instance":
        return snake(str(thing.fields["__class__"].name))
    return "sequential" if thing.type == SEQUENTIAL else MODEL_NAMES[registry.target]


def _row(
    registry: Registry, model: Thing, operation: Called, names: Names, calls: Sequence[Called], function: str | None
) -> ModelRow:
    kind = "sequential" if LAYERS in model.fields else "functional" if model.type == FUNCTIONAL else "subclassed"
    if kind == "sequential":
        layers = list(_steps(registry, model, names))
    elif kind == "functional":
        layers = list(_graph(registry, model, names, calls))
    else:
        layers = list(_parts(registry, model, names, calls))
    total = _total(registry, _all_layers(registry, model))
    name = names.of(model, _model_stem(registry, model))
    return ModelRow(kind, name, operation.place, function, tuple(layers), total, operation)


def _total(registry: Registry, layers: Iterable[Thing]) -> int | str:
    total: Dim = 0
    for each in {id(layer): layer for layer in layers}.values():
        total = dims.add(total, _count(registry, each))
    return _params(total)


def _count(registry: Registry, layer: Thing) -> Dim:
    """Parameters; of a layer that is not built, not known."""
    found = weights_of(registry, layer)
    return Unknown("a layer that is not built") if not found and _waits(registry, layer) else size(found)


def _waits(registry: Registry, layer: Thing) -> bool:
    """Has it weights that its first input will make?"""
    return layer.get("built") is None and layer.type not in (SEQUENTIAL, FUNCTIONAL, "keras.layers.InputLayer")


def _all_layers(registry: Registry, model: Thing) -> list[Thing]:
    if LAYERS in model.fields or model.type == FUNCTIONAL:
        found = layers_of(registry, model)
        return list(found) if found is not None else [Thing("keras.layers.Layer")]
    return _held(registry, model)


def _held(registry: Registry, value: Any, depth: int = 0) -> list[Thing]:
    """The layers in an instance's fields, lists and dicts."""
    if depth > 4:
        return []
    if isinstance(value, Thing) and value.type not in ("instance", "list", "dict"):
        return [value] if _is_layer(registry, value) else []
    inner: Iterable[Any] = ()
    if isinstance(value, Thing) and value.type == "instance":
        inner = [held for name, held in value.fields.items() if isinstance(name, str) and name != "__class__"]
    elif isinstance(value, Thing):
        items = value.get("items")
        inner = items.values() if isinstance(items, dict) else items if isinstance(items, tuple) else ()
    elif isinstance(value, Tuple):
        inner = value.items
    return [layer for each in inner for layer in _held(registry, each, depth + 1)]


def _layer(registry: Registry, layer: Thing, names: Names, given: object, out: Value | None, fresh: bool) -> LayerRow:
    cls = _class_name(layer)
    params = _params(_count(registry, layer)) if fresh else 0
    place = layer.origin.operation.place if layer.origin is not None else None
    states = _states(registry, layer, out)
    found = weights_of(registry, layer) if layer.get("built") is not None else None
    shapes = None if found is None else tuple(shown(weight.shape) for weight in found)
    return LayerRow(names.of(layer, snake(cls)), cls, place, given, _shape(out), states, params, shapes)


def _class_name(layer: Thing) -> str:
    return str(layer.fields["__class__"].name) if layer.type == "instance" else layer.type.rpartition(".")[2]


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
    if isinstance(model.get(INPUT), Tensor):
        names.of(model.fields[INPUT], INPUT_NAMES[registry.target])
    for index, layer in enumerate(held):
        step = steps[index] if index < len(steps) else None
        yield _layer(registry, layer, names, _shape(step[1]) if step else "?", step[2] if step else None, True)


def _graph(registry: Registry, model: Thing, names: Names, calls: Sequence[Called]) -> Iterator[LayerRow]:
    """One row for each call of a layer between the inputs and the outputs."""
    by_layer: dict[int, list[Called]] = {}
    for call in calls:
        by_layer.setdefault(id(call.receiver), []).append(call)
    for layer in _all_layers(registry, model):
        tensor = layer.get("tensor")
        if layer.type == "keras.layers.InputLayer" and isinstance(tensor, Tensor):
            yield _input_row(registry, tensor, names)
            continue
        for index, call in enumerate(by_layer.get(id(layer), [])):
            yield _call_row(registry, call, names, {id(layer)} if index else set())


def _input_row(registry: Registry, tensor: Tensor, names: Names) -> LayerRow:
    place = tensor.origin.operation.place if tensor.origin is not None else None
    name = names.of(tensor, INPUT_NAMES[registry.target])
    return LayerRow(name, "InputLayer", place, shown(tensor.shape), shown(tensor.shape), [], 0)


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
    for layer in _held(registry, model):
        if id(layer) in first:
            yield _call_row(registry, first[id(layer)], names, set())
        else:
            yield _layer(registry, layer, names, "?", None, True)
