"""The part of a trace that an operation hangs on: what made its operands, and what changed them before, on one way.

An operation that hangs on several ways has a slice for each, at most four. What cannot be written down is cut out where
it gave tensors of a known shape. What an instance of the user's own class is written with belongs to the slice too.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from lstm_lint.confirm.bodies import body
from lstm_lint.confirm.choices import Choice, Open
from lstm_lint.confirm.operands import held, named, operands
from lstm_lint.confirm.sizes import Unfit
from lstm_lint.confirm.standins import reach, stands_in, title
from lstm_lint.confirm.words import TRAINING, drawn, speakable, spoken
from lstm_lint.findings import Target
from lstm_lint.records import dataclass, field
from lstm_lint.trace import Called, Clashed, Operation, Trace
from lstm_lint.values.value import GAVE, Function, Origin, Tensor, Thing, Tuple, Value

MOST_SLICES = 4
MOST_TRIES = 100
STAND_INS = frozenset(
    {"keras.KerasTensor", "keras.Variable", "numpy.ndarray", "tensorflow.Tensor", "tensorflow.Variable"}
)
"""Data can be made that stand for these."""

FUNCTIONAL, SYMBOLIC = "keras.Model", "keras.KerasTensor"
INSIDE = ("__init__", "__call__", "build", "add_weight")
"""What the user's own class does to itself."""


@dataclass(frozen=True)
class Slice:
    """`operations` in order, the last one is what it is about.

    What is not `written` and gave a tensor is cut: data of its shape stands for it. `skipped`: something that changed an
    object could not be written, so that only what Keras raises counts, not what it lets pass. `cut`: what stands for
    itself no longer, in words. `linked`: a model is made, from end to end. `eager`: what Keras would do out of sight of
    symbolic tensors stands among the operations, so that data take their place.
    """

    operations: tuple[Operation, ...]
    choice: Choice
    written: frozenset[int]
    skipped: bool
    cut: tuple[str, ...] = ()
    target: Target = "keras3"
    linked: bool = False
    eager: bool = False
    calls: Mapping[int, Origin] = field(default_factory=dict)

    def origin(self, value: Tensor | Thing) -> Origin | None:
        """Where it comes from: a call of the user's layer as a whole, where such calls are written."""
        return self.calls.get(id(value), value.origin)

    def made(self, value: Tensor | Thing) -> Origin | None:
        """Where an earlier operation of the slice gives it."""
        origin = self.origin(value)
        return origin if origin is not None and id(origin.operation) in self.written else None


@dataclass(frozen=True, eq=False)
class Survey:
    """A trace, seen by operation: the place of each in the order, who changed what, and what raised.

    `calls`: the symbolic tensors that layers of the user's gave; `within`: the operations of their bodies.
    """

    order: Mapping[int, int]
    operations: tuple[Operation, ...]
    changers: Mapping[int, tuple[Operation, ...]]
    raised: frozenset[int]
    target: Target = "keras3"
    calls: Mapping[int, Origin] = field(default_factory=dict)
    within: frozenset[int] = frozenset()


def survey(trace: Trace, target: Target = "keras3") -> Survey:
    changers: dict[int, tuple[Operation, ...]] = {}
    for operation in trace.operations:
        for thing in operation.changes:
            changers[id(thing)] = (*changers.get(id(thing), ()), operation)
    raised = frozenset(id(o.operation) for o in trace.operations if isinstance(o, Clashed) and not o.silent)
    order = {id(operation): i for i, operation in enumerate(trace.operations)}
    calls, within = dict[int, Origin](), set[int]()
    for index, operation in enumerate(trace.operations):
        given = dict(_given_by(operation))
        calls |= given
        body = operation.body if isinstance(operation, Called) and given else 0
        within |= {id(each) for each in trace.operations[index - body : index]}
    return Survey(order, tuple(trace.operations), changers, raised, target, calls, frozenset(within))


def _given_by(operation: Operation) -> Iterator[tuple[int, Origin]]:
    """The symbolic tensors that a layer of the user's gives, if the class that stands for it gives such ones."""
    mine = operation.receiver if isinstance(operation, Called) and operation.callee == "__call__" else None
    gave = mine.get(GAVE) if isinstance(mine, Thing) and mine.type == "instance" and stands_in(mine) else None
    if not isinstance(gave, Tuple) or not _alike(gave.items[1], operation.result):
        return
    several = operation.result.items if isinstance(operation.result, Tuple) else (operation.result,)
    for index, each in enumerate(several):
        if isinstance(each, Tensor) and each.type == SYMBOLIC:
            yield id(each), Origin(operation, (index,) if isinstance(operation.result, Tuple) else ())


def _alike(one: Value | None, other: Value | None) -> bool:
    """Are they tensors of one shape, but for their batch?"""
    match one, other:
        case Tensor(shape=tuple() as left), Tensor(shape=tuple() as right):
            return left[1:] == right[1:]
        case Tuple(items=left), Tuple(items=right):
            return len(left) == len(right) and all(map(_alike, left, right))
    return False


def slices(seen: Survey, *aims: Operation, to_the_end: bool = False, healthy: bool = False) -> list[Slice]:
    """At most four. Raises Unfit if one of `aims` cannot be written.

    `to_the_end`: with what changed its result later; `healthy`: nothing on the way may raise.
    """
    waiting, found = [Choice(arms=dict(way for aim in aims for way in aim.ways))], list[Slice]()
    horizon = len(seen.order) if to_the_end else max(seen.order[id(aim)] for aim in aims)
    about = _About(seen, aims, horizon, healthy)
    for _ in range(MOST_TRIES):
        if not waiting or len(found) == MOST_SLICES:
            break
        try:
            found.append(_slice(about, waiting[0]))
            waiting.pop(0)
        except Open as still:
            waiting[:1] = still.ways
    if not found:
        raise Unfit("too many branches lead there")
    return found


@dataclass(frozen=True)
class _About:
    """What slices are asked for; changes from `horizon` on come too late."""

    seen: Survey
    aims: tuple[Operation, ...]
    horizon: int
    healthy: bool = False

    @property
    def calls(self) -> Mapping[int, Origin]:
        """Where a model is made from end to end, layers of the user's are layers of it."""
        return self.seen.calls if any(map(_links, self.aims)) else {}

    def origin(self, value: Tensor | Thing) -> Origin | None:
        return self.calls.get(id(value), value.origin)


def _slice(about: _About, choice: Choice) -> Slice:
    wanted = _closure(about, choice, frozenset())
    if about.healthy and any(id(each) in about.seen.raised for each in wanted):
        raise Unfit("a finding stands on the way to it")
    opaque = _opaque(about, wanted, choice)
    if any(id(aim) in opaque for aim in about.aims):
        raise Unfit(f"it hangs on {next(named(o) for o in wanted if id(o) in opaque)}, which is not followed so far")
    reached = _closure(about, choice, opaque)
    kept = [o for o in reached if id(o) not in opaque]
    written = frozenset(map(id, kept))
    things = {id(value): value for each in kept for value in reach(operands(each), choice)}
    changers = [o for thing in things for o in about.seen.changers.get(thing, ())]
    missed = [o for o in changers if id(o) not in written and not _only_trains(o)]
    owned = [value for value in things.values() if _replaced(value, written)]
    fed = any(isinstance(each, Called) and drawn(each) for each in kept)
    guessed = owned or fed or any(isinstance(v, Function) for aim in about.aims for v in held(operands(aim), choice))
    replaced = [title(each) for each in owned if body(each, choice) is None]
    skipped = any(about.seen.order[id(o)] < about.horizon and _on_the_way(o, choice) for o in missed)
    replaced += ["the data"] if fed else []
    cut = tuple(dict.fromkeys((*replaced, *(named(o) for o in reached if id(o) in opaque and not _makes_own(o)))))
    guessed = bool(guessed) or skipped
    linked, eager = any(map(_links, about.aims)), about.seen.target == "keras3" and any(_within(o, about) for o in kept)
    return Slice(
        tuple(kept), choice, written, guessed, cut, about.seen.target, linked, eager and not linked, about.calls
    )


def _within(operation: Operation, about: _About) -> bool:
    """Is it a function of TensorFlow's on a symbolic tensor, as only the `call` of a layer may have it?"""
    if not isinstance(operation, Called) or not operation.callee.startswith("tensorflow."):
        return False
    symbolic = any(isinstance(each.value, Tensor) and each.value.type == SYMBOLIC for each in operation.arguments)
    return symbolic and id(operation) not in about.seen.raised


def _replaced(value: Value, written: frozenset[int]) -> TypeGuard[Thing]:
    """Is it the user's own, and written as what stands in for it?"""
    return stands_in(value) and not (
        isinstance(value, Thing) and value.origin and id(value.origin.operation) in written
    )


def _makes_own(operation: Operation) -> bool:
    return operation.result is not None and stands_in(operation.result)


def _on_the_way(operation: Operation, choice: Choice) -> bool:
    return all(choice.arms.get(branch, arm) == arm for branch, arm in operation.ways)


def _closure(about: _About, choice: Choice, opaque: frozenset[int]) -> list[Operation]:
    """The aims and all that they hang on, in order; what is opaque hangs on nothing."""
    found: dict[int, Operation] = {}
    waiting = list(about.aims)
    linked = any(map(_links, about.aims))
    while waiting:
        operation = waiting.pop()
        if id(operation) in found:
            continue
        found[id(operation)] = operation
        if id(operation) in opaque:
            waiting.extend(_ahead(about, operation, choice) if linked else ())
            continue
        results = [operation.result] if operation in about.aims and operation.result is not None else []
        for value in reach((*operands(operation), *results), choice):
            if isinstance(value, Tensor | Thing):
                waiting.extend(_changes(about, value, choice))
                origin = about.origin(value)
                waiting.extend([origin.operation] if origin is not None else [])
    return sorted(found.values(), key=lambda operation: about.seen.order.get(id(operation), -1))


def _links(operation: Operation) -> bool:
    """Is it about a functional model?"""
    receiver = operation.receiver if isinstance(operation, Called) else None
    return any(isinstance(each, Thing) and each.type == FUNCTIONAL for each in (receiver, operation.result))


def _ahead(about: _About, operation: Operation, choice: Choice) -> Iterator[Operation]:
    """What made the symbolic tensors that it takes."""
    for value in held(operands(operation), choice):
        origin = about.origin(value) if isinstance(value, Tensor) and value.type == SYMBOLIC else None
        if origin is not None:
            yield origin.operation


def _changes(about: _About, value: Value, choice: Choice) -> Iterator[Operation]:
    seen = about.seen
    for operation in seen.changers.get(id(value), ()):
        late = seen.order[id(operation)] >= about.horizon or (bool(about.calls) and id(operation) in seen.within)
        if isinstance(operation, Called) and operation.callee in INSIDE and stands_in(value):
            continue
        if not late and id(operation) not in seen.raised and not _only_trains(operation) and choice.admits(operation):
            yield operation


def _only_trains(operation: Operation) -> bool:
    """Does it run over data a model that is built since it was made?"""
    if not isinstance(operation, Called) or operation.callee not in TRAINING:
        return False
    return isinstance(operation.receiver, Thing) and operation.receiver.type in ("keras.Model", "instance")


def _opaque(about: _About, operations: Iterable[Operation], choice: Choice) -> frozenset[int]:
    """Those that cannot be written: by their name, or because something that they take cannot."""
    opaque: set[int] = set()
    for operation in operations:
        aim = operation in about.aims
        known = id(operation) in about.seen.order and speakable(operation, aim)
        if not known or not all(
            spoken(each) or _given(about, each, opaque) or (aim and isinstance(each, Function))
            for each in held(operands(operation), choice)
        ):
            opaque.add(id(operation))
    return frozenset(opaque)


def _given(about: _About, value: Value, opaque: set[int]) -> bool:
    """Is it made by an operation that can be written, or a tensor that data can stand in for?"""
    if isinstance(value, Tensor) and isinstance(value.shape, tuple) and value.type in STAND_INS:
        return True
    if stands_in(value):
        return True
    origin = about.origin(value) if isinstance(value, Tensor | Thing) else None
    return origin is not None and id(origin.operation) not in opaque
