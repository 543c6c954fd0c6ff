"""Truth, where the program asks for it: of tensors the library is asked, which refuses symbolic ones."""

from typing import Any

from lstm_lint.interp.machine import Machine
from lstm_lint.trace import Operated
from lstm_lint.values.value import NONE, Tensor, Value, truth


def asked(machine: Machine, node: Any) -> bool | None:
    """Is an expression true, false, or can that not be known?"""
    return truth_of(machine, machine.evaluate(node), node)


def truth_of(machine: Machine, value: Value, node: Any) -> bool | None:
    if isinstance(value, Tensor):
        operation = Operated(place=machine.place(node), operator="not", left=None, right=value)
        machine.attempt(operation, lambda: machine.library.operate("not", NONE, value, machine))
    return truth(value)
