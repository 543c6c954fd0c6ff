"""Runs a file abstractly: the module body first, then every function and class that nothing called, once."""

import sys
from typing import Any

from lstm_lint.trace import Trace
from lstm_lint.values.library import Library

RECURSION = 20_000
FOR_IMPORTERS = 1_000
"""Steps for what imports the file: the file itself is what was asked about."""


def run(source: Any, library: Library, project: Any = None, rows: bool = True) -> Trace:
    """The trace of a file, and of what its importers in the project make it do; with `rows` the models as tables too."""
    from lstm_lint.interp.attributes import FILE
    from lstm_lint.interp.frames import Activation, Frame, OutOfBudget, Scope
    from lstm_lint.interp.grammar import GRAMMAR
    from lstm_lint.interp.machine import Machine
    from lstm_lint.interp.uncalled import run_uncalled
    from lstm_lint.values.value import Const, Thing

    machine = Machine(source, library, Trace(source.path), GRAMMAR, project, rows)
    names = Thing("module", {"__name__": Const("__main__"), FILE: source.path})
    machine.modules[source.path] = names
    scope = Scope(names, None, "module")
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, RECURSION))
    try:
        machine.active.append(Activation(scope, Frame(0)))
        machine.block(source.tree.body)
        machine.settle(0, None)
        importers = list(project.importers(source.path)) if project is not None and _waits(machine) else []
        run_uncalled(machine, [source, *_run_importers(machine, importers)])
    except OutOfBudget:
        machine.trace.unknown.append((machine.place(source.tree), "the file asks for more steps than are given"))
    finally:
        sys.setrecursionlimit(before)
    return machine.trace


def _waits(machine: Any) -> bool:
    """Does the file define anything that others may call?"""
    return any(function.file is machine.file for function in machine.defined)


def _run_importers(machine: Any, importers: list[Any]) -> list[Any]:
    """Those of them that could be run within the steps that are given to them all."""
    from lstm_lint.interp.frames import OutOfBudget

    run = []
    whole, machine.limit = machine.limit, min(machine.limit, machine.steps + FOR_IMPORTERS)
    try:
        with machine.silence(quiet=False):
            for importer in importers:
                machine.imported(importer, main=True)
                run.append(importer)
    except OutOfBudget:
        machine.why(None, "its importers ask for more steps than are given")
    finally:
        machine.limit = whole
    return run
