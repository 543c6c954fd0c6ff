"""What models and layers tell of themselves: their layers, ends, shapes, names."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import NO_RANK, shape_value
from lstm_lint.library.keras.calling import BUILT, SYMBOLIC, input_tensors
from lstm_lint.library.keras.contracts import base_of
from lstm_lint.library.keras.graph import FIRST_CALL, INPUT_LAYER, Node
from lstm_lint.library.keras.making import argument, arguments
from lstm_lint.library.keras.models import (
    FUNCTIONAL,
    GRAPH_KINDS,
    LAYERS,
    SEQUENTIAL,
    ends,
    layers_of,
    of_input_layer,
    unbuilt,
)
from lstm_lint.library.keras.recurrent import STATES
from lstm_lint.library.registry import CHANGED, Registry
from lstm_lint.library.tables import attribute, op
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import BEGUN, NONE, Const, Tensor, Thing, Tuple, Value, number, truth

VARIABLE = "tensorflow.Variable"


@attribute("keras.Model.layers")
def layers(registry: Registry, model: Thing, engine: Any) -> Value:
    found = layers_of(registry, model)
    return Unknown("the layers of a model") if found is None else Thing("list", {"items": found})


def _shape_of(value: Value) -> Value:
    if isinstance(value, Tensor):
        return shape_value(value.shape)
    tensors = input_tensors(value) if not isinstance(value, Unknown) else None
    return Thing("list", {"items": tuple(shape_value(t.shape) for t in tensors)}) if tensors else Unknown("a shape")


def _check_built(registry: Registry, model: Thing, name: str, engine: Any) -> None:
    if unbuilt(model, engine):
        old, new = f"has no attribute '_nested_{name.split('_')[0]}s'", f"has no defined {name.replace('_', ' ')} yet"
        words = (old if registry.target == "keras2" else new,)
        raise Clash("not-built", ("AttributeError",), words, {"model": model, "name": name})


@attribute("keras.Model.output_shape")
def output_shape(registry: Registry, model: Thing, engine: Any) -> Value:
    _check_built(registry, model, "output_shape", engine)
    return _shape_of(ends(model)[1])


@attribute("keras.Model.input_shape")
def input_shape(registry: Registry, model: Thing, engine: Any) -> Value:
    _check_built(registry, model, "input_shape", engine)
    return _shape_of(ends(model)[0])


@attribute("keras.Model.output")
def output(registry: Registry, model: Thing, engine: Any) -> Value:
    _check_called(registry, model, "output", engine)
    return symbolic(ends(model)[1])


@attribute("keras.Model.input")
def input_(registry: Registry, model: Thing, engine: Any) -> Value:
    _check_called(registry, model, "input", engine)
    return symbolic(ends(model)[0])


def symbolic(value: Value) -> Value:
    """A Sequential that arrays built has symbolic ends all the same, of batches of any size."""
    if not isinstance(value, Tensor) or value.type == SYMBOLIC:
        return value
    shape = value.shape
    known = not isinstance(shape, Unknown) and shape
    return Tensor((Unknown("a batch"), *shape[1:]) if known else NO_RANK, SYMBOLIC, value.dtype)  # type: ignore[index]


def _check_called(registry: Registry, model: Thing, name: str, engine: Any) -> None:
    """A Sequential of Keras 3 tells of its ends only as a layer that was called; one of Keras 2, once it is built."""
    if registry.target == "keras2" and unbuilt(model, engine):
        facts = {"model": model, "name": name}
        raise Clash("not-built", ("AttributeError",), (f"has no attribute '_nested_{name}s'",), facts)
    never = model.type == SEQUENTIAL and model.get(FIRST_CALL) is None and isinstance(model.get(LAYERS), tuple)
    if registry.target == "keras3" and never and engine.follows(model):
        words = ("has never been called and thus has no defined", name)
        raise Clash("never-called", ("AttributeError",), words, {"model": model, "name": name})


@attribute("keras.layers.Layer.output")
def output_of_layer(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _end(registry, layer, "output", engine)


@attribute("keras.layers.Layer.input")
def input_of_layer(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _end(registry, layer, "input", engine)


UNCALLED = {
    ("keras2", "output"): "has no inbound nodes",
    ("keras2", "input"): "is not connected, no input to return",
    ("keras3", "output"): "has never been called and thus has no defined output",
    ("keras3", "input"): "has never been called and thus has no defined input",
}


def _end(registry: Registry, layer: Thing, name: str, engine: Any) -> Value:
    """What its first call was given or gave."""
    tensor, first = layer.get("tensor"), layer.get(FIRST_CALL)
    if layer.type == INPUT_LAYER:
        return tensor if isinstance(tensor, Tensor) else of_input_layer(layer)
    if not isinstance(first, Node):
        if layer.type != "instance" and layer.get(BUILT) is None and engine.follows(layer):
            words = (UNCALLED[registry.target, name],)
            raise Clash("never-called", ("AttributeError",), words, {"layer": layer, "name": name})
        return Unknown(f"the {name} of a layer")
    return (first.given if name == "input" else first.result) or Unknown(f"the {name} of a layer")


def _listed(value: Value) -> Value:
    tensors = input_tensors(value) if not isinstance(value, Unknown) else None
    return Thing("list", {"items": tuple(map(symbolic, tensors))}) if tensors else Unknown("tensors of a model")


@attribute("keras.Model.inputs")
def inputs(registry: Registry, model: Thing, engine: Any) -> Value:
    if registry.target == "keras3":
        _check_built(registry, model, "inputs", engine)
    return _listed(ends(model)[0])


@attribute("keras.Model.outputs")
def outputs(registry: Registry, model: Thing, engine: Any) -> Value:
    if registry.target == "keras3":
        _check_built(registry, model, "outputs", engine)
    return _listed(ends(model)[1])


@attribute("keras.layers.Layer.units")
def units(registry: Registry, item: Thing, engine: Any) -> Value:
    return (arguments(item) or {}).get("units", Unknown("units"))


@attribute("keras.layers.RNN.states")
def states(registry: Registry, layer: Thing, engine: Any) -> Value:
    """What a stateful layer keeps; without it Keras 2 has places for them, Keras 3 nothing."""
    kind = next((kind for kind in registry.types(layer) if kind in STATES), None)
    stateful, shape = truth(argument(layer, "stateful")), layer.get(BUILT)
    if kind is None or stateful is None or layer.type == "instance":
        return Unknown("the states of a layer")
    if not stateful:
        return NONE if registry.target == "keras3" else Thing("list", {"items": (NONE,) * STATES[kind]})
    if not isinstance(shape, tuple):
        return Unknown("the states of a layer")
    state = (shape[0], number(argument(layer, "units")))
    return Thing("list", {"items": tuple(Tensor(state, VARIABLE, "float32") for _ in range(STATES[kind]))})


@attribute("keras.layers.Layer.name")
def name(registry: Registry, item: Thing, engine: Any) -> Value:
    given = argument(item, "name")
    return given if isinstance(given, Const) and given.value is not None else Unknown("an automatic name")


@attribute("keras.layers.Layer.built")
def built(registry: Registry, item: Thing, engine: Any) -> Value:
    if item.type in GRAPH_KINDS:
        return Const(isinstance(ends(item)[1], (Tensor, Tuple)))
    return Const(item.get(BUILT) is not None)


@op("keras.Model.get_layer")
def get_layer(registry: Registry, call: Call) -> Value:
    """By its name, or by its place."""
    model = call.receiver
    assert isinstance(model, Thing)
    found = layers_of(registry, model)
    wanted, index = call.value("name", 0, NONE), call.value("index", 1, NONE)
    if (wanted == NONE) is (index == NONE) and isinstance(wanted, Const) and isinstance(index, Const):
        words = "Provide either a layer name or layer index" if wanted == NONE else "Provide only a layer name or"
        raise Clash("name-or-place", ("ValueError",), (words,), {"model": model})
    sure = found is not None and call.engine.follows(model)
    if found is not None and isinstance(index, Const) and isinstance(index.value, int):
        if -len(found) <= index.value < len(found):
            return found[index.value]
        if sure and index.value > 0:
            words, facts = "Was asked to retrieve layer at index", {"model": model, "index": index.value}
            raise Clash("no-such-place", ("ValueError",), (words,), {**facts, "size": len(found)})
    if found is None or not isinstance(wanted, Const) or not isinstance(wanted.value, str):
        return Unknown("a layer by its name")
    return _by_name(model, found, wanted.value, sure)


def _by_name(model: Thing, layers: Sequence[Thing], wanted: str, sure: bool) -> Value:
    """The only one that may have the name; which of several has an automatic one is not counted here."""
    fitting = [each for each in layers if _may_be(each, wanted)]
    if not fitting and sure:
        raise Clash("no-such-name", ("ValueError",), ("No such layer", wanted), {"model": model, "name": wanted})
    return fitting[0] if len(fitting) == 1 else Unknown("a layer by its name")


def _may_be(layer: Thing, wanted: str) -> bool:
    from lstm_lint.library.keras.naming import automatic, own_name

    tensor = layer.get("tensor")
    given = own_name(tensor if isinstance(tensor, Tensor) else layer)
    return given == wanted if given else automatic(layer, wanted)


@op("keras.Model.reset_states", until="keras3")
@op("keras.Model.summary", since="keras3")
@op("keras.Model.reset_metrics")
def nothing(registry: Registry, call: Call) -> Value:
    return NONE


@op("keras.Model.summary", until="keras3")
def summary(registry: Registry, call: Call) -> Value:
    """Keras 2 has nothing to show before the model is built."""
    assert isinstance(call.receiver, Thing)
    if unbuilt(call.receiver, call.engine) or _own_unbuilt(call.receiver, call.engine):
        words = ("This model has not yet been built",)
        raise Clash("not-built", ("ValueError",), words, {"model": call.receiver, "name": "summary"})
    return NONE


@op("keras.version", since="keras3")
def version(registry: Registry, call: Call) -> Value:
    return Const(registry.knowledge.about["keras"])


def _own_unbuilt(model: Thing, engine: Any) -> bool:
    """Is it an instance of the user's own model that nothing has built or called?"""
    own = model.type == "instance" and base_of(model) == FUNCTIONAL and model.get(BEGUN) is True
    return own and model.get(BUILT) is None and not model.get(CHANGED) and bool(engine.follows(model))
