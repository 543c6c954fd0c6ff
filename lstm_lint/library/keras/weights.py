"""Weights: their names, shapes and order; parameter counts; what reads them.

Order and shapes: measured in Keras 2.15 and 3.15 (LSTM i, f, c, o; GRU z, r, h along the last axis).
"""

from dataclasses import dataclass
from typing import Any

from lstm_lint.library.keras.calling import BUILT
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import GRAPH_KINDS, layers_of
from lstm_lint.library.keras.recurrent import gates
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import WEIGHTS, attribute, op, weights
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Tuple, Value, from_dim, number, truth

VARIABLE = "tensorflow.Variable"


@dataclass(frozen=True, slots=True)
class Weight:
    name: str
    shape: Shape
    trainable: bool = True


def weights_of(registry: Registry, layer: Thing) -> list[Weight] | None:
    """All weights in the order of `get_weights`; None where they are not known; none before the layer is built."""
    if layer.type in GRAPH_KINDS:
        return _of_model(registry, layer)
    for kind in registry.types(layer):
        function = WEIGHTS.get((kind, registry.target))
        if function is not None:
            shape = layer.get(BUILT)
            if shape is None:
                return []
            return None if isinstance(shape, Unknown) else function(registry, layer, shape)
    return None


def _of_model(registry: Registry, model: Thing) -> list[Weight] | None:
    several = layers_of(registry, model)
    if several is None:
        return None
    parts = [weights_of(registry, each) for each in several]
    return None if None in parts else [weight for part in parts for weight in part or ()]


def size(several: list[Weight] | None) -> Dim:
    """How many parameters."""
    if several is None:
        return Unknown("weights that are not known")
    total: Dim = 0
    for weight in several:
        total = dims.add(total, dims.product(weight.shape))
    return total


def _biased(layer: Thing) -> bool | None:
    return truth(argument(layer, "use_bias"))


@weights("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN")
def recurrent(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (features, gates * units), recurrent_kernel (units, gates * units), bias."""
    kind = next(k for k in registry.types(layer) if k in ("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN"))
    units = number(argument(layer, "units"))
    wide = dims.multiply(gates(kind), units)
    found = [Weight("kernel", (shape[-1], wide)), Weight("recurrent_kernel", (units, wide))]
    biased = _biased(layer)
    if biased:
        after = kind == "keras.layers.GRU" and truth(argument(layer, "reset_after"))
        if after is None:
            return None
        found.append(Weight("bias", (2, wide) if after else (wide,)))
    return None if biased is None else found


@weights("keras.layers.Dense")
def dense(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """kernel (features, units), bias (units,)."""
    units, biased = number(argument(layer, "units")), _biased(layer)
    found = [Weight("kernel", (shape[-1], units))]
    return None if biased is None else [*found, Weight("bias", (units,))] if biased else found


@weights("keras.layers.Embedding")
def embedding(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    return [Weight("embeddings", (number(argument(layer, "input_dim")), number(argument(layer, "output_dim"))))]


@weights("keras.layers.BatchNormalization")
def batch_normalization(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """gamma and beta where asked for, then the moving mean and variance, which are not trained."""
    axis = number(argument(layer, "axis"))
    if not isinstance(axis, int) or not -len(shape) <= axis < len(shape):
        return None
    flags = {"gamma": truth(argument(layer, "scale")), "beta": truth(argument(layer, "center"))}
    if None in flags.values():
        return None
    found = [Weight(name, (shape[axis],)) for name, used in flags.items() if used]
    return [*found, *(Weight(name, (shape[axis],), False) for name in ("moving_mean", "moving_variance"))]


@weights("keras.layers.LayerNormalization")
def layer_normalization(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    axis = number(argument(layer, "axis"))
    flags = {"gamma": truth(argument(layer, "scale")), "beta": truth(argument(layer, "center"))}
    if not isinstance(axis, int) or not -len(shape) <= axis < len(shape) or None in flags.values():
        return None
    return [Weight(name, (shape[axis],)) for name, used in flags.items() if used]


@weights("keras.layers.Bidirectional")
def bidirectional(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    """All of forward, then all of backward."""
    forward, backward = argument(layer, "layer"), argument(layer, "backward_layer")
    ours = _inner(registry, forward, shape)
    theirs = ours if backward == NONE else _inner(registry, backward, shape)
    return None if ours is None or theirs is None else [*ours, *theirs]


@weights("keras.layers.TimeDistributed")
def time_distributed(registry: Registry, layer: Thing, shape: Shape) -> list[Weight] | None:
    return _inner(registry, argument(layer, "layer"), (shape[0], *shape[2:]))


def _inner(registry: Registry, held: Value, shape: Shape) -> list[Weight] | None:
    """The weights that the wrapped layer has for this input, whether or not it is built itself."""
    if not isinstance(held, Thing):
        return None
    if held.type in GRAPH_KINDS:
        return weights_of(registry, held)
    for kind in registry.types(held):
        function = WEIGHTS.get((kind, registry.target))
        if function is not None:
            return function(registry, held, shape)  # type: ignore[no-any-return]
    return None


NONE_AT_ALL = (
    "Dropout SpatialDropout1D SpatialDropout2D SpatialDropout3D Activation ReLU LeakyReLU ELU Softmax UnitNormalization "
    "Masking GaussianNoise GaussianDropout AlphaDropout ActivityRegularization Identity Rescaling Flatten Reshape Permute "
    "RepeatVector Concatenate Add Subtract Multiply Average Maximum Minimum Dot InputLayer Cropping1D ZeroPadding1D "
    "UpSampling1D MaxPooling1D AveragePooling1D GlobalMaxPooling1D GlobalAveragePooling1D"
).split()


@weights(*(f"keras.layers.{name}" for name in NONE_AT_ALL))
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
    found = weights_of(registry, layer)
    if ("set", "trainable") in layer.fields:
        return Unknown("weights that may be frozen")
    return _variables(None if found is None else [weight for weight in found if weight.trainable])


@attribute("keras.layers.Layer.weights")
def all_weights(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _variables(weights_of(registry, layer))


@attribute("keras.layers.Layer.variables", until="keras3")
def variables(registry: Registry, layer: Thing, engine: Any) -> Value:
    return _variables(weights_of(registry, layer))


@op("keras.layers.Layer.get_weights")
def get_weights(registry: Registry, call: Call) -> Value:
    """The weights as arrays."""
    assert isinstance(call.receiver, Thing)
    return _variables(weights_of(registry, call.receiver), "numpy.ndarray")


@op("keras.layers.Layer.count_params")
def count_params(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    return from_dim(size(weights_of(registry, call.receiver)))


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
        found = weights_of(registry, layer) if isinstance(layer, Thing) else None
        for weight in found or ():
            if weight.name == name:
                return Tensor(weight.shape, VARIABLE, "float32")
        return Unknown(f"{name} of a cell that is not built")

    return read


for _name in ("kernel", "recurrent_kernel", "bias"):
    attribute(*(f"keras.layers.{kind}.{_name}" for kind in CELLS.values()))(_reader(_name))


@attribute("keras.layers.Dense.kernel")
def dense_kernel(registry: Registry, layer: Thing, engine: Any) -> Value:
    found = weights_of(registry, layer)
    return Tensor(found[0].shape, VARIABLE, "float32") if found else Unknown("a kernel that is not made yet")


@op("keras.layers.Layer.set_weights", "keras.Model.load_weights", "keras.Model.save", "keras.Model.save_weights")
def nothing_back(registry: Registry, call: Call) -> Value:
    return NONE


__all__ = ["Const", "Tuple"]
