"""Weights: their names, shapes and order; parameter counts; what reads them.

Order and shapes: measured in Keras 2.15 and 3.15 (LSTM i, f, c, o; GRU z, r, h along the last axis).
"""

from typing import Any

from lstm_lint.library.arguments import array_shape, as_shape, integers
from lstm_lint.library.keras.calling import BUILT
from lstm_lint.library.keras.compiling import COMPILED
from lstm_lint.library.keras.graph import FIRST_CALL, OPERATION
from lstm_lint.library.keras.making import ARGUMENTS, GIVEN, argument
from lstm_lint.library.keras.models import GRAPH_KINDS, layers_of, unbuilt
from lstm_lint.library.keras.recurrent import gates
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import WEIGHTS, attribute, op, weights
from lstm_lint.records import dataclass
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Call, Clash, Engine
from lstm_lint.values.shapes import compatible
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    FED,
    GAVE,
    NONE,
    TOOK,
    Const,
    Shape,
    Tensor,
    Thing,
    Tuple,
    Value,
    from_dim,
    number,
    truth,
)

VARIABLE = "tensorflow.Variable"
INPUTS = "inputs built on"
"""The field that holds the shapes of all the inputs that a layer was first called on."""


@dataclass(frozen=True)
class Weight:
    name: str
    shape: Shape
    trainable: bool = True


def weights_of(registry: Registry, layer: Thing) -> list[Weight] | None:
    """All weights in the order of `get_weights`; None where they are not known; none before the layer is built."""
    if layer.type in GRAPH_KINDS:
        return _of_model(registry, layer)
    if layer.type == "instance" and "keras.Model" in registry.types(layer):
        return _of_own(registry, layer)
    shape = layer.get(BUILT)
    if shape is None:
        return [] if _function(registry, layer) is not None else None
    return None if isinstance(shape, Unknown) else weights_for(registry, layer, shape)


def weights_for(registry: Registry, held: Value, shape: Shape) -> list[Weight] | None:
    """The weights that a layer has once it is built on this shape."""
    if not isinstance(held, Thing):
        return None
    if held.type in GRAPH_KINDS:
        return weights_of(registry, held)
    function = _function(registry, held)
    found = function(registry, held, shape) if function is not None and shape else None
    if found is None or registry.target == "keras3" and "lora_rank" not in (held.get(GIVEN) or ()):
        return found
    from lstm_lint.library.keras.besides import with_functions, with_thin

    return with_functions(registry, held, found) if registry.target == "keras2" else with_thin(held, found)


def _function(registry: Registry, layer: Thing) -> Any:
    return next((f for kind in registry.types(layer) if (f := WEIGHTS.get((kind, registry.target)))), None)


def _of_model(registry: Registry, model: Thing) -> list[Weight] | None:
    several = layers_of(registry, model)
    if several is None:
        return None
    parts = [weights_of(registry, each) for each in several]
    return None if None in parts else [weight for part in parts for weight in part or ()]


def _of_own(registry: Registry, model: Thing) -> list[Weight] | None:
    """Those of the layers that a user's model holds, in the order in which it was given them."""
    several = _held(model)
    parts = None if several is None else [weights_of(registry, each) for each in several]
    return None if parts is None or None in parts else [weight for part in parts for weight in part or ()]


def _held(model: Thing) -> tuple[Thing, ...] | None:
    """The layers in the fields of a user's model; None where something may hold weights that are not known."""
    held = {id(v): v for name, v in model.fields.items() if isinstance(name, str) and name not in OWN_FIELDS}
    several = [value for value in held.values() if not isinstance(value, (Const, Size))]
    known = all(isinstance(each, Thing) and each.type in ORDERLY for each in several)
    return tuple(each for each in several if isinstance(each, Thing)) if known else None


OWN_FIELDS = frozenset([BUILT, "__class__", GAVE, TOOK, FED, ARGUMENTS, COMPILED, FIRST_CALL])
ORDERLY = frozenset(f"keras.layers.{name}" for name in ("LSTM", "GRU", "SimpleRNN", "Dense", "Embedding", "Dropout"))


def size(several: list[Weight] | None) -> Dim:
    """How many parameters; of a weight that is open, Keras counts none."""
    if several is None:
        return Unknown("weights that are not known")
    total: Dim = 0
    for weight in several:
        total = total if None in weight.shape else dims.add(total, dims.product(weight.shape))
    return total


def biased(layer: Thing) -> bool | None:
    return truth(argument(layer, "use_bias"))


@weights(*(f"keras.layers.{name}{cell}" for name in ("LSTM", "GRU", "SimpleRNN") for cell in ("", "Cell")))
def recurrent(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (features, gates * units), recurrent_kernel (units, gates * units), bias."""
    kind = next(k.removesuffix("Cell") for k in registry.types(layer) if k.removesuffix("Cell") in CELLS)
    units, used = number(argument(layer, "units")), biased(layer)
    wide = dims.multiply(gates(kind), units)
    found = [Weight("kernel", (shape[-1], wide)), Weight("recurrent_kernel", (units, wide))]
    after = truth(argument(layer, "reset_after")) if kind == "keras.layers.GRU" else False
    if used is None or after is None:
        return None
    return [*found, Weight("bias", (2, wide) if after else (wide,))] if used else found


@weights("keras.layers.Dense")
def dense(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (features, units), bias (units,)."""
    units, used = number(argument(layer, "units")), biased(layer)
    found = [Weight("kernel", (shape[-1], units))]
    return None if used is None else [*found, Weight("bias", (units,))] if used else found


@weights("keras.layers.Embedding")
def embedding(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    return [Weight("embeddings", (number(argument(layer, "input_dim")), number(argument(layer, "output_dim"))))]


@weights("keras.layers.PReLU")
def prelu(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """A slope for each place, one for all along `shared_axes`."""
    places = list(shape[1:])
    for axis in integers(argument(layer, "shared_axes")) or ():
        if -len(places) < axis <= len(places):
            places[axis - 1] = 1  # the axis 0 is the last one
    return [Weight("alpha", tuple(places))]


@weights("keras.layers.Bidirectional")
def bidirectional(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """All of forward, then all of backward."""
    forward, backward = argument(layer, "layer"), argument(layer, "backward_layer")
    ours = weights_for(registry, forward, shape)
    theirs = ours if backward == NONE else weights_for(registry, backward, shape)
    return None if ours is None or theirs is None else [*ours, *theirs]


@weights("keras.layers.TimeDistributed", since="keras3")
def time_distributed(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    return weights_for(registry, argument(layer, "layer"), (shape[0], *shape[2:]))


@weights("keras.layers.TimeDistributed", until="keras3")
def time_distributed_2(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """Those that are trained come first."""
    found = time_distributed(registry, layer, shape)
    return None if found is None else sorted(found, key=lambda weight: not weight.trainable)


NONE_AT_ALL = [
    "Dropout",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "ReLU",
    "LeakyReLU",
    "ELU",
    "ThresholdedReLU",
    "Softmax",
    "UnitNormalization",
    "Masking",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "ActivityRegularization",
    "Identity",
    "Rescaling",
    "Flatten",
    "Reshape",
    "Permute",
    "RepeatVector",
    "Concatenate",
    "Add",
    "Subtract",
    "Multiply",
    "Average",
    "Maximum",
    "Minimum",
    "Dot",
    "InputLayer",
]
NONE_PER_AXES = [
    "Cropping",
    "ZeroPadding",
    "UpSampling",
    "MaxPooling",
    "AveragePooling",
    "GlobalMaxPooling",
    "GlobalAveragePooling",
]
NONE_AT_ALL += [f"{name}{n}D" for name in NONE_PER_AXES for n in (1, 2, 3)]


@weights(*(f"keras.layers.{name}" for name in ("Activation", *NONE_AT_ALL)), OPERATION)
def nothing(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    return []


# What reads them.

WEIGHT_LISTS = ("weights", "trainable_weights", "trainable_variables", "variables")


def _variables(found: list[Weight] | None, kind: str = VARIABLE) -> Value:
    if found is None:
        return Unknown("weights that are not known")
    return Thing("list", {"items": tuple(Tensor(weight.shape, kind, "float32") for weight in found)})


@attribute(*(f"keras.layers.Layer.{name}" for name in ("trainable_weights", "trainable_variables")))
def trained(registry: Registry, layer: Thing, engine: Any) -> Value:
    found = known_weights(registry, layer, engine)
    if _may_be_frozen(registry, layer):
        return Unknown("weights that may be frozen")
    return _variables(None if found is None else [weight for weight in found if weight.trainable])


@attribute("keras.layers.Layer.non_trainable_variables", until="keras3")
@attribute("keras.layers.Layer.non_trainable_weights")
def kept(registry: Registry, layer: Thing, engine: Any) -> Value:
    found = known_weights(registry, layer, engine)
    if _may_be_frozen(registry, layer):
        return Unknown("weights that may be frozen")
    return _variables(None if found is None else [weight for weight in found if not weight.trainable])


def _may_be_frozen(registry: Registry, layer: Thing) -> bool:
    """Was `trainable` set on it, or on a layer in it?"""
    if ("set", "trainable") in layer.fields or argument(layer, "trainable") == Const(False):
        return True
    held = layers_of(registry, layer) if layer.type in GRAPH_KINDS else ()
    return held is None or any(_may_be_frozen(registry, each) for each in held)


@attribute("keras.layers.Layer.weights")
def all_weights(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _variables(known_weights(registry, layer, engine))


@attribute("keras.layers.Layer.variables", until="keras3")
def variables(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _variables(known_weights(registry, layer, engine))


@op("keras.layers.Layer.add_weight", until="keras3")
def add_weight(registry: Registry, call: Call) -> Value:
    """A variable of a user's layer: `add_weight(name, shape)`."""
    return _variable(call, 1)


@op("keras.layers.Layer.add_weight", since="keras3")
def add_weight_by_shape(registry: Registry, call: Call) -> Value:
    """A variable of a user's layer: `add_weight(shape)`."""
    first = call.positional()[0].value if call.positional() else NONE
    if isinstance(first, Const) and isinstance(first.value, str):
        words, facts = ("`name` must be passed as a keyword argument",), {"name": "shape", "value": first}
        raise Clash("argument-value", ("ValueError",), words, {**facts, "callee": "keras.layers.Layer.add_weight"})
    return _variable(call, 0)


def _variable(call: Call, index: int) -> Value:
    given = call.value("shape", index, Tuple(()))
    sizes = as_shape(given) if given != NONE else ()
    if isinstance(sizes, tuple) and None in sizes:
        raise Clash("open-weight", ("ValueError", "TypeError"), (), {"shape": sizes})
    return Tensor(() if given == NONE else as_shape(given), VARIABLE, "float32")


@op("keras.layers.Layer.get_weights")
def get_weights(registry: Registry, call: Call) -> Value:
    """The weights as arrays."""
    assert isinstance(call.receiver, Thing)
    return _variables(known_weights(registry, call.receiver, call.engine), "numpy.ndarray")


def known_weights(registry: Registry, layer: Thing, engine: Engine) -> list[Weight] | None:
    """Those that are there now; None where a layer may have been built unseen."""
    several = layers_of(registry, layer) if layer.type in GRAPH_KINDS else (layer,)
    if layer.type == "instance" and "keras.Model" in registry.types(layer):
        several = _held(layer)
    if several is None or any(each.get(BUILT) is None and not engine.follows(each) for each in several):
        return None
    if registry.target == "keras2" and unbuilt(layer, engine):
        words = ("Weights for model", "have not yet been created")
        raise Clash("weights-before-build", ("ValueError",), words, {"layer": layer})
    return weights_of(registry, layer)


@op("keras.layers.Layer.set_weights")
def set_weights(registry: Registry, call: Call) -> Value:
    """As many arrays as there are weights, of the same shapes, in the same order."""
    layer = call.receiver
    assert isinstance(layer, Thing)
    given, held = call.value("weights", 0), known_weights(registry, layer, call.engine)
    items = given.items if isinstance(given, Tuple) else given.get("items") if isinstance(given, Thing) else None
    if held is None or not isinstance(items, tuple):
        return NONE
    facts = {"layer": layer, "weights": held, "given": items}
    if len(items) != len(held):
        words = (f"with a weight list of length {len(items)}, but the layer was expecting {len(held)} weights",)
        raise Clash("weight-count", ("ValueError",), words, facts | {"expected": len(held), "found": len(items)})
    for index, (weight, item) in enumerate(zip(held, items, strict=True)):
        shape = array_shape(item, call.engine)
        if not isinstance(shape, Unknown) and not compatible(weight.shape, shape):
            words = ("is not compatible with provided weight shape",)
            about = {"index": index, "name": weight.name, "expected": weight.shape, "found": shape, "tensor": item}
            raise Clash("weight-shape", ("ValueError",), words, facts | about)
    return NONE


@op("keras.layers.Layer.count_params")
def count_params(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    if unbuilt(call.receiver, call.engine) or _waits(registry, call.receiver, call.engine):
        facts = {"model": call.receiver, "name": "count_params"}
        raise Clash("not-built", ("ValueError",), ("but the layer isn't built",), facts)
    return from_dim(size(weights_of(registry, call.receiver)))


WAITING = ("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN", "keras.layers.Dense")


def _waits(registry: Registry, layer: Thing, engine: Engine) -> bool:
    """Is it a layer that makes its weights when it is called, and surely was not yet?"""
    return layer.type in WAITING and layer.get(BUILT) is None and engine.follows(layer)


CELLS = {"keras.layers.LSTM": "LSTMCell", "keras.layers.GRU": "GRUCell", "keras.layers.SimpleRNN": "SimpleRNNCell"}


@attribute(*(f"{kind}.cell" for kind in CELLS))
def cell(registry: Registry, layer: Thing, engine: Any) -> Value:
    """The cell, which holds the weights of its layer."""
    kind = next(CELLS[k] for k in registry.types(layer) if k in CELLS)
    fields = {"arguments": layer.get("arguments"), BUILT: layer.get(BUILT), "layer": layer}
    return Thing(f"keras.layers.{kind}", fields)


def _reader(name: str) -> Any:
    def read(registry: Registry, held: Thing, engine: Any) -> Value:
        layer = held.get("layer")
        found = known_weights(registry, layer, engine) if isinstance(layer, Thing) else None
        for weight in found or ():
            if weight.name == name:
                return Tensor(weight.shape, VARIABLE, "float32")
        if found == [] and isinstance(layer, Thing) and layer.get(BUILT) is None:
            facts = {"layer": layer, "owner": held, "name": name}
            raise Clash("weights-before-build", ("AttributeError",), ("has no attribute", name), facts)
        return Unknown(f"{name} of a cell that is not built")

    return read


for _name in ("kernel", "recurrent_kernel", "bias"):
    attribute(*(f"keras.layers.{kind}.{_name}" for kind in CELLS.values()))(_reader(_name))


@attribute("keras.layers.Dense.kernel")
def dense_kernel(registry: Registry, layer: Thing, engine: Any) -> Value:
    found = weights_of(registry, layer)
    return Tensor(found[0].shape, VARIABLE, "float32") if found else Unknown("a kernel that is not made yet")
