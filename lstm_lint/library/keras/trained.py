"""What runs in training although nobody asked for it: in Keras 3 behind a layer whose own default says so, as those of images do.

A layer called on one tensor of floats keeps the default of its own; on others it inherits what ran before it.
"""

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.graph import Node, source, tensors_in
from lstm_lint.library.keras.keys import TRAINED
from lstm_lint.library.keras.models import ends
from lstm_lint.library.registry import Registry
from lstm_lint.values.value import Tensor, Thing


def note(call: LayerCall) -> None:
    """Remember that there is such a layer at all."""
    if call.keras3 and call.symbolic:
        call.call.engine.heap.put(TRAINED, "of", call.call.engine.heap)


def trained(call: LayerCall, alone: bool = True) -> bool:
    """Does it surely run in training? Looked at where one layer comes behind the other; `alone`: is it one tensor?"""
    if TRAINED.get("of") is not call.call.engine.heap or call.call.find("training") is not None:
        return False
    return not (alone and _keeps(call.input)) and _inherited(call.registry, call.input) is True


def _keeps(tensor: Tensor) -> bool:
    """Not known counts as floats."""
    return (tensor.dtype if tensor.told is None else tensor.told) in ("float32", None, "")


def _inherited(registry: Registry, tensor: Tensor) -> bool | None:
    """What the layers before this tensor leave behind them: None if nothing at all."""
    fallback, node = None, source(tensor)
    while node is not None:
        if len(node.inputs) != 1 or node.layer.type == "instance" or any(a.name == "training" for a in node.arguments):
            return False
        default = _default(registry, node.layer)
        if default is None:
            _, made = ends(node.layer)
            several = [each for each in tensors_in(made) if each.type == tensor.type]
            default = _inherited(registry, several[0]) if len(several) == 1 else None
        elif not (isinstance(node.given, Tensor) and _keeps(node.given)):
            fallback, default = default if fallback is None else fallback, None
        if default is not None:
            return default
        node = _before(node)
    return fallback


def _before(node: Node) -> Node | None:
    return source(node.inputs[0])


def _default(registry: Registry, layer: Thing) -> bool | None:
    parameters = registry.knowledge.call(layer.type) or ()
    given = next((each.default for each in parameters if each.name == "training"), None)
    return given if isinstance(given, bool) else None
