"""What Keras meets only when numbers go through: the call gives its symbolic tensors all the same.

A line behind it may clash where the model is made, and is told too. What a run would meet behind the first such clash,
it never comes to.
"""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.graph import Node, source, tensors_in
from lstm_lint.library.keras.keys import DOOMED
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import ends
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.value import Tensor, Thing

FAILS = ("fails when it runs",)
"""The field of a layer that holds the place of a call with which no run comes to an end."""


def meet(call: LayerCall, clash: Clash, followed: bool = False) -> None:
    """Raises a clash that the call itself meets; one of a later run is told beside what the call gives.

    Where a run gives the inputs other shapes, only what was `followed` with these is one of a run.
    """
    if clash.facts.get("stage") != "run":
        raise clash
    if getattr(call.call.engine, "deaf", False) or not followed and _otherwise(call):
        return
    heap, place = call.call.engine.heap, call.call.place
    if met(call) or any(doomed(each) for given in call.call.arguments for each in tensors_in(given.value)):
        return
    heap.put(DOOMED, "of", heap)
    heap.put(call.layer, FAILS, place)
    call.call.engine.remark(clash)


def meet_between(engine: Engine, tensors: Sequence[Tensor], clash: Clash) -> None:
    """What a function or an operator meets in a run."""
    if not any(map(doomed, tensors)):
        engine.remark(clash)


def _otherwise(call: LayerCall) -> bool:
    from lstm_lint.library.keras.otherwise import differs

    return any(each.runs is not None and differs(each) for each in call.tensors)


def met(call: LayerCall) -> bool:
    """Was it told of this very call?"""
    return call.layer.get(FAILS, call.call.engine) is call.call.place


def leave(call: LayerCall) -> None:
    """The symbolic shape is not what a run gives: what a run meets behind it is not judged."""
    heap = call.call.engine.heap
    heap.put(DOOMED, "of", heap)
    heap.put(call.layer, FAILS, call.call.place)


def stops(call: LayerCall) -> bool:
    """Does a run of this model or layer surely come to no end, as was told?"""
    return DOOMED.get("of") is call.call.engine.heap and not call.symbolic and fails(call.layer)


def doomed(tensor: Tensor) -> bool:
    """Does a run surely stop on the way to this symbolic tensor, as was told?"""
    waiting, entered = [tensor], set[int]()
    while waiting:
        node: Node | None = source(waiting.pop())
        if node is None or id(node) in entered:
            continue
        entered.add(id(node))
        if fails(node.layer):
            return True
        waiting += node.inputs
    return False


def fails(layer: Thing) -> bool:
    """Was it told that no run of it, or of what it holds, comes to an end?"""
    held: Any = argument(layer, "layer")
    if FAILS in layer.fields or isinstance(held, Thing) and fails(held):
        return True
    given, made = ends(layer)
    return any(map(doomed, tensors_in(made))) if tensors_in(given) else False
