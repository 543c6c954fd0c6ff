"""What an operation takes, down to the members of lists and dicts; and its name in a few words."""

from collections.abc import Iterable, Iterator

from lstm_lint.confirm.choices import Choice
from lstm_lint.confirm.words import arguments, configures, constructs
from lstm_lint.trace import AttributeRead, AttributeSet, Called, ItemRead, Operated, Operation, Unpacked
from lstm_lint.values.value import Many, Method, Pairs, Thing, Tuple, Value
from lstm_lint.values.value import Slice as Subscript


def operands(operation: Operation) -> tuple[Value, ...]:
    match operation:
        case Called(callee="add_weight" | "__init__", receiver=Thing(type="instance"), result=None):
            return tuple(each.value for each in arguments(operation))
        case Called(receiver=receiver):
            receiver = None if constructs(operation) else receiver
            return (*(() if receiver is None else (receiver,)), *(each.value for each in arguments(operation)))
        case AttributeRead(owner=Thing(type="instance"), result=None):
            return ()  # it raises: its class is written beside it
        case AttributeRead(owner=owner):
            return (owner,)
        case AttributeSet(value=value):
            return (value,)
        case ItemRead(owner=owner, index=index):
            return owner, index
        case Operated(left=left, right=right):
            return (right,) if left is None else (left, right)
        case Unpacked(value=value):
            return (value,)
    return ()


def held(values: Iterable[Value], choice: Choice) -> Iterator[Value]:
    """The values themselves and what their tuples, lists and dicts hold, each Either settled."""
    waiting = list(values)
    while waiting:
        value = choice.settle(waiting.pop())
        match value:
            case Tuple(items=items) | Thing(type="list" | "set", origin=None, fields={"items": tuple() as items}):
                waiting.extend(items)
            case Pairs(items=pairs) if not configures(value):
                waiting.extend(each for pair in pairs for each in pair)
            case Many(first=first, kind="generator") if first is not None:
                waiting.append(first)
            case Many(element=element):
                waiting.append(element)
            case Subscript(start=start, stop=stop, step=step):
                waiting.extend((start, stop, step))
            case Method(owner=owner):
                yield value
                waiting.append(owner)
            case _:
                yield value


def named(operation: Operation) -> str:
    """An operation in a few words."""
    match operation:
        case Called(callee=callee, receiver=None):
            return f"{callee}(...)"
        case Called(callee="__call__", receiver=Thing(type=kind)):
            return f"a call of {kind}"
        case Called(callee=name) | AttributeRead(name=name):
            return f".{name}"
        case Operated(operator=sign):
            return f"an operation {sign}"
    return "an unpacking" if isinstance(operation, Unpacked) else "an element"
