"""Arithmetic: on constants, sizes, lists, and, asked of the library, on tensors."""

from collections.abc import Callable
from functools import partial
from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.branches import every_way
from lstm_lint.interp.displays import MOST_TEXT
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.truths import truth_of
from lstm_lint.source import nodes
from lstm_lint.trace import Operated
from lstm_lint.values import dims
from lstm_lint.values.dims import Size
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    OPEN,
    Const,
    Either,
    Many,
    Tensor,
    Thing,
    Tuple,
    Value,
    either,
    from_dim,
    members,
    number,
)

MOST_BITS = 256


def binary(machine: Machine, node: nodes.BinaryOperation) -> Value:
    left, right = machine.evaluate(node.left), machine.evaluate(node.right)
    return operate(machine, node.operator, left, right, node)


def operate(machine: Machine, operator: str, left: Value, right: Value, node: Any) -> Value:
    """`left operator right`."""
    if isinstance(left, Either) or isinstance(right, Either):
        pairs = [(a, b) for a in members(left) for b in members(right)]
        return every_way(machine, [partial(operate, machine, operator, a, b, node) for a, b in pairs])
    if left is OPEN or right is OPEN:
        operation = Operated(place=machine.place(node), operator=operator, left=left, right=right)
        return machine.attempt(operation, lambda: machine.library.operate(operator, left, right, machine))
    if isinstance(left, Const) and isinstance(right, Const):
        return _fold(operator, left.value, right.value)
    if sizeable(left) and sizeable(right) and (isinstance(left, Size) or isinstance(right, Size)):
        return _sized(operator, left, right)
    if operator == "+" and (joined := _joined(left, right)) is not None:
        return joined
    if operator == "*" and (repeated := _repeated(left, right)) is not None:
        return repeated
    if any(
        isinstance(side, Tensor) or isinstance(side, Thing) and side.origin is not None or containers.of_tensors(side)
        for side in (left, right)
    ):
        operation = Operated(place=machine.place(node), operator=operator, left=left, right=right)
        return machine.attempt(operation, lambda: machine.library.operate(operator, left, right, machine))
    if (isinstance(left, Unknown) and left.name and sizeable(right)) or (
        isinstance(right, Unknown) and right.name and sizeable(left)
    ):
        return _sized(operator, left, right)
    return Unknown(f"the result of {operator} on unknown values")


def sizeable(value: Value) -> bool:
    return isinstance(value, Size) or isinstance(value, Const) and type(value.value) is int


def _sized(operator: str, left: Value, right: Value) -> Value:
    arithmetic = SIZES.get(operator)
    if arithmetic is None:
        return Unknown(f"the result of {operator} on sizes")
    return from_dim(arithmetic(number(left), number(right)))


SIZES: dict[str, Callable[[dims.Dim, dims.Dim], dims.Dim]] = {
    "+": dims.add,
    "-": dims.subtract,
    "*": dims.multiply,
    "//": dims.divide,
    "%": dims.modulo,
}


def _fold(operator: str, left: Any, right: Any) -> Value:
    """Arithmetic on constants, where it is small and raises nothing."""
    if operator in ("**", "<<") and not _small_power(left, right):
        return Unknown("a power too large to follow")
    if _too_long(operator, left, right):
        return Unknown("a text too long to follow")
    if operator == "%" and isinstance(left, (str, bytes)):
        return Unknown("a formatted text")
    try:
        folded = FOLD[operator](left, right)
        large = isinstance(folded, int) and folded.bit_length() > MOST_BITS
        return Unknown("a number too large to follow") if large else Const(folded)
    except (TypeError, ValueError, ArithmeticError):
        return Unknown(f"{operator} fails on these values")


def _small_power(left: Any, right: Any) -> bool:
    numeric = all(isinstance(side, (int, float)) for side in (left, right))
    return numeric and abs(right) <= 64 and abs(left) <= 1 << 32


def _too_long(operator: str, left: Any, right: Any) -> bool:
    texts = [side for side in (left, right) if isinstance(side, (str, bytes))]
    if operator == "*" and len(texts) == 1:
        times = right if texts[0] is left else left
        return isinstance(times, int) and len(texts[0]) * times > MOST_TEXT
    return operator == "+" and sum(map(len, texts)) > MOST_TEXT


def _joined(left: Value, right: Value) -> Value | None:
    mine, theirs = containers.rows(left), containers.rows(right)
    if mine is None or theirs is None:
        return None
    if len(mine) + len(theirs) > containers.MOST_ELEMENTS:
        longer = Many(Unknown("an element of a long list"), len(mine) + len(theirs))
        return longer if isinstance(left, Tuple) else Thing("list", {"items": longer})
    return Tuple(mine + theirs) if isinstance(left, Tuple) else containers.new_list(mine + theirs)


def _repeated(left: Value, right: Value) -> Value | None:
    if containers.rows(left) is None:
        left, right = right, left
    items = containers.rows(left)
    if items is None or isinstance(right, Tensor) or containers.rows(right) is not None:
        return None
    times = number(right)
    most = containers.MOST_ELEMENTS
    if isinstance(times, int) and containers.weight(items, most) * times <= most:
        return Tuple(items * times) if isinstance(left, Tuple) else containers.new_list(items * times)
    if not items:
        return left
    return Thing("list", {"items": Many(either(items), dims.multiply(len(items), times))})


def unary(machine: Machine, node: nodes.UnaryOperation) -> Value:
    value = machine.evaluate(node.expression)
    if node.operator == "not":
        answer = truth_of(machine, value, node.expression)
        return Const(not answer) if answer is not None else Unknown("a truth that is not known")
    return either([_unary_of(machine, node, member) for member in members(value)])


def _unary_of(machine: Machine, node: nodes.UnaryOperation, value: Value) -> Value:
    operator = node.operator
    match value:
        case Const(value=int() | float() as plain):
            return Const(-plain if operator == "-" else plain if operator == "+" else ~int(plain))
        case Size() if operator != "~":
            return from_dim(dims.multiply(-1 if operator == "-" else 1, value))
        case Tensor():
            operation = Operated(place=machine.place(node), operator=operator, left=None, right=value)
            return machine.attempt(operation, lambda: machine.library.operate(operator, NONE, value, machine))
    return Unknown(f"{operator} of an unknown value")


FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "@": lambda a, b: a @ b,
}
