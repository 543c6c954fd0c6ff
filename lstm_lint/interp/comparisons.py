"""Comparisons: true or false where every way gives the same, else unknown; of tensors, asked of the library."""

from typing import Any

from lstm_lint.interp import containers
from lstm_lint.interp.displays import hashable
from lstm_lint.interp.machine import Machine
from lstm_lint.interp.operators import FOLD, sizeable
from lstm_lint.source import nodes
from lstm_lint.trace import Operated
from lstm_lint.values import dims
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Symbol, Tensor, Thing, Tuple, Value, members, number


def comparison(machine: Machine, node: nodes.Comparison) -> Value:
    left = machine.evaluate(node.left)
    answers: list[bool | None] = []
    for target in node.comparisons:
        right = machine.evaluate(target.comparator)
        answers.append(compare(machine, target.operator, left, right))
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            return _compare_tensors(machine, node, left, right, target.operator)
        left = right
    if False in answers:
        return Const(False)
    return Const(True) if all(answers) else Unknown("a comparison that is not known")


def _compare_tensors(machine: Machine, node: nodes.Comparison, left: Value, right: Value, operator: str) -> Value:
    if operator in ("is", "is not"):
        return Const(operator == "is not") if right == NONE or left == NONE else Unknown("an identity")
    operation = Operated(place=machine.place(node), operator=operator, left=left, right=right)
    if operator not in ASKED:
        return Unknown("a comparison of tensors")
    return machine.attempt(operation, lambda: machine.library.operate(operation.operator, left, right, machine))


ASKED = ("==", "!=", "<", "<=", ">", ">=")
"""What a library is asked of tensors."""


def compare(machine: Machine, operator: str, left: Value, right: Value) -> bool | None:
    """A comparison's truth, where every way gives the same."""
    answers = {_compare(operator, a, b) for a in members(left) for b in members(right)}
    return answers.pop() if len(answers) == 1 else None


def _compare(operator: str, left: Value, right: Value) -> bool | None:
    if operator in ("is", "is not"):
        same = _identical(left, right)
        return same if same is None or operator == "is" else not same
    if operator in ("in", "not in"):
        inside = _contains(right, left)
        return inside if inside is None or operator == "in" else not inside
    a, b = _comparable(left), _comparable(right)
    if a is not _NO and b is not _NO:
        try:
            return bool(FOLD[operator](a, b))
        except TypeError:
            return None
    if isinstance(left, (Function, Symbol)) and isinstance(right, (Function, Symbol)) and operator == "==":
        return left == right
    if sizeable(left) and sizeable(right):
        return _compare_sizes(operator, number(left), number(right))
    return None


def _compare_sizes(operator: str, left: dims.Dim, right: dims.Dim) -> bool | None:
    difference = dims.subtract(left, right)
    if isinstance(difference, int):
        return bool(FOLD[operator](difference, 0))
    equal = dims.same(left, right)
    if equal is None or operator not in ("==", "!="):
        return None
    return equal if operator == "==" else not equal


_NO: Any = object()


def _comparable(value: Value) -> Any:
    """Plain data for constants and tuples or lists of them."""
    match value:
        case Const(value=plain):
            return plain
        case Tuple() | Thing(type="list"):
            items = containers.rows(value)
            parts = [_comparable(part) for part in items] if items is not None else [_NO]
            if any(part is _NO for part in parts):
                return _NO
            return tuple(parts) if isinstance(value, Tuple) else parts
    return _NO


def _identical(left: Value, right: Value) -> bool | None:
    if NONE in (left, right):
        other = right if left == NONE else left
        return None if isinstance(other, Unknown) else other == NONE
    if isinstance(left, Const) and isinstance(right, Const):
        return left.value is right.value if isinstance(left.value, bool) or isinstance(right.value, bool) else None
    if isinstance(left, (Thing, Tensor)) and isinstance(right, (Thing, Tensor)):
        return left is right or None
    return True if isinstance(left, Symbol) and left == right else None


def _contains(container: Value, value: Value) -> bool | None:
    match container, value:
        case (Thing(type="dict", fields={"items": dict() as items}), Const(value=key)):
            return key in items if hashable(value) else None
        case (Const(value=str() as text), Const(value=str() as part)):
            return part in text
    several = containers.rows(container)
    if several is None:
        return None
    answers = {_compare("==", each, value) for each in several}
    return True if True in answers else False if answers <= {False} else None
