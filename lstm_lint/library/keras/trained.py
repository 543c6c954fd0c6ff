"""What runs in training although nobody asked for it: in Keras 3 all that comes behind a layer whose own default says so.

Layers of images do; what is called behind them, in whatever model, inherits it.
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


def trained(call: LayerCall) -> bool:
    """Does it surely run in training?"""
    if TRAINED.get("of") is not call.call.engine.heap or call.call.find("training") is not None:
        return False
    return any(_behind(call.registry, each) for each in call.inputs)


def _behind(registry: Registry, tensor: Tensor) -> bool:
    waiting, entered = [tensor], set[int]()
    while waiting:
        node: Node | None = source(waiting.pop())
        if node is None or id(node) in entered:
            continue
        entered.add(id(node))
        if _trains(registry, node):
            return True
        waiting += node.inputs
    return False


def _trains(registry: Registry, node: Node) -> bool:
    given = next((each for each in node.arguments if each.name == "training"), None)
    return given is None and _says_so(registry, node.layer)


def _says_so(registry: Registry, layer: Thing) -> bool:
    parameters = registry.knowledge.call(layer.type) or ()
    if any(each.name == "training" and each.default is True for each in parameters):
        return True
    given, made = ends(layer)
    return bool(tensors_in(given)) and any(_behind(registry, each) for each in tensors_in(made))
