"""A layer of one tensor that Keras 3 is given several: what a recurrent layer gives with its states, say."""

from lstm_lint.library.keras.calling import LayerCall, called_on_one
from lstm_lint.library.keras.late import leave, meet
from lstm_lint.library.keras.windows import listed
from lstm_lint.values import shapes
from lstm_lint.values.value import Const, Symbol, Tensor, Tuple, Value

PASS_ON = frozenset(
    ["Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Identity"]
)
"""Layers that, outside training, hand on a list as it is."""
STACK = frozenset(["ELU", "LeakyReLU", "ReLU", "Rescaling", "UnitNormalization"])
"""Layers that tell a shape for each, and when they run make one tensor of all."""
REFUSE = frozenset(
    [
        *("LayerNormalization", "BatchNormalization", "RMSNormalization", "GroupNormalization", "Normalization"),
        *("PReLU", "Masking", "Flatten", "Reshape", "Permute", "Embedding", "EinsumDense", "CenterCrop"),
        *("Discretization", "CategoryEncoding", "Hashing"),
    ]
)
RAISES = ("ValueError", "AttributeError", "TypeError")


def on_several(call: LayerCall) -> Value | None:
    """What it gives for all of them; None where that is its own affair."""
    known = all(isinstance(tensor.shape, tuple) for tensor in call.inputs)
    if not call.keras3 or not call.symbolic or len(call.inputs) < 2 or not known or called_on_one(call):
        return None
    name = call.kind.removeprefix("keras.layers.")
    if name == "Activation":
        name = {None: "Identity", "linear": "Identity", "softmax": "Softmax"}.get(_activation(call), "ReLU")
    count = {"outputs": len(call.inputs)}
    if name in REFUSE:
        raise call.clash("several-inputs", (), RAISES, **count)
    if name == "Softmax":
        meet(call, call.clash("several-inputs", (), RAISES, stage="run", **count))
    elif name in STACK and not _alike(call):
        meet(call, call.clash("several-inputs", (), (*RAISES, "InvalidArgumentError"), stage="run", **count))
    elif name in STACK:
        leave(call)
    elif name not in PASS_ON:
        return None
    return Tuple(tuple(call.of(tensor.shape, tensor.dtype) for tensor in call.inputs))


def _alike(call: LayerCall) -> bool:
    """May they be of one shape?"""
    several = [tensor.shape for tensor in call.inputs if isinstance(tensor.shape, tuple)]
    return all(shapes.compatible(several[0], each) for each in several)


def _activation(call: LayerCall) -> str | None:
    held = call.value("activation")
    if isinstance(held, Symbol):
        return held.path.rpartition(".")[2]
    return str(held.value) if isinstance(held, Const) and held.value is not None else None


def check_nested(call: LayerCall, value: Value | None) -> None:
    """A layer that merges tensors is given several where one should be."""
    held = [each for each in (listed(value) or () if value is not None else ()) if isinstance(each, Tuple)]
    if call.keras3 and any(isinstance(tensor, Tensor) for each in held for tensor in each.items):
        raise call.clash("several-inputs", (), RAISES, outputs=max(len(each.items) for each in held))
