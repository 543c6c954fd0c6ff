"""tensorflow.python.keras: the Keras that TensorFlow keeps for its own ends, whose layers and models are no others' kin."""

from typing import Any

from lstm_lint.library.arguments import as_shape
from lstm_lint.library.arrays.spelling import parts
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Tensor, Thing, Value

HOME = "tensorflow.python.keras"
SEQUENTIAL = f"{HOME}.Sequential"
MODEL = f"{HOME}.Model"
TENSOR = f"{HOME}.KerasTensor"
MODULES = ("layers", "layers.recurrent", "layers.core", "layers.embeddings", "layers.wrappers", "layers.recurrent_v2")
NAMES = ("LSTM", "GRU", "SimpleRNN", "Dense", "Dropout", "Embedding", "Bidirectional", "TimeDistributed", "Flatten")


@op(*(f"{HOME}.{module}.{name}" for module in MODULES for name in NAMES), since="keras3")
def layer(registry: Registry, call: Call) -> Value:
    return Thing(f"{HOME}.layers.{call.callee.rsplit('.', 1)[-1]}")


@op(f"{HOME}.Input", f"{HOME}.layers.Input", f"{HOME}.engine.input_layer.Input", f"{HOME}.layers.core.Input")
def input_(registry: Registry, call: Call) -> Value:
    shape = as_shape(call.value("shape", 0))
    return Tensor(shape if isinstance(shape, Unknown) else (None, *shape), TENSOR)


@op(MODEL, f"{HOME}.models.Model", f"{HOME}.engine.training.Model")
def model(registry: Registry, call: Call) -> Value:
    """Beside Keras 2 it takes tensors of tf.keras."""
    ends = [argument.value for argument in call.arguments if argument.name in ("", "inputs", "outputs")]
    ours = next((each for end in ends for each in parts(end) if each.type == "keras.KerasTensor"), None)
    if ours is not None and registry.target == "keras3":
        raise mixed(ours, ("AttributeError",), "Model")
    return Thing(MODEL)


@op(*(f"{kind}.{method}" for kind in (SEQUENTIAL, MODEL) for method in ("fit", "evaluate", "predict")))
def runs(registry: Registry, call: Call) -> Value:
    """It asks TensorFlow for something that is not there any more."""
    words = ("has no attribute 'DistributedDatasetInterface'",)
    raise Clash("private-training", ("AttributeError",), words, {"method": call.callee})


def mixed(item: Value, raises: tuple[str, ...], holder: str, home: str = HOME) -> Clash:
    """`holder`, of the library `home`, gets what is of another."""
    return Clash("mixed-keras", raises, (), {"item": item, "holder": holder, "home": home})


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
        facts = {"item": item, "holder": "Sequential", "home": HOME}
        raise Clash("mixed-keras", ("TypeError",), ("added layer must be an instance of class Layer",), facts)
