"""tensorflow.python.keras: the Keras that TensorFlow keeps for its own ends, whose layers and models are no others' kin."""

from typing import Any

from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.value import NONE, Tensor, Thing, Value

HOME = "tensorflow.python.keras"
SEQUENTIAL = f"{HOME}.Sequential"
MODULES = ("layers", "layers.recurrent", "layers.core", "layers.embeddings", "layers.wrappers", "layers.recurrent_v2")
NAMES = ("LSTM", "GRU", "SimpleRNN", "Dense", "Dropout", "Embedding", "Bidirectional", "TimeDistributed", "Flatten")


@op(*(f"{HOME}.{module}.{name}" for module in MODULES for name in NAMES), since="keras3")
def layer(registry: Registry, call: Call) -> Value:
    return Thing(f"{HOME}.layers.{call.callee.rsplit('.', 1)[-1]}")


@op(SEQUENTIAL, f"{HOME}.models.Sequential", f"{HOME}.engine.sequential.Sequential")
def sequential(registry: Registry, call: Call) -> Value:
    for item in listed(call.value("layers", 0, NONE)) or ():
        _check(registry, item)
    return Thing(SEQUENTIAL)


@op(f"{SEQUENTIAL}.add")
def add(registry: Registry, call: Call) -> Value:
    _check(registry, call.value("layer", 0))
    return NONE


def _check(registry: Registry, item: Value) -> None:
    """It takes its own layers, beside Keras 2 those of tf.keras too, and no symbolic tensor."""
    theirs: Any = item.type if isinstance(item, (Thing, Tensor)) else ""
    layer_of_theirs = registry.target == "keras3" and registry.knowledge.kind(theirs) in ("layer", "model")
    if theirs == "keras.KerasTensor" or layer_of_theirs:
        raise Clash("mixed-keras", ("TypeError",), ("added layer must be an instance of class Layer",), {"item": item})
