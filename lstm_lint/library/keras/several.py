"""A layer of one tensor that is given several: what a recurrent layer gives with its states, say."""

from collections.abc import Sequence
from functools import reduce

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import BUILT, LayerCall, apply_layer, called_on_one, first_argument
from lstm_lint.library.keras.feeding import mapped
from lstm_lint.library.keras.graph import FIRST_CALL, Node, source, tensors_in
from lstm_lint.library.keras.late import doomed, leave, meet
from lstm_lint.library.keras.models import FUNCTIONAL
from lstm_lint.library.keras.trained import trained
from lstm_lint.library.keras.windows import listed
from lstm_lint.records import replace
from lstm_lint.values import shapes
from lstm_lint.values.library import Argument, Clash, Engine
from lstm_lint.values.value import Const, Shape, Symbol, Tensor, Tuple, Value, truth

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
        *("Discretization", "CategoryEncoding", "Hashing", "IntegerLookup"),
    ]
)
ONCE_BUILT = {"Normalization": "ReLU", "LayerNormalization": "Softmax", "RMSNormalization": "Softmax"}
"""It is their weights that are made for one; once these are there, they do as this one."""
STACKED = "made one of several"
"""The field of a layer that told more tensors than a run gives, with their number.

A run gives one where it stacks them, and never more than the layer's first call gave.
"""
RAISES = ("ValueError", "AttributeError", "TypeError")

# Keras 2, which computes with symbolic tensors at once.

HANDED_ON = PASS_ON - {"Dropout"}
STACKED_AT_ONCE = frozenset(
    ["Dropout", "ELU", "LeakyReLU", "ReLU", "ThresholdedReLU", "Rescaling", "Discretization", "IntegerLookup"]
)
IMAGES = ("CenterCrop", "Resizing")
COMPUTED: dict[str | None, str] = {"softmax": "Softmax", "relu": "ReLU", "tanh": "ReLU", "sigmoid": "ReLU"}
REFUSED = frozenset(
    [
        *("LayerNormalization", "BatchNormalization", "UnitNormalization", "GroupNormalization", "Normalization"),
        *("PReLU", "Masking", "Flatten", "Reshape", "Permute", "Embedding", "EinsumDense", "Softmax"),
        "CategoryEncoding",
    ]
)


def on_several(call: LayerCall) -> Value | None:
    """What it gives for all of them; None where that is its own affair."""
    if not call.symbolic or len(call.inputs) < 2 or called_on_one(call):
        return None
    name = call.kind.removeprefix("keras.layers.")
    if not call.keras3:
        return _at_once(call, name)
    if name == "Activation":
        name = {None: "Identity", "linear": "Identity", "softmax": "Softmax"}.get(_activation(call), "ReLU")
    if name in PASS_ON - {"ActivityRegularization", "Identity"} and trained(call, alone=False) and _drops(call):
        name = "ReLU"
    count = {"outputs": len(call.inputs)}
    if call.layer.get(BUILT) is not None:
        name = ONCE_BUILT.get(name, name)
    if name in REFUSE or name == "Resizing" and len(call.inputs) > 2:
        raise call.clash("several-inputs", (), RAISES, **count)
    if name in ("Softmax", *STACK) and not any(map(doomed, call.inputs)):
        call.call.engine.heap.put(call.layer, STACKED, 1)
    if name == "Softmax":
        meet(call, call.clash("several-inputs", (), RAISES, stage="run", **count))
    elif name in (*STACK, "Resizing") and not _alike(call):
        meet(call, call.clash("several-inputs", (), (*RAISES, "InvalidArgumentError"), stage="run", **count))
    elif name in STACK:
        leave(call)
    elif name not in PASS_ON:
        return None
    elif (first := call.layer.get(FIRST_CALL)) is not None and len(tensors_in(first.result)) < len(call.inputs):
        call.call.engine.heap.put(call.layer, STACKED, len(tensors_in(first.result)))
    made = mapped(_given(call), lambda each: call.of(each.shape, each.dtype) if isinstance(each, Tensor) else each)
    return Tuple(made.items if isinstance(made, Tuple) else listed(made) or ())


def _drops(call: LayerCall) -> bool:
    """Is something done in training?"""
    return truth(call.value("stddev" if call.kind.endswith("Noise") else "rate")) is True


def check_reached(end: Value, engine: Engine) -> None:
    """Of what such a layer tells, a run gives the first ones alone: what hangs on another is never computed."""
    lost = next((tensor for tensor in tensors_in(end) if _unreached(tensor)), None)
    if lost is not None and (node := source(lost)) is not None:
        facts = {"outputs": len(tensors_in(end)), "layer": node.layer, "tensor": lost, "stage": "run"}
        engine.remark(Clash("several-inputs", ("ValueError",), (), facts))


def _unreached(tensor: Tensor) -> bool:
    waiting, entered = [tensor], set[int]()
    while waiting:
        each = waiting.pop()
        node: Node | None = source(each)
        if node is None:
            continue
        given: int | None = node.layer.get(STACKED)
        if given and any(each is other for other in tensors_in(node.result)[given:]):
            return True
        if id(node) in entered:
            continue
        entered.add(id(node))
        waiting += node.inputs
    return False


def _given(call: LayerCall) -> Value:
    first = first_argument(call.registry, call.layer, call.call)
    assert first is not None
    return first.value


def _at_once(call: LayerCall, name: str) -> Value | None:
    """A list handed on, or one tensor of all."""
    several = [tensor.shape for tensor in call.inputs if isinstance(tensor.shape, tuple)]
    if len(several) < len(call.inputs):
        return None
    if name == "Activation" and isinstance(call.value("activation"), Const):
        name = {None: "Identity", "linear": "Identity", **COMPUTED}.get(_activation(call), name)
    if name in ("Normalization", "UnitNormalization") and call.layer.get(BUILT) is not None:
        name = "ReLU"
    if name in REFUSED or name in (*STACKED_AT_ONCE, *IMAGES, "AlphaDropout") and not _alike(call):
        raise call.clash("several-inputs", (), RAISES, outputs=len(several))
    if name in HANDED_ON:
        return Tuple(tuple(call.of(shape) for shape in several))
    if name not in (*STACKED_AT_ONCE, *IMAGES):
        return None
    stack = call.of(_put_together(several), "int64" if name in ("Discretization", "IntegerLookup") else "float32")
    if name not in IMAGES:
        return stack
    asked = replace(call.call, arguments=(Argument(stack),))
    return apply_layer(call.registry, call.layer, [stack], asked)


def _put_together(several: Sequence[Shape]) -> Shape:
    """The shape of one tensor of all, which are of one shape."""
    return (len(several), *(reduce(shapes.agreed, along) for along in zip(*several, strict=True)))


def stacked(call: LayerCall, value: Value) -> Tensor:
    """What TensorFlow makes of a list where it wants a tensor. Raises Clash for tensors that do not go together."""
    several = [each for each in listed(value) or () if isinstance(each, Tensor)]
    known = [each.shape for each in several if isinstance(each.shape, tuple)]
    if not known or len(known) < len(listed(value) or ()):
        return call.of(NO_RANK)
    if not all(shapes.compatible(known[0], each) for each in known):
        raise call.clash("several-in-a-list", (), (*RAISES, "InvalidArgumentError"), outputs=len(known))
    return Tensor(_put_together(known), several[0].type, several[0].dtype)


def _alike(call: LayerCall) -> bool:
    """May they be of one shape? A list among them stands for more axes."""
    if len(tensors_in(_given(call))) > len(call.inputs):
        return False
    several = [tensor.shape for tensor in call.inputs if isinstance(tensor.shape, tuple)]
    return all(shapes.compatible(several[0], each) for each in several)


def _activation(call: LayerCall) -> str | None:
    held = call.value("activation")
    if isinstance(held, Symbol):
        return held.path.rpartition(".")[2]
    return str(held.value) if isinstance(held, Const) and held.value is not None else None


def check_nested(call: LayerCall, value: Value | None) -> None:
    """A layer that merges tensors is given several where one should be; Keras 2 takes tuples for shapes."""
    several = listed(value) or () if value is not None else ()
    held, tuples = [listed(each) or () for each in several], not any(map(is_list, several))
    fresh = call.layer.get(BUILT) is None and not tuples
    additive, attends = call.kind.endswith("AdditiveAttention"), "Attention" in call.kind
    refuses = call.keras3 or fresh and (not attends or additive and len(held) > 1 and bool(held[1]))
    if refuses and any(isinstance(tensor, Tensor) for items in held for tensor in items):
        raise call.clash("several-in-a-list", (), RAISES, outputs=max(map(len, held)))


def is_list(value: Value) -> bool:
    """Or what a recurrent layer of Keras 2 gave, which is one."""
    if not isinstance(value, Tuple):
        return True
    items = tensors_in(value)
    node = source(items[0]) if items else None
    if node is None or [id(each) for each in tensors_in(node.result)] != [id(each) for each in items]:
        return value.kind == "list"
    name = node.layer.type.removeprefix("keras.layers.")
    if node.layer.type == FUNCTIONAL:
        return is_list(node.layer.get("outputs"))
    return is_list(Tuple(tuple(node.inputs))) if name in (*HANDED_ON, "Activation") else "Attention" not in name
