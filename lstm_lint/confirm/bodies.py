"""A user's class as it was followed: what its instance holds, and its `call` from what it took to what it gave."""

from collections.abc import Iterator, Sequence

from lstm_lint.confirm.child import public
from lstm_lint.confirm.choices import Choice
from lstm_lint.confirm.operands import held, operands
from lstm_lint.confirm.words import speakable
from lstm_lint.records import dataclass
from lstm_lint.trace import Called, Operation
from lstm_lint.values.value import GAVE, MADE_IN_CALL, TOOK, Function, Tensor, Thing, Tuple, UserClass, Value

MOST_OPERATIONS = 200
TOLD = ("state_size", "output_size")
"""What RNN reads of a cell."""


@dataclass(frozen=True)
class Body:
    """`operations`, in order, hang on what it `took`; `outside` is what else they take."""

    took: tuple[Value, ...]
    operations: tuple[Operation, ...]
    outside: tuple[Value, ...]
    gave: Value


def body(thing: Thing, choice: Choice) -> Body | None:
    """None where not all of it was followed, or some of it cannot be written."""
    match thing.get(GAVE):
        case Tuple(items=(Tuple(items=took), gave)) if took and thing.type == "instance" and shaped(gave):
            return _body(thing, took, gave, choice)
    return None


def shaped(value: Value) -> bool:
    match value:
        case Tensor(shape=shape):
            return isinstance(shape, tuple)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return all(map(shaped, items))
    return False


def _body(thing: Thing, took: tuple[Value, ...], gave: Value, choice: Choice) -> Body | None:
    leaves = {id(each) for each in held((*took, *(thing.get(TOOK) or {}).values()), choice)}
    leaves |= {id(tensor) for _, tensor, _ in weights(thing)}
    order = _ways_to(gave, leaves, choice)
    inner: dict[int, Operation] = {}
    outside: list[Value] = []

    def hangs(value: Value) -> bool:
        made = value.origin.operation if isinstance(value, Tensor | Thing) and value.origin else None
        return id(value) in leaves or id(made) in inner

    for operation in order:
        values = list(held(operands(operation), choice))
        if _made_within(operation.result) or any(map(hangs, values)):
            inner[id(operation)] = operation
            outside += [each for each in values if not hangs(each)]
    outside += [each for each in held([gave], choice) if not hangs(each)]
    known = all(speakable(each, False) and not _is_of(each, thing) for each in inner.values())
    written = known and 0 < len(order) <= MOST_OPERATIONS
    return Body(took, tuple(inner.values()), tuple(outside), gave) if written else None


def _ways_to(gave: Value, leaves: set[int], choice: Choice) -> Sequence[Operation]:
    """All that led from the leaves to what it gave, each behind what it takes."""
    order, seen = list[Operation](), set[int]()
    waiting = [(each, False) for each in _makers([gave], leaves, choice)]
    while waiting and len(order) <= MOST_OPERATIONS:
        operation, done = waiting.pop()
        if done:
            order.append(operation)
        elif id(operation) not in seen:
            seen.add(id(operation))
            waiting.append((operation, True))
            waiting += [(each, False) for each in _makers(operands(operation), leaves, choice)]
    return order


def _makers(values: Sequence[Value], leaves: set[int], choice: Choice) -> Iterator[Operation]:
    for value in held(values, choice):
        maker = value.origin.operation if isinstance(value, Tensor | Thing) and value.origin else None
        if maker is not None and id(value) not in leaves and (isinstance(value, Tensor) or _made_within(value)):
            yield maker


def _made_within(value: Value | None) -> bool:
    """Is it a layer that each call makes anew?"""
    return isinstance(value, Thing) and bool(value.get(MADE_IN_CALL))


def _is_of(operation: Operation, thing: Thing) -> bool:
    return isinstance(operation, Called) and operation.receiver is thing


def found(thing: Thing, name: str) -> Value | None:
    """An attribute of it or of its class."""
    cls = thing.get("__class__")
    if name in thing.fields or not isinstance(cls, UserClass):
        return thing.get(name)  # type: ignore[no-any-return]
    scopes = (each.scope.fields for each in cls.lineage() if isinstance(each, UserClass))
    return next((fields[name] for fields in scopes if name in fields), None)


def weights(thing: Thing) -> Iterator[tuple[str, Tensor, Called]]:
    """The weights that it has made for itself, by name."""
    for name, value in thing.fields.items():
        made = value.origin.operation if isinstance(value, Tensor) and value.origin else None
        if isinstance(made, Called) and made.callee == "add_weight" and made.receiver is thing and public(name):
            yield name, value, made


def holds(thing: Thing) -> Iterator[tuple[str, Value]]:
    """The layers that its `__init__` keeps, by name."""
    for name, value in thing.fields.items():
        if isinstance(name, str) and public(name) and name not in TOLD and _is_layers(value):
            yield name, value


def _is_layers(value: object) -> bool:
    match value:
        case Thing(type="list", fields={"items": tuple() as items}):
            return any(map(_is_layers, items))
        case Thing(type=kind):
            return kind == "instance" or kind.startswith("keras.")
    return False


def ingredients(thing: Thing, choice: Choice) -> Iterator[Value]:
    """What it is written with."""
    yield from (value for _, value in holds(thing))
    yield from (value for name in TOLD if (value := found(thing, name)) is not None and not isinstance(value, Function))
    whole = body(thing, choice)
    yield from whole.outside if whole else ()
