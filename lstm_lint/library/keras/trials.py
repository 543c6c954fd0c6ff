"""Whether any sizes of the open axes let a run through a model: numbers are tried, then all beyond them at once.

Each call for itself may take some sizes, and all together none: a length that must be 4 here and at least 8 there. The
way through the model is gone again with numbers for the open axes, as data would bring them. Only if none of the first
few numbers comes through, all sizes are asked: each small one, and what lies beyond by its remainder, which leaves no
quotient in the sizes behind a pool.
"""

from collections.abc import Iterator, Mapping, Sequence

from lstm_lint.library.keras.calling import EAGER, LayerCall, call_layer, left_open
from lstm_lint.library.keras.feeding import Again, given_to, mapped, redone
from lstm_lint.library.keras.graph import INPUT_LAYER, OPERATION, Node, nodes_between, tensors_in
from lstm_lint.library.keras.keys import JOINED
from lstm_lint.library.keras.late import doomed, meet
from lstm_lint.library.keras.models import FUNCTIONAL
from lstm_lint.library.keras.otherwise import FAILS
from lstm_lint.library.registry import Registry
from lstm_lint.records import dataclass
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Known
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Thing, Value

Axis = tuple[int, int]
"""An open axis: which input, and which of its axes; below zero which call, that makes rows of words."""

FIRST = (24, 6, 8, 4, 1, 2, 3, 5, 7, 9, 12)
"""Numbers with which most models run; what the first one clashes with is told."""

PERIOD = 12
MOST = 6000
"""So many calls are made again at most."""


@dataclass
class Trials:
    registry: Registry
    call: Call
    inputs: Sequence[Tensor]
    nodes: Sequence[Node]
    batches: Sequence[Dim]
    left: int = MOST
    clash: Clash | None = None

    def runs(self, sizes: Mapping[Axis, Known]) -> bool:
        """Does nothing surely stop a run with these sizes? Where none is given, any."""
        self.left -= len(self.nodes)
        heap = self.call.engine.heap
        heap.open()
        try:
            self._through(sizes)
        except Clash as clash:
            self.clash = self.clash or clash
            return False
        finally:
            heap.rollback()
        return True

    def _through(self, sizes: Mapping[Axis, Known]) -> None:
        known = {id(each): self._sized(each, index, sizes) for index, each in enumerate(self.inputs)}
        for number, node in enumerate(self.nodes):
            if node.layer.type == INPUT_LAYER and not node.inputs:
                continue
            found = self._again(node, known)
            for mine, theirs in zip(tensors_in(node.result), tensors_in(found), strict=False):
                words = sizes.get((-1 - number, 1)) if _counts_words(node) else None
                known[id(mine)] = theirs if words is None else Tensor((mine.shape[0], words), EAGER, theirs.dtype)  # type: ignore[index]

    def _sized(self, tensor: Tensor, index: int, sizes: Mapping[Axis, Known]) -> Tensor:
        assert isinstance(tensor.shape, tuple)
        batch, *rest = tensor.shape
        given: Shape = tuple(
            sizes.get((index, axis)) or dims.symbol("n", None, 1) if dim is None else dim
            for axis, dim in enumerate(rest, 1)
        )
        return Tensor((self.batches[index] if batch is None else batch, *given), EAGER, tensor.dtype)

    def _again(self, node: Node, known: Mapping[int, Tensor]) -> Value | None:
        def renewed(value: Value) -> Value:
            return known.get(id(value), LOST) if isinstance(value, Tensor) and value.type != EAGER else value

        engine = Again(self.call.engine, self.call.engine.heap, bodies=False)
        call = Call("__call__", (), engine, node.place)
        if node.layer.type == OPERATION:
            operation = node.layer.get("operation")
            if operation is None:
                return None
            asked = LayerCall(self.registry, Thing(FUNCTIONAL), list(self.inputs), call)
            return redone(asked, operation, [mapped(value, renewed) for value in given_to(operation)])
        arguments = tuple(Argument(mapped(a.value, renewed), a.name, a.place, a.text) for a in node.arguments)
        return call_layer(self.registry, Call("__call__", arguments, engine, node.place, node.layer))


LOST = Tensor(Unknown("not gone through again"), EAGER)


def check_sizes(registry: Registry, inputs: Value, outputs: Value, call: Call) -> None:
    """That some sizes of the open axes come through from the inputs to the outputs, and all batches."""
    given, made, heap = tensors_in(inputs), tensors_in(outputs), call.engine.heap
    axes, joined = _open_axes(given), JOINED.get("of") is heap and all(isinstance(each.shape, tuple) for each in given)
    texts = any(each.dtype == "string" for each in given)
    nodes = nodes_between(given, made) if (axes or joined or texts) and made and not any(map(doomed, made)) else None
    axes += [(-1 - number, 1) for number, node in enumerate(nodes or ()) if texts and _counts_words(node)]
    if not nodes or not joined and (not axes or all(map(_keeps, nodes))):
        return
    batches = [dims.symbol("batch", None, 1) if joined else None for _ in given]
    trials = Trials(registry, call, given, nodes, batches)
    if any(trials.runs(dict.fromkeys(axes, size)) for size in (FIRST if axes else FIRST[:1])):
        return
    if not axes or _none(trials, {}, axes):
        clash = trials.clash
        assert clash is not None
        held = clash.facts.get("layer")
        asked = LayerCall(registry, held if isinstance(held, Thing) else Thing(FUNCTIONAL), given, call)
        facts = {**clash.facts, "stage": "run"} | ({"sizes": FIRST[0]} if axes else {})
        meet(asked, Clash(clash.kind, tuple(dict.fromkeys((*clash.raises, *FAILS))), (), facts), followed=True)


def _open_axes(inputs: Sequence[Tensor]) -> list[Axis]:
    shapes = [each.shape if isinstance(each.shape, tuple) else () for each in inputs]
    if not all(shapes):
        return []
    return [
        (index, axis) for index, shape in enumerate(shapes) for axis, dim in enumerate(shape) if axis and dim is None
    ]


def _counts_words(node: Node) -> bool:
    """Does it make rows of as many words as the longest text has?"""
    made = tensors_in(node.result)
    rows = node.layer.type == "keras.layers.TextVectorization" and made
    return bool(rows) and isinstance(made[0].shape, tuple) and len(made[0].shape) == 2 and made[0].shape[1] is None


def _keeps(node: Node) -> bool:
    """Are the sizes behind it those before, and none met another one?"""
    before = [size for each in node.inputs[:1] for size in _sizes(each)]
    return len(node.inputs) < 2 and all(size in before for each in tensors_in(node.result) for size in _sizes(each))


def _sizes(tensor: Tensor) -> Sequence[object]:
    """What a run gives for open axes; where that is not known, something of its own."""
    if not isinstance(tensor.runs, tuple):
        return [object()] if left_open(tensor) else []
    return [size for size in tensor.runs[1:] if not isinstance(size, int)]


def _none(trials: Trials, sizes: Mapping[Axis, Known], axes: Sequence[Axis]) -> bool:
    """Does surely no run come through with these sizes, whatever those of the other axes are?"""
    for deep in (False, True) if len(axes) > 1 else (False,):
        for axis in axes:
            others = [each for each in axes if each != axis] if deep else []
            if all(_stopped(trials, {**sizes, axis: size}, others) for size in _all_sizes()):
                return True
    return False


def _stopped(trials: Trials, sizes: Mapping[Axis, Known], others: Sequence[Axis]) -> bool:
    return trials.left > 0 and (not trials.runs(sizes) or bool(others) and _none(trials, sizes, others))


def _all_sizes() -> Iterator[Known]:
    """All sizes from 1 on."""
    many = dims.symbol("n", None, 2)
    beyond = dims.multiply(many, PERIOD)
    for rest in range(PERIOD):
        size: Dim = dims.add(beyond, rest)
        assert not isinstance(size, Unknown) and size is not None
        yield size
    yield from range(1, 2 * PERIOD)
