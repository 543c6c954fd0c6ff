"""What models tell: the layers that they hold, in order, and the tensors that they begin and end with."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, as_shape
from lstm_lint.library.keras.calling import (
    SYMBOLIC,
)
from lstm_lint.library.keras.graph import OPERATION, Node, nodes_between, tensors_in
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.shapes_given import check_shape
from lstm_lint.library.registry import CHANGED, Registry
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Symbol, Tensor, Thing, Tuple, Value, number, plain, truth

SEQUENTIAL = "keras.Sequential"
FUNCTIONAL = "keras.Model"
GRAPH_KINDS = (SEQUENTIAL, FUNCTIONAL)
LAYERS = "layers"
STEPS = "steps"
"""The field of a Sequential that holds (layer, input, output) of each call that was made to build it."""

INPUT = "input tensor"
OUTPUT = "output"


def layers_of(registry: Registry, model: Thing) -> tuple[Thing, ...] | None:
    """The layers as `model.layers` lists them, without Sequential's input; None if some are not known."""
    if LAYERS in model.fields:
        held = model.get(LAYERS)
        return held if isinstance(held, tuple) and all(isinstance(each, Thing) for each in held) else None
    several = nodes_of(model)
    if several is None:
        return None
    unique = {id(node.layer): node.layer for node in several}
    return tuple(each for each in unique.values() if registry.target == "keras2" or each.type != OPERATION)


def nodes_of(model: Thing) -> list[Node] | None:
    """The calls between the inputs and outputs of a functional model."""
    inputs, outputs = tensors_in(model.get("inputs")), tensors_in(model.get("outputs"))
    return nodes_between(inputs, outputs) if inputs and outputs else None


def ends(model: Thing) -> tuple[Value, Value]:
    """The input and output, where the model is built."""
    if LAYERS in model.fields:
        return model.get(INPUT) or Unknown("not built"), model.get(OUTPUT) or Unknown("not built")
    return model.get("inputs") or Unknown("no input"), model.get("outputs") or Unknown("no output")


def unbuilt(model: Thing, engine: Any) -> bool:
    """Is it a Sequential that surely no input has built yet?"""
    waits = model.type == SEQUENTIAL and model.get(INPUT) is None and model.get(OUTPUT) is None
    held = model.get(LAYERS)
    first = held[0] if isinstance(held, tuple) and held else None
    if isinstance(first, Thing) and (first.get(CHANGED) or first.type == SEQUENTIAL and not unbuilt(first, engine)):
        return False  # `adapt` tells Keras 2 the input
    return waits and bool(engine.follows(model)) and isinstance(held, tuple)


def dtype_given(value: Value) -> str | None:
    """By its name, or as `tf.string`."""
    match value:
        case Const(value=str() as name):
            return name
        case Symbol(path=path):
            return path.rpartition(".")[2]
    return "float32" if value == NONE else None


def declared_dtype(registry: Registry, item: Thing) -> str | None:
    """Of the input that the first layer of a Sequential declares: measured, for indices int64 whatever was asked for."""
    asked, name = argument(item, "dtype"), item.type.rpartition(".")[2]
    if name not in OF_THEIR_OWN or registry.target == "keras3" and asked == NONE:
        return dtype_given(asked)
    if registry.target == "keras3" or name == "HashedCrossing":
        return None
    if name == "TextVectorization":
        return "string"
    mode = plain(argument(item, "output_mode"))
    return "int64" if mode == "int" else "float32" if isinstance(mode, str) and asked == NONE else None


OF_THEIR_OWN = ("Discretization", "HashedCrossing", "Hashing", "IntegerLookup", "StringLookup", "TextVectorization")
"""Layers whose dtype is not always that of floats, which their input has in Keras 2."""


def of_input_layer(item: Thing) -> Tensor:
    dtype = dtype_given(argument(item, "dtype"))
    for name in ("batch_shape", "batch_input_shape"):
        if argument(item, name) != NONE:
            return Tensor(as_shape(argument(item, name)), SYMBOLIC, dtype)
    for name in ("shape", "input_shape"):
        shape = as_shape(argument(item, name))
        if argument(item, name) != NONE and not isinstance(shape, Unknown):
            return Tensor((number(argument(item, "batch_size")), *shape), SYMBOLIC, dtype)
    return Tensor(NO_RANK, SYMBOLIC, dtype)


def declared_input(registry: Registry, item: Thing) -> Shape | Unknown | None:
    """The shape, batch included, that a first layer was given with `input_shape` and the like."""
    whole = argument(item, "batch_input_shape")
    if whole != NONE:
        return as_shape(whole)
    batch = number(argument(item, "batch_size"))
    shape = argument(item, "input_shape")
    features = argument(item, "input_dim")
    embeds = "keras.layers.Embedding" in registry.types(item)
    lengthy = registry.target == "keras2" and shape == NONE and "input_length" in (item.get(GIVEN) or ())
    if (features != NONE or lengthy and "keras.layers.RNN" in registry.types(item)) and not embeds:
        return (batch, *_by_parts(registry, item, features))
    if shape != NONE:
        check_shape(registry, shape, "input_shape", of_layer=True)
        rest = as_shape(shape)
        return rest if isinstance(rest, Unknown) else (batch, *rest)
    if embeds and registry.target == "keras2":
        length = argument(item, "input_length")
        if truth(length) is False:
            return (batch, None)
        check_shape(registry, Tuple((length,)), "input_length", of_layer=True)
        return (batch, number(length))
    if item.type in GRAPH_KINDS and isinstance(item.get(INPUT), Tensor):
        return item.fields[INPUT].shape  # type: ignore[no-any-return]
    return None


def _by_parts(registry: Registry, item: Thing, features: Value) -> Shape:
    """`input_dim`, in Keras 2 with `input_length` for a recurrent layer."""
    if registry.target == "keras3":
        return (number(features),)
    recurrent = "keras.layers.RNN" in registry.types(item)
    parts = (argument(item, "input_length"), features) if recurrent else (features,)
    check_shape(registry, Tuple(parts), "input_length" if features == NONE else "input_dim", of_layer=True)
    return tuple(map(number, parts))
