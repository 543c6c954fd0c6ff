"""Layers that join several tensors: Concatenate, Add and its like, Dot."""

from functools import reduce

from lstm_lint.library.arguments import NO_RANK, integers
from lstm_lint.library.keras.calling import LayerCall, call_layer, first_argument
from lstm_lint.library.keras.checking import kind_of
from lstm_lint.library.keras.keys import JOINED
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import from_plain, make
from lstm_lint.library.keras.several import check_nested
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, op
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Thing, Value

ELEMENTWISE = tuple(f"keras.layers.{name}" for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"])
CONCATENATE, DOT = "keras.layers.Concatenate", "keras.layers.Dot"


def _known(call: LayerCall, words: str) -> list[Shape] | None:
    """The shapes of a list of inputs; `words` are those for something that is no list."""
    first = first_argument(call.registry, call.layer, call.call)
    if first is not None and isinstance(first.value, Tensor):
        raise _clash(call, "merge-one-tensor", words, [])
    check_nested(call, first.value if first is not None else None)
    if first is not None and listed(first.value) == ():
        facts = {"layer": call.layer, "value": first.value}
        raise Clash("merge-nothing", ("ValueError", "TypeError", "IndexError"), (), facts)
    found = [tensor.shape for tensor in call.inputs]
    known = [shape for shape in found if not isinstance(shape, Unknown)]
    return known if len(known) == len(found) else None


def _clash(call: LayerCall, kind: str, words: str, known: list[Shape], **facts: object) -> Clash:
    about = {"shapes": known, "layer": call.layer, "tensors": call.inputs, **facts}
    return Clash(kind, ("ValueError",), (words,), about)


@layer(CONCATENATE)
def concatenate(call: LayerCall) -> Value:
    """Equal shapes but for `axis`, where the sizes add up."""
    known = _known(call, "A `Concatenate` layer should be called on a list of at least 1 input")
    axis = call.integer("axis")
    if len(call.inputs) > 1 and kind_of(call.value("axis")) in ("float", "str", "NoneType", "tuple", "list"):
        raise Clash("axis-no-int", ("TypeError",), (), {"layer": call.layer, "tensors": call.inputs})
    if known is None or axis is None:
        return call.of(NO_RANK)
    ranks = {len(shape) for shape in known}
    if len(ranks) == 1 and not -min(ranks) <= axis < min(ranks):
        facts = {"shapes": known, "layer": call.layer, "tensors": call.inputs, "axis": axis}
        raise Clash("axis-out-of-range", ("IndexError", "ValueError", "InvalidArgumentError"), (), facts)
    result = shapes.concatenate(known, axis)
    if result is None:
        words = "requires inputs with matching shapes except for the concatenation axis"
        clash = _clash(call, "merge", words, known, axis=axis)
        raise clash if len(ranks) == 1 else Clash("merge", ("ValueError", "IndexError"), (), clash.facts)
    if axis % len(result) == 0 and call.symbolic and not isinstance(result[0], int):
        call.call.engine.heap.put(JOINED, "of", call.call.engine.heap)
    return call.give(*_as_first(call, known[0], result, axis % len(result)))


def _as_first(call: LayerCall, first: Shape, result: Shape, axis: int) -> Shape:
    """Keras 3 tells the sizes off the axis by the first input alone."""
    if not call.keras3 or not call.symbolic:
        return result
    return tuple(dim if i == axis else first[i] for i, dim in enumerate(result))


@layer(*ELEMENTWISE)
def merge(call: LayerCall) -> Value:
    """Broadcast behind the batch, from the last axis on."""
    known = _known(call, "A merge layer should be called on a list of inputs")
    if known is None or any(not shape for shape in known):
        return call.of(NO_RANK)
    batches = {shape[0] for shape in known if isinstance(shape[0], int)}
    if len(batches) > 1:
        raise _clash(call, "merge-batches", "Cannot merge tensors with different batch sizes", known)
    rest: Shape | None = reduce(_together, [shape[1:] for shape in known])  # type: ignore[arg-type]
    if rest is None:
        raise _clash(call, "merge", "Inputs have incompatible shapes", known)
    if call.kind == ELEMENTWISE[1] and len(call.inputs) != 2:
        raise _clash(call, "number-of-inputs", "layer should be called on exactly 2 inputs", known)
    return call.give(_batch(known, batches), *_open(rest, known, call))


def _together(left: Shape | None, right: Shape) -> Shape | None:
    return None if left is None else shapes.broadcast(left, right)


def _batch(known: list[Shape], batches: set[int]) -> Dim:
    return batches.pop() if batches else known[0][0]


def _open(result: Shape, known: list[Shape], call: LayerCall) -> tuple[Dim, ...]:
    """Keras 3 leaves an axis open that is open in one of the inputs."""
    if not call.keras3 or not call.symbolic:
        return result

    def left_open(back: int) -> bool:
        return any(back < len(shape) and shape[-back] is None for shape in known)

    return tuple(None if left_open(len(result) - i) else dim for i, dim in enumerate(result))


@layer(DOT)
def dot(call: LayerCall) -> Value:
    """(batch, a..., k), (batch, k, b...) -> (batch, a..., b...); a number becomes (batch, 1)."""
    words = "A `Dot` layer should be called on a list of 2 inputs"
    known, given = _known(call, words), integers(call.value("axes"))
    if len(call.inputs) != 2:
        raise _clash(call, "number-of-inputs", words, known or [])
    if known is None or given is None:
        return call.of(NO_RANK)
    axes = tuple(given[0] if given[0] >= 0 else given[0] % len(s) for s in known) if len(given) == 1 else given
    if any(not -len(shape) <= axis < len(shape) for axis, shape in zip(axes, known, strict=True)):
        facts = {"shapes": known, "layer": call.layer, "tensors": call.inputs, "axis": axes}
        raise Clash("axis-out-of-range", ("IndexError", "ZeroDivisionError", "ValueError"), (), facts)
    left, right = (axis % len(shape) for axis, shape in zip(axes, known, strict=True))
    a, b = known[0][left], known[1][right]
    if (a is None) != (b is None) and not isinstance(a, Unknown) and not isinstance(b, Unknown) or dims.apart(a, b):
        raise _clash(call, "dot-axes", "Incompatible input shapes: axis values", known, axis=axes)
    if 0 in (left, right):
        return _over_batch(call, known)
    rest = (*known[0][:left], *known[0][left + 1 :], *known[1][1:right], *known[1][right + 1 :])
    return call.give(*(rest if len(rest) > 1 else (*rest, 1)))


def _over_batch(call: LayerCall, known: list[Shape]) -> Value:
    """Keras 3 finds out when it runs."""
    clash = _clash(call, "dot-over-batch", "Cannot perform batch_dot over axis 0", known, axis=(0, 0))
    if not call.keras3 or not call.symbolic:
        raise clash
    clash.facts = {**clash.facts, "stage": "run"}
    meet(call, clash)
    return call.of(NO_RANK)


NAMES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Dot")


@op(*(f"keras.layers.{name.lower()}" for name in NAMES))
def merged(registry: Registry, call: Call) -> Value:
    """`concatenate([a, b])`: the layer, made with the function's own defaults and called."""
    inputs = call.value("inputs", 0)
    takes = [p for p in registry.knowledge.parameters(call.callee) or () if p.kind == "pos"]
    given = {p.name: a.value for p, a in zip(takes, call.positional(), strict=False)}
    given = {p.name: from_plain(p.default) for p in takes if not p.required} | given
    given |= {a.name: a.value for a in call.arguments if a.name}
    named = tuple(Argument(value, name) for name, value in given.items() if name != "inputs")
    kind = f"keras.layers.{call.callee.rpartition('.')[2].title()}"
    made = make(registry, Call(kind, named, call.engine, call.place, None, call.open))
    assert isinstance(made, Thing)
    return call_layer(registry, Call("__call__", (Argument(inputs),), call.engine, call.place, made))
