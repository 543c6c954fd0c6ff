"""What a model makes of the tensors it is fed with, before its first layer sees them.

Keras 2 holds arrays against the declared shapes (not symbolic tensors); Keras 3 holds everything against those of a
functional model, and only symbolic tensors against those of a Sequential. The comparison stops at the shorter shape and
passes over a last axis of 1; then such an axis is taken away or added. Measured in Keras 2.15 and 3.15.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lstm_lint.library.keras.calling import SYMBOLIC, UNASKED, LayerCall, call_layer
from lstm_lint.library.keras.late import meet
from lstm_lint.records import dataclass, replace
from lstm_lint.trace import Called, ItemRead, Operated, Operation
from lstm_lint.values import dims
from lstm_lint.values.heap import Heap
from lstm_lint.values.library import Argument, Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Function, Method, Shape, Tensor, Thing, Tuple, UserClass, Value

SEVERAL = "input(s), but it received"


def mapped(value: Value, change: Callable[[Value], Value]) -> Value:
    """A structure of tuples, lists and dicts with its leaves changed."""
    match value:
        case Tuple(items=items, kind=kind):
            return Tuple(tuple(mapped(item, change) for item in items), kind)
        case Thing(type="list", fields={"items": tuple() as items}):
            return Thing("list", {"items": tuple(mapped(item, change) for item in items)})
        case Thing(type="dict", fields={"items": dict() as items}):
            return Thing("dict", {"items": {key: mapped(item, change) for key, item in items.items()}})
    return change(value)


def leaves(value: Value) -> Iterator[Value]:
    """The leaves of a structure, dicts in the order of their keys."""
    match value:
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            for item in items:
                yield from leaves(item)
        case Thing(type="dict", fields={"items": dict() as items}):
            for key in sorted(items, key=str):
                yield from leaves(items[key])
        case _:
            yield value


def input_name(tensor: Tensor) -> str | None:
    """The name that the source gave to an Input."""
    operation = tensor.origin.operation if tensor.origin is not None else None
    given = operation.arguments if isinstance(operation, Called) and operation.callee == "keras.Input" else ()
    names = (argument.value for argument in given if argument.name == "name")
    return next((n.value for n in names if isinstance(n, Const) and isinstance(n.value, str)), None)


def fed(call: LayerCall, declared: Mapping[str, Tensor] | Sequence[Tensor], functional: bool) -> list[Tensor] | None:
    """A tensor for each declared input, as the layers get it; None where that is not known."""
    names: list[str | None] = list(declared) if isinstance(declared, Mapping) else list(map(input_name, declared))
    inputs = list(declared.values()) if isinstance(declared, Mapping) else list(declared)
    found = _matched(call, names, functional, isinstance(declared, Mapping))
    if found is None:
        return None
    return [_cast(mine, _fitted(call, mine, theirs, functional)) for mine, theirs in zip(inputs, found, strict=False)]


def _cast(mine: Tensor, theirs: Tensor) -> Tensor:
    """A model makes of symbolic tensors what it was declared for."""
    other = theirs.type == SYMBOLIC and theirs.dtype != mine.dtype
    return replace(theirs, dtype=None if theirs.dtype == "string" else mine.dtype, told=None) if other else theirs


def _matched(call: LayerCall, names: list[str | None], functional: bool, by_key: bool) -> list[Tensor] | None:
    first = call.call.find("inputs", 0)
    value = first.value if first is not None else None
    match value:
        case Thing(type="dict", fields={"items": dict() as items}):
            return _by_name(call, names, items, functional)
        case Tensor() if not by_key or len(names) == 1:
            pass
        case Tuple(items=tuple(items)) | Thing(type="list", fields={"items": tuple() as items}) if items and not by_key:
            pass
        case _:
            return None
    if len(call.inputs) != len(names) and (functional or call.registry.target == "keras2"):
        words = (f"expects {len(names)}", SEVERAL if call.registry.target == "keras2" else "but it received")
        facts = {"expected": len(names), "found": len(call.inputs), "model": call.layer, "names": names}
        raise Clash("input-count", ("ValueError",), words, {**facts, "tensors": call.inputs})
    return call.inputs if len(call.inputs) >= len(names) else None


def _by_name(
    call: LayerCall, names: list[str | None], items: dict[Any, Value], functional: bool
) -> list[Tensor] | None:
    for name in names:
        if name is not None and name not in items and (functional or call.registry.target == "keras2"):
            facts = {"model": call.layer, "name": name, "known": [n for n in names if n], "given": list(items)}
            raise Clash("input-name", ("ValueError",), (f'Missing data for input "{name}"',), facts)
    found = [items.get(name) for name in names]
    return [each for each in found if isinstance(each, Tensor)] if all(isinstance(f, Tensor) for f in found) else None


def _fitted(call: LayerCall, mine: Tensor, theirs: Tensor, functional: bool) -> Tensor:
    ours, shape = mine.shape, theirs.shape
    if isinstance(ours, Unknown) or isinstance(shape, Unknown):
        return theirs
    symbolic = theirs.type == SYMBOLIC
    keras2 = call.registry.target == "keras2"
    unheld = call.call.callee == UNASKED and not symbolic  # it is told a shape, and asked for none
    if theirs.type != "tensor" and not unheld and (functional or (not symbolic if keras2 else symbolic)):
        _compare(call, mine, theirs, late=keras2 and symbolic)
        theirs = _pinned(mine, theirs)
    return _with_rank(call, mine, theirs, ours, theirs.shape if isinstance(theirs.shape, tuple) else shape, keras2)


def _pinned(mine: Tensor, theirs: Tensor) -> Tensor:
    """Sizes of data that got this far are the declared ones, but for the last, which may be 1."""
    assert isinstance(mine.shape, tuple) and isinstance(theirs.shape, tuple)
    declared = _trimmed(mine.shape)
    sizes = list(theirs.shape)
    for axis in range(1, min(len(declared), len(sizes) - 1)):
        if isinstance(declared[axis], int) and dims.of_data(sizes[axis]):
            sizes[axis] = declared[axis]
    return theirs if tuple(sizes) == theirs.shape else replace(theirs, shape=tuple(sizes))


def _compare(call: LayerCall, mine: Tensor, theirs: Tensor, late: bool) -> None:
    """`late`: Keras 2 sees it when numbers go through."""
    assert isinstance(mine.shape, tuple) and isinstance(theirs.shape, tuple)
    for axis, (ours, dim) in enumerate(zip(_trimmed(mine.shape), _trimmed(theirs.shape), strict=False)):
        if axis and dims.same(ours, dim) is False:
            words = ("is incompatible with the layer: expected shape=", "found shape=")
            facts = data_facts(call, mine, theirs, axis)
            facts |= {"stage": "run"} if late else {}
            return meet(call, Clash("data-shape", ("ValueError",), words, facts))


def _trimmed(shape: Shape) -> Shape:
    return shape[:-1] if shape and shape[-1] == 1 else shape


def _with_rank(call: LayerCall, mine: Tensor, theirs: Tensor, ours: Shape, shape: Shape, keras2: bool) -> Tensor:
    if len(shape) == len(ours):
        return theirs
    if not keras2 and theirs.type == SYMBOLIC and fitted(shape, ours):  # it tells a shape for the tensor as it is
        return theirs
    if len(shape) == len(ours) + 1 and shape[-1] is None and theirs.type == SYMBOLIC:
        return theirs
    if len(shape) == len(ours) + 1 and not isinstance(shape[-1], int):
        return Tensor(Unknown("a last axis that may be dropped"), theirs.type, theirs.dtype)
    if len(shape) == len(ours) + 1 and shape[-1] == 1:
        return Tensor(shape[:-1], theirs.type, theirs.dtype)
    if len(shape) == len(ours) - 1 and not isinstance(ours[-1], (int, type(None))):
        return Tensor(Unknown("a last axis that may be added"), theirs.type, theirs.dtype)
    if len(shape) == len(ours) - 1 and ours[-1] == 1:
        grown = (*shape, 1)
        other = any(dims.same(own, dim) is False for own, dim in zip(ours[1:], grown[1:], strict=True))
        if other and theirs.type != SYMBOLIC:
            call.call.engine.remark(Clash("silent-axis-added", (), (), data_facts(call, mine, theirs, 1)))
        return Tensor(grown, theirs.type, theirs.dtype)
    if keras2:
        return theirs
    if theirs.type == SYMBOLIC:  # the layers tell a shape for it, whatever their ranks
        meet(call, Clash("data-rank", ("ValueError",), (), data_facts(call, mine, theirs, None) | {"stage": "run"}))
        return theirs
    words = ("Invalid input shape for input", "but input has incompatible shape")
    raise Clash("data-rank", ("ValueError",), words, data_facts(call, mine, theirs, None))


def fitted(shape: Shape | Unknown, ours: Shape | Unknown) -> bool:
    """Does a run take a last axis of 1 away, which is all that Keras 3 lets through, or add one?"""
    if isinstance(shape, Unknown) or isinstance(ours, Unknown):
        return False
    longer = len(shape) == len(ours) + 1 and shape[-1] in (1, None)
    return longer or len(shape) == len(ours) - 1 and ours[-1] == 1


def inside(tensor: Tensor) -> Tensor:
    """A model casts what it is given to what it was declared for; its layers see tensors, also where it was given arrays."""
    if tensor.type == SYMBOLIC:
        return tensor
    kind = "tensorflow.Tensor" if tensor.type == "numpy.ndarray" else tensor.type
    return Tensor(tensor.shape, kind, tensor.dtype, mask=tensor.mask)


def data_facts(call: LayerCall, mine: Tensor, theirs: Tensor, axis: int | None) -> dict[str, Any]:
    facts = {"model": call.layer, "input": mine, "data": theirs, "tensor": theirs, "shape": theirs.shape}
    return {**facts, "expected": mine.shape, "found": theirs.shape, "axis": axis}


def reworded(clash: Clash, call: LayerCall, mine: Tensor, theirs: Tensor) -> Clash:
    """A layer of a model that was built without a clash refuses what the model was fed with."""
    kind = {"rank": "data-rank", "features": "data-shape"}.get(clash.kind, clash.kind)
    axis = -1 if clash.kind == "features" else None
    inner = {"stopped": clash.facts.get("layer"), "inner": clash.facts}
    facts = {**clash.facts, **data_facts(call, mine, theirs, axis), **inner}
    facts.pop("layer", None)
    if clash.kind == "rank":
        return Clash(kind, clash.raises, clash.words, facts, clash.at)
    return Clash(kind, tuple(dict.fromkeys((*clash.raises, "InvalidArgumentError"))), (), facts, clash.at)


# The way through a functional model again, for inputs of other sizes.


@dataclass(eq=False)
class Again:
    """The interpreter, for calls that were judged before: what is silent in them was said.

    Without `bodies` no function of the user's is followed again but lambdas, which change nothing. `running`: what is
    called is given what a run gives. `deaf`: what a run meets on the way was told, or is asked elsewhere.
    """

    engine: Engine
    heap: Heap
    bodies: bool = True
    running: bool = False
    deaf: bool = False

    def run(
        self,
        function: Function | Method | UserClass,
        values: Sequence[Value],
        named: Mapping[str, Value] | None = None,
        late: bool = False,
    ) -> Value:
        if not self.bodies and getattr(function, "name", "") != "<lambda>":
            return Unknown("followed before")
        return self.engine.run(function, values, named, late)

    def lacks(self, method: Method, values: Sequence[Value], named: Mapping[str, Value]) -> str | None:
        return self.engine.lacks(method, values, named)

    def elements(self, value: Value) -> Sequence[Value] | None:
        return self.engine.elements(value)

    def remark(self, clash: Clash) -> None:
        if clash.raises and not (self.deaf and clash.facts.get("stage") == "run"):
            raise clash

    def follows(self, thing: Thing) -> bool:
        return self.engine.follows(thing)


def again(call: LayerCall, inputs: Sequence[Tensor], given: Sequence[Tensor], output: Tensor) -> Tensor | None:
    """The output for other inputs, layer by layer; None where a step between is no layer's call."""
    known = {id(mine): theirs for mine, theirs in zip(inputs, given, strict=True)}
    done: dict[int, Value] = {}
    found = _tensor(call, output, known, done)
    return found if isinstance(found, Tensor) else None


def _tensor(call: LayerCall, tensor: Tensor, known: dict[int, Tensor], done: dict[int, Value]) -> Value | None:
    if id(tensor) in known:
        return known[id(tensor)]
    operation = tensor.origin.operation if tensor.origin is not None else None
    if operation is None:
        return None
    if id(operation) not in done:
        result = _operation(call, operation, known, done)
        if result is None:
            return None
        done[id(operation)] = result
    return part(tensor, done[id(operation)])


def part(tensor: Tensor, value: Any) -> Tensor | None:
    """What stands in this result of its operation where the tensor stood in the first one."""
    for index in tensor.origin.path if tensor.origin is not None else ():
        items = value.items if isinstance(value, Tuple) else ()
        value = items[index] if index < len(items) else None
    return value if isinstance(value, Tensor) else None


def _operation(call: LayerCall, operation: Operation, known: dict[int, Tensor], done: dict[int, Value]) -> Value | None:
    lost = False

    def renewed(value: Value) -> Value:
        nonlocal lost
        if not isinstance(value, Tensor) or value.type != SYMBOLIC or lost:
            return value
        found = _tensor(call, value, known, done)
        lost = lost or found is None
        return found or value

    several = [mapped(value, renewed) for value in given_to(operation)]
    return None if lost else redone(call, operation, several)


def given_to(operation: Operation) -> list[Value]:
    """The values that it worked on."""
    match operation:
        case Called(arguments=arguments, receiver=Tensor() as own):
            return [own, *(argument.value for argument in arguments)]
        case Called(arguments=arguments):
            return [argument.value for argument in arguments]
        case ItemRead(owner=owner):
            return [owner]
        case Operated(left=left, right=right):
            return [right] if left is None else [left, right]
    return []


def redone(call: LayerCall, operation: Operation, several: list[Value]) -> Value | None:
    """The same operation, within this call, on other values; None where it is none of Keras'."""
    registry, place = call.registry, call.call.place
    engine = Again(call.call.engine, call.call.engine.heap, deaf=getattr(call.call.engine, "deaf", False))
    match operation:
        case Called(callee="__call__", receiver=Thing() as layer, open=False):
            asked = Call("__call__", _given(operation, several), engine, place, layer)
            return called_again(call, asked, layer) if engine.deaf else call_layer(registry, asked)
        case Called(callee=callee, receiver=Tensor(), open=False):
            return registry.call(Call(callee, _given(operation, several[1:]), engine, place, several[0]))
        case Called(callee=callee, receiver=None, open=False) if "." in callee:
            return registry.call(Call(callee, _given(operation, several), engine, place))
        case ItemRead(index=index):
            return registry.item(several[0], index, engine)
        case Operated(operator=operator, left=left) if left is not None:
            return registry.operate(operator, several[0], several[1], engine)
    return None


def called_again(call: LayerCall, asked: Call, layer: Thing) -> Value | None:
    """A run stopped before: the layer is not asked what it takes, only what it makes of it."""
    from lstm_lint.library.keras.other_ranks import told_alone

    try:
        return call_layer(call.registry, asked)
    except Clash as clash:
        first = asked.arguments[0].value if asked.arguments else None
        found = told_alone(call, layer, first, clash) if isinstance(first, Tensor) else None
        if found is None:
            raise
        return found


def _given(operation: Called, several: list[Value]) -> tuple[Argument, ...]:
    pairs = zip(operation.arguments, several, strict=True)
    return tuple(Argument(value, a.name, a.place, a.text) for a, value in pairs)
