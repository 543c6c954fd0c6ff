"""Runs a file abstractly: the module body first, then every function and class that nothing called, once."""

import sys
from typing import Any

from lstm_lint.trace import Trace
from lstm_lint.values.library import Library

RECURSION = 20_000


def run(source: Any, library: Library) -> Trace:
    """The trace of a file."""
    from lstm_lint.interp.grammar import GRAMMAR
    from lstm_lint.interp.machine import Activation, Frame, Machine, OutOfBudget, Scope
    from lstm_lint.interp.uncalled import run_uncalled
    from lstm_lint.values.value import Const, Thing

    machine = Machine(source, library, Trace(source.path), GRAMMAR)
    scope = Scope(Thing("scope", {"__name__": Const("__main__")}), None, "module")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        machine.active.append(Activation(scope, Frame(0)))
        machine.block(source.tree.body)
        machine.settle(0, None)
        run_uncalled(machine)
    except OutOfBudget:
        machine.trace.unknown.append((machine.place(source.tree), "the file asks for more steps than are given"))
    finally:
        sys.setrecursionlimit(before)
    return machine.trace
