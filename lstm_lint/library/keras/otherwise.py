"""Keras 3 tells some shapes before it runs that a run does not give.

What a run gives goes along with the symbolic tensor, and each layer behind it is asked whether it takes that, too.
"""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import EAGER, SYMBOLIC, LayerCall, apply_layer
from lstm_lint.library.keras.feeding import Again, mapped
from lstm_lint.library.keras.graph import OPERATION, source, tensors_in
from lstm_lint.library.keras.keys import TOLD
from lstm_lint.library.keras.late import fails, meet
from lstm_lint.values import dims
from lstm_lint.values.heap import Heap
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Value

FAILS = ("ValueError", "InvalidArgumentError", "IndexError")


def told(call: LayerCall, result: Tensor, really: Shape | Unknown) -> Tensor:
    """The result of a call, of which a run gives another shape."""
    result.runs = _other(result.shape, really)
    if result.runs is not None:
        call.call.engine.heap.put(TOLD, "of", call.call.engine.heap)
    return result


def _other(mine: Shape | Unknown, really: Shape | Unknown) -> Shape | Unknown | None:
    if isinstance(really, Unknown) or isinstance(mine, Unknown) or len(mine) != len(really):
        return really
    pairs = zip(mine, really, strict=True)
    kept = tuple(a if a is None and isinstance(b, Unknown) or dims.same(a, b) else b for a, b in pairs)
    return None if kept == mine else kept


def follow(call: LayerCall, result: Value) -> None:
    """The same call with what a run gives: a clash is one of a run, another shape goes along."""
    arguments = tuple(Argument(mapped(a.value, _real), a.name, a.place, a.text) for a in call.call.arguments)
    engine = Again(call.call.engine, call.call.engine.heap)
    asked = Call(call.call.callee, arguments, engine, call.call.place, call.call.receiver, call.call.open)
    found: Value = Unknown("after a clash")
    try:
        found = apply_layer(call.registry, call.layer, [run_of(each) for each in call.inputs], asked)
    except Clash as clash:
        if not fails(call.layer):
            facts = {**clash.facts, "stage": "run"}
            meet(call, call.clash(clash.kind, (), tuple(dict.fromkeys((*clash.raises, *FAILS))), **facts))
    mine, theirs = tensors_in(result), tensors_in(found)
    for index, each in enumerate(mine):
        told(call, each, theirs[index].shape if len(theirs) == len(mine) else NO_RANK)


def _real(value: Value) -> Value:
    return run_of(value) if isinstance(value, Tensor) else value


def run_of(tensor: Tensor) -> Tensor:
    """It as a run meets it; what is open then has some size."""
    if tensor.type != SYMBOLIC:
        return tensor
    shape = tensor.shape if tensor.runs is None else tensor.runs
    if isinstance(shape, tuple):
        shape = tuple(Unknown("open until it runs") if dim is None else dim for dim in shape)
    return Tensor(shape, EAGER, tensor.dtype)


def settle(end: Value, heap: Heap) -> None:
    """Of outputs behind an operation on such a tensor no shape is known in a run."""
    for tensor in tensors_in(end) if TOLD.get("of") is heap else ():
        if tensor.runs is None and _behind(tensor):
            tensor.runs = NO_RANK


def _behind(tensor: Tensor) -> bool:
    waiting, entered = [tensor], set[int]()
    while waiting:
        node = source(waiting.pop())
        if node is None or id(node) in entered:
            continue
        entered.add(id(node))
        if node.layer.type == OPERATION and any(each.runs is not None for each in node.inputs):
            return True
        waiting += node.inputs
    return False
