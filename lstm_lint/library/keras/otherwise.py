"""What a run gives goes along with a symbolic tensor, and each layer behind it is asked whether it takes that, too.

Keras 3 tells some shapes before it runs that a run does not give; and axes that are open before have sizes then, of which
some are never the same, whatever the data.
"""

from collections.abc import Callable, Sequence

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import EAGER, SYMBOLIC, LayerCall, apply_layer, left_open
from lstm_lint.library.keras.feeding import Again, given_to, mapped, part, redone
from lstm_lint.library.keras.graph import INPUT_LAYER, OPERATION, source, tensors_in
from lstm_lint.library.keras.keys import TOLD
from lstm_lint.library.keras.late import fails, meet, meet_between
from lstm_lint.library.keras.masks import in_a_run, note_run
from lstm_lint.records import replace
from lstm_lint.trace import Called
from lstm_lint.values import dims
from lstm_lint.values.heap import Heap
from lstm_lint.values.library import Argument, Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Value

FAILS = ("ValueError", "InvalidArgumentError", "IndexError")


def told(call: LayerCall, result: Tensor, really: Shape | Unknown) -> Tensor:
    """The result of a call, of which a run gives another shape."""
    result.runs = _other(result.shape, really)
    if differs(result):
        call.call.engine.heap.put(TOLD, "of", call.call.engine.heap)
    return result


def _other(mine: Shape | Unknown, really: Shape | Unknown) -> Shape | Unknown | None:
    if isinstance(really, Unknown) or isinstance(mine, Unknown) or len(mine) != len(really):
        return really
    pairs = zip(mine, really, strict=True)
    kept = tuple(a if a is None and isinstance(b, Unknown) or dims.same(a, b) else b for a, b in pairs)
    return None if kept == mine else kept


def differs(tensor: Tensor) -> bool:
    """Is what a run gives another shape, not just sizes for its open axes?"""
    mine, really = tensor.shape, tensor.runs
    if isinstance(mine, Unknown) or not isinstance(really, tuple) or len(mine) != len(really):
        return really is not None
    return any(a is not None and not dims.same(a, b) for a, b in zip(mine, really, strict=True))


def lasting(tensor: Tensor) -> Shape | Unknown | None:
    """What a run gives whatever it is fed with: the sizes of its own inputs are not those of others."""
    if not differs(tensor):
        return None
    really = tensor.runs
    if not isinstance(really, tuple):
        return really
    return tuple(Unknown("open until it runs") if dims.of_data(dim) else dim for dim in really)


def name_sizes(call: LayerCall, tensor: Tensor) -> None:
    """Sizes for the open axes of a tensor, without Python's own stack: chains of operations are long."""
    waiting, entered = [tensor], set[int]()
    while waiting:
        each = waiting[-1]
        node = source(each) if _unnamed(each) else None
        if node is not None and node.layer.type == OPERATION and id(each) not in entered:
            entered.add(id(each))
            waiting += filter(_unnamed, node.inputs)
            continue
        waiting.pop()
        if _unnamed(each):
            each.runs = _after(call, each) if node is not None and node.layer.type == OPERATION else None
            each.runs = each.runs or _fresh(each)


def _unnamed(tensor: Tensor) -> bool:
    return tensor.type == SYMBOLIC and tensor.runs is None and left_open(tensor)


def _fresh(tensor: Tensor) -> Shape:
    """Sizes of its own: data have one step at least."""
    assert isinstance(tensor.shape, tuple)
    least, first = 1 if _given(tensor) else 0, "timesteps" if len(tensor.shape) < 4 else "n1"
    names = ["", first, *(f"n{axis}" for axis in range(2, len(tensor.shape)))]
    sizes = (dims.symbol(name, None, least) if name and dim is None else dim for name, dim in zip(names, tensor.shape))
    return tuple(sizes)


def _after(call: LayerCall, tensor: Tensor) -> Shape | None:
    """What an operation gives for the sizes of what it works on."""
    assert tensor.origin is not None and isinstance(tensor.shape, tuple)
    operation = tensor.origin.operation
    try:
        result = redone(call, operation, [mapped(value, _real) for value in given_to(operation)])
    except Clash:
        return None
    found = part(tensor, result)
    if found is None or not isinstance(found.shape, tuple) or len(found.shape) != len(tensor.shape):
        return None
    named = _other(tensor.shape, _sure(tensor.shape, found.shape))
    return named if isinstance(named, tuple) else None


def _given(tensor: Tensor) -> bool:
    """Is it an input, which data come in by?"""
    operation = tensor.origin.operation if tensor.origin is not None else None
    if tensor.history is not None:
        return bool(tensor.history.layer.type == INPUT_LAYER)
    return operation is None or isinstance(operation, Called) and operation.callee == "keras.Input"


def follow(call: LayerCall, result: Value) -> None:
    """The same call with what a run gives: a clash is one of a run, another shape goes along."""
    if isinstance(call.call.engine, Again) and all(each.runs is None for each in call.tensors):
        return  # whoever goes the way again follows it as a whole
    for argument in call.call.arguments:
        for each in tensors_in(argument.value):
            name_sizes(call, each)
    only_named = not any(map(differs, call.tensors))
    arguments = tuple(Argument(mapped(a.value, _real), a.name, a.place, a.text) for a in call.call.arguments)
    engine = Again(call.call.engine, call.call.engine.heap, bodies=not only_named, running=True)
    asked = Call(call.call.callee, arguments, engine, call.call.place, call.call.receiver, call.call.open)
    found: Value = Unknown("after a clash")
    try:
        found = _given_by_a_run(call, asked, only_named)
    except Clash as clash:
        if not fails(call.layer):
            facts = {**clash.facts, "stage": "run"}
            meet(
                call, call.clash(clash.kind, (), tuple(dict.fromkeys((*clash.raises, *FAILS))), **facts), followed=True
            )
    mine, theirs = [each for each in tensors_in(result) if each.type == SYMBOLIC], tensors_in(found)
    for each, gave in zip(mine, theirs, strict=False):
        note_run(each, gave)
    for index, each in enumerate(mine):
        really = theirs[index].shape if len(theirs) == len(mine) else NO_RANK
        if only_named and not differs(each) and isinstance(each.shape, tuple):
            each.runs = None if isinstance(really, Unknown) else _other(each.shape, _sure(each.shape, really))
        else:
            told(call, each, really)


def follow_operation(engine: Engine, given: Sequence[Value], result: Tensor, redo: Callable[..., Value]) -> Tensor:
    """The same function or operator on what a run gives, where that is of another shape."""
    tensors = [each for value in given for each in tensors_in(value) if each.type == SYMBOLIC]
    if isinstance(engine, Again) or not any(map(differs, tensors)):
        return result
    found: Value = Unknown("after a clash")
    try:
        found = redo(Again(engine, engine.heap, running=True), *(mapped(value, _real) for value in given))
    except Clash as clash:
        raises = tuple(dict.fromkeys((*clash.raises, *FAILS)))
        meet_between(engine, tensors, Clash(clash.kind, raises, (), {**clash.facts, "stage": "run"}))
    return replace(result, runs=_other(result.shape, found.shape if isinstance(found, Tensor) else NO_RANK))


def _given_by_a_run(call: LayerCall, asked: Call, undone: bool) -> Value:
    """`undone`: nothing is kept of it, since the call itself was followed."""
    if undone:
        asked.engine.heap.open()
    try:
        return apply_layer(call.registry, call.layer, [run_of(each) for each in call.inputs], asked)
    finally:
        if undone:
            asked.engine.heap.rollback()


def _sure(mine: Shape, really: Shape) -> Shape:
    """What Keras tells of an axis, where a run would not be known better."""
    if len(mine) != len(really):
        return really
    return tuple(a if isinstance(b, Unknown) else b for a, b in zip(mine, really, strict=True))


def _real(value: Value) -> Value:
    return run_of(value) if isinstance(value, Tensor) else value


def run_of(tensor: Tensor) -> Tensor:
    """It as a run meets it; what is open then has some size."""
    if tensor.type != SYMBOLIC:
        return tensor
    shape = tensor.shape if tensor.runs is None else tensor.runs
    if isinstance(shape, tuple):
        batch = shape[:1]
        shape = (*batch, *(Unknown("open until it runs") if dim is None else dim for dim in shape[1:]))
    return Tensor(shape, EAGER, tensor.dtype, mask=in_a_run(tensor.mask))


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
        if node.layer.type == OPERATION and any(map(differs, node.inputs)):
            return True
        waiting += node.inputs
    return False
