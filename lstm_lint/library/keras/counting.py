"""How many parameters layers and models have, each weight counted once however many hold it."""

from collections.abc import Iterable
from typing import Any

from lstm_lint.library.keras.calling import BUILT
from lstm_lint.library.keras.cells import cells_of
from lstm_lint.library.keras.graph import INPUT_LAYER
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import FUNCTIONAL, LAYERS, SEQUENTIAL, layers_of
from lstm_lint.library.keras.weights import VARIABLE, size, weights_of
from lstm_lint.library.registry import Registry
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Either, Tensor, Thing, Tuple

MODELS = (SEQUENTIAL, FUNCTIONAL)
UNKNOWN_LAYER = "keras.layers.Layer"
DEEPEST = 6


def count(registry: Registry, layers: Iterable[Thing]) -> Dim:
    """The parameters of all these."""
    total: Dim = 0
    counted: dict[int, Dim] = {}
    for each in layers:
        counted |= _parts(registry, each)
    for params in counted.values():
        total = dims.add(total, params)
    return total


def _parts(registry: Registry, layer: Thing) -> dict[int, Dim]:
    """What holds weights in it, by identity."""
    if layer.type in MODELS or is_own(registry, layer):
        if layer.type == "instance" and layer.get(BUILT) is None and not _is_model(registry, layer):
            return {id(layer): Unknown("a layer that is not built")}
        found: dict[int, Dim] = {id(each): dims_of(each) for each in variables(layer)}
        for each in held_by(registry, layer):
            found |= _parts(registry, each)
        return found
    return {_key(registry, layer): _alone(registry, layer)}


def _is_model(registry: Registry, layer: Thing) -> bool:
    return FUNCTIONAL in (*registry.types(layer),)


def dims_of(variable: Tensor) -> Dim:
    return variable.shape if isinstance(variable.shape, Unknown) else dims.product(variable.shape)


def _key(registry: Registry, layer: Thing) -> int:
    """Of a wrapper around one layer or cell, which may be used on its own too, that one's."""
    names = {"keras.layers.RNN": "cell", "keras.layers.TimeDistributed": "layer"}
    inner = argument(layer, names[layer.type]) if layer.type in names else None
    return id(inner if isinstance(inner, Thing) and inner.type != "list" else layer)


def _alone(registry: Registry, layer: Thing) -> Dim:
    """Parameters; of a layer that is not built, not known."""
    inner = argument(layer, "layer") if layer.type == "keras.layers.TimeDistributed" else None
    if isinstance(inner, Thing) and inner.type in MODELS:
        return count(registry, [inner])
    cell = argument(layer, "cell") if layer.type == "keras.layers.RNN" else NONE
    several = cells_of(cell) or (cell,)
    if all(isinstance(each, Thing) and is_own(registry, each) for each in several):
        return count(registry, [each for each in several if isinstance(each, Thing)])
    found = weights_of(registry, layer)
    return Unknown("a layer that is not built") if not found and _waits(layer) else size(found)


def _waits(layer: Thing) -> bool:
    """Has it weights that its first input will make?"""
    return layer.get(BUILT) is None and layer.type not in (*MODELS, INPUT_LAYER)


def is_own(registry: Registry, layer: Thing) -> bool:
    """A class of the user's whose weights are those that it makes and those of the layers that it holds."""
    if layer.type != "instance":
        return False
    kinds = [kind for kind in registry.types(layer) if registry.knowledge.kind(kind) in ("layer", "model")]
    return all(kind in (UNKNOWN_LAYER, FUNCTIONAL) for kind in kinds)


def held_by(registry: Registry, model: Thing) -> list[Thing]:
    """The layers in it; one that is not known stands for those that may be missing."""
    if LAYERS in model.fields or model.type == FUNCTIONAL:
        found = layers_of(registry, model)
        return list(found) if found is not None else [Thing(UNKNOWN_LAYER)]
    return [layer for value in _fields(model) for layer in _held(registry, value, 0)]


def _fields(instance: Thing) -> list[Any]:
    return [held for name, held in instance.fields.items() if isinstance(name, str) and name not in OURS]


OURS = ("__class__", BUILT, "first call", "arguments", "given", "escaped")
"""Fields that we keep, not the program."""


def _held(registry: Registry, value: Any, depth: int) -> list[Thing]:
    """The layers in a value, in lists and dicts too."""
    if depth > DEEPEST:
        return []
    if isinstance(value, (Unknown, Either)):
        return [Thing(UNKNOWN_LAYER)]
    if isinstance(value, Thing) and value.type not in ("list", "dict"):
        return [value] if "keras.layers.Layer" in (*registry.types(value),) else []
    inner: Iterable[Any] = ()
    if isinstance(value, Thing):
        items = value.get("items")
        inner = items.values() if isinstance(items, dict) else items if isinstance(items, tuple) else ()
    elif isinstance(value, Tuple):
        inner = value.items
    return [layer for each in inner for layer in _held(registry, each, depth + 1)]


def variables(model: Thing) -> list[Tensor]:
    """The variables that a user's layer keeps as attributes."""
    if model.type != "instance":
        return []
    return [value for value in _fields(model) if isinstance(value, Tensor) and value.type == VARIABLE]
