"""What models and layers tell of themselves: their layers, ends, shapes, names."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, shape_value
from lstm_lint.library.keras.calling import BUILT, SYMBOLIC, input_tensors
from lstm_lint.library.keras.graph import FIRST_CALL, Node
from lstm_lint.library.keras.making import ARGUMENTS, argument
from lstm_lint.library.keras.models import GRAPH_KINDS, LAYERS, SEQUENTIAL, ends, layers_of, unbuilt
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import attribute, op
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Tuple, Value


@attribute("keras.Model.layers")
def layers(registry: Registry, model: Thing, engine: Any) -> Value:
    found = layers_of(registry, model)
    return Unknown("the layers of a model") if found is None else Thing("list", {"items": found})


def _shape_of(value: Value) -> Value:
    if isinstance(value, Tensor):
        return shape_value(value.shape)
    tensors = input_tensors(value) if not isinstance(value, Unknown) else None
    return Thing("list", {"items": tuple(shape_value(t.shape) for t in tensors)}) if tensors else Unknown("a shape")


@attribute("keras.Model.output_shape")
def output_shape(registry: Registry, model: Thing, engine: Any) -> Value:
    if unbuilt(model, engine):
        words = (
            "has no attribute '_nested_outputs'" if registry.target == "keras2" else "has no defined output shape yet",
        )
        raise Clash("not-built", ("AttributeError",), words, {"model": model, "name": "output_shape"})
    return _shape_of(ends(model)[1])


@attribute("keras.Model.input_shape")
def input_shape(registry: Registry, model: Thing, engine: Any) -> Value:
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
    """A Sequential of Keras 3 tells of its ends only as a layer that was called."""
    never = model.type == SEQUENTIAL and model.get(FIRST_CALL) is None and isinstance(model.get(LAYERS), tuple)
    if registry.target == "keras3" and never and engine.follows(model):
        words = ("has never been called and thus has no defined", name)
        raise Clash("never-called", ("AttributeError",), words, {"model": model, "name": name})


@attribute("keras.layers.Layer.output")
def output_of_layer(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _end(registry, layer, "output")


@attribute("keras.layers.Layer.input")
def input_of_layer(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _end(registry, layer, "input")


def _end(registry: Registry, layer: Thing, name: str) -> Value:
    """What its first call was given or gave."""
    tensor, first = layer.get("tensor"), layer.get(FIRST_CALL)
    if isinstance(tensor, Tensor):
        return tensor
    if not isinstance(first, Node):
        return Unknown(f"the {name} of a layer")
    return (first.given if name == "input" else first.result) or Unknown(f"the {name} of a layer")


def _listed(value: Value) -> Value:
    tensors = input_tensors(value) if not isinstance(value, Unknown) else None
    return Thing("list", {"items": tuple(map(symbolic, tensors))}) if tensors else Unknown("tensors of a model")


@attribute("keras.Model.inputs")
def inputs(registry: Registry, model: Thing, engine: Any) -> Value:
    return _listed(ends(model)[0])


@attribute("keras.Model.outputs")
def outputs(registry: Registry, model: Thing, engine: Any) -> Value:
    return _listed(ends(model)[1])


@attribute("keras.layers.Layer.units", "keras.layers.Layer.output_dim")
def units(registry: Registry, item: Thing, engine: Any) -> Value:
    return (item.get(ARGUMENTS) or {}).get("units", Unknown("units"))  # type: ignore[no-any-return]


@attribute("keras.layers.Layer.name")
def name(registry: Registry, item: Thing, engine: Any) -> Value:
    given = argument(item, "name")
    return given if isinstance(given, Const) and given.value is not None else Unknown("an automatic name")


@attribute("keras.layers.Layer.built")
def built(registry: Registry, item: Thing, engine: Any) -> Value:
    if item.type in GRAPH_KINDS:
        return Const(isinstance(ends(item)[1], Tensor | Tuple))
    return Const(item.get(BUILT) is not None)


@op("keras.Model.get_layer")
def get_layer(registry: Registry, call: Call) -> Value:
    """By name, where the name was given, or by index."""
    assert isinstance(call.receiver, Thing)
    found = layers_of(registry, call.receiver)
    wanted, index = call.value("name", 0, NONE), call.value("index", 1, NONE)
    if found is not None and isinstance(index, Const) and isinstance(index.value, int):
        return found[index.value] if -len(found) <= index.value < len(found) else Unknown("no such layer")
    for each in found or ():
        if argument(each, "name") == wanted and wanted != NONE:
            return each
    return Unknown("a layer by its name")


@op("keras.Model.reset_states", until="keras3")
@op("keras.Model.summary", since="keras3")
@op("keras.Model.reset_metrics")
def nothing(registry: Registry, call: Call) -> Value:
    return NONE


@op("keras.Model.summary", until="keras3")
def summary(registry: Registry, call: Call) -> Value:
    """Keras 2 has nothing to show before the model is built."""
    assert isinstance(call.receiver, Thing)
    if unbuilt(call.receiver, call.engine):
        words = ("This model has not yet been built",)
        raise Clash("not-built", ("ValueError",), words, {"model": call.receiver, "name": "summary"})
    return NONE
