"""Where data come from: back through all that keeps their values to what drew, counted or padded them."""

from math import log
from typing import Any

from lstm_lint.library.arrays.spelling import parts
from lstm_lint.trace import Called, ItemRead, Operated, Operation
from lstm_lint.values.value import Const, Tensor, Thing, Value

KEEPING = frozenset(
    [
        "reshape",
        "expand_dims",
        "squeeze",
        "ravel",
        "flatten",
        "astype",
        "cast",
        "array",
        "asarray",
        "copy",
        "tile",
        "repeat",
        "convert_to_tensor",
        "constant",
        "stack",
        "vstack",
        "hstack",
        "permutation",
        "train_test_split",
    ]
)
DRAWING = ("randint", "integers")
UNLIKELY = log(1e-6)
MOST_STEPS = 20


def source(value: Value) -> tuple[Operation, bool, int | None] | None:
    """The operation that gave these values first, whether some were left out since, and the fewest on the way, if known."""
    part, counts = False, []
    for _ in range(MOST_STEPS):
        if not isinstance(value, Tensor) or value.origin is None or value.written:
            return None
        counts.append(_count(value))
        operation, path = value.origin.operation, value.origin.path
        name = operation.callee.rpartition(".")[2] if isinstance(operation, Called) else ""
        if isinstance(operation, ItemRead):
            value, part = operation.owner, True
        elif isinstance(operation, Called) and name in KEEPING:
            given = _data(operation, path[0] // 2 if path and name == "train_test_split" else 0)
            if given is None:
                break
            value, part = given, part or name == "train_test_split"
        else:
            break
    else:
        return None
    known = [count for count in counts if count is not None]
    return operation, part, min(known) if len(known) == len(counts) else None


def _data(operation: Called, index: int) -> Tensor | None:
    """The array that is handed on, if it is but one."""
    if isinstance(operation.receiver, Tensor):
        return operation.receiver
    several = [argument.value for argument in operation.arguments if not argument.name]
    found = list(parts(several[index])) if index < len(several) else []
    return found[0] if len(found) == 1 else None


def bounds(value: Value) -> tuple[int, int] | None:
    """The least and the greatest of these integers, where both surely occur."""
    if not isinstance(value, Tensor) or value.written:
        return None
    if isinstance(value.content, tuple):
        whole = value.content and all(isinstance(each, int) for each in value.content)
        return (min(value.content), max(value.content)) if whole else None
    found = source(value)
    if found is None:
        return None
    operation, part, fewest = found
    if isinstance(operation, Operated):
        return None if part else _shifted(operation)
    if not isinstance(operation, Called) or not isinstance(operation.result, Tensor):
        return None
    if not part and isinstance(operation.result.content, tuple):
        return bounds(operation.result)
    return _drawn(operation, fewest)


def _shifted(operation: Operated) -> tuple[int, int] | None:
    """`y + 1`, `np.arange(n) % k`."""
    held, other = bounds(operation.left) if operation.left is not None else None, operation.right
    if held is None or not isinstance(other, Const) or type(other.value) is not int:
        return None
    low, high = held
    if operation.operator in ("+", "-"):
        by = other.value if operation.operator == "+" else -other.value
        return low + by, high + by
    counted = isinstance(operation.left, Tensor) and low == 0 and high >= other.value - 1 > 0
    return (0, other.value - 1) if operation.operator == "%" and counted else None


def _drawn(operation: Called, draws: int | None) -> tuple[int, int] | None:
    """So many draws that each number comes, but for one chance in a million; what is repeated is drawn once."""
    if operation.callee.rpartition(".")[2] not in DRAWING or not operation.callee.startswith("numpy."):
        return None
    given = {a.name: a.value for a in operation.arguments if a.name}
    places = [a.value for a in operation.arguments if not a.name]
    low, high = (
        given.get(name, places[i] if i < len(places) else Const(None)) for i, name in enumerate(("low", "high"))
    )
    if high == Const(None):
        low, high = Const(0), low
    ends: list[Any] = [each.value if isinstance(each, Const) else None for each in (low, high)]
    count = draws if "endpoint" not in given else None
    if count is None or not all(type(end) is int for end in ends) or ends[1] - ends[0] < 2:
        return None
    return (ends[0], ends[1] - 1) if count * log(1 - 1 / (ends[1] - ends[0])) < UNLIKELY else None


def _count(value: Tensor) -> int | None:
    shape: Any = value.shape if isinstance(value.shape, tuple) else None
    total: int = 1
    for size in shape or (None,):
        if type(size) is not int:
            return None
        total *= size
    return total


def without_order(value: Value) -> bool:
    """Are they all alike, or drawn one by one, so that none follows on another?"""
    found = source(value)
    operation = found[0] if found is not None else None
    name = operation.callee if isinstance(operation, Called) else ""
    return name.startswith("numpy.") and (name.rpartition(".")[2] in ("zeros", "ones") or _of_chance(name))


def _of_chance(callee: str) -> bool:
    return callee.startswith(("numpy.random.", "numpy.Generator.", "numpy.RandomState."))


def padded(value: Value) -> Called | None:
    """The call of `pad_sequences` that these data come from."""
    found = source(value)
    operation = found[0] if found is not None else None
    return operation if isinstance(operation, Called) and operation.callee == "keras.utils.pad_sequences" else None


def argument_of(operation: Called, name: str, index: int, default: object) -> object:
    """A plain argument of a call."""
    places = [a.value for a in operation.arguments if not a.name]
    value = next((a.value for a in operation.arguments if a.name == name), None)
    value = places[index] if value is None and index < len(places) else value
    if value is None:
        return default
    return value.value if isinstance(value, Const) else Thing
