"""Names: where they are looked up, where they are bound, and when nothing can bind them."""

import builtins
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lstm_lint.interp.attributes import arrived
from lstm_lint.interp.frames import Later, Scope
from lstm_lint.interp.machine import Machine
from lstm_lint.trace import Binding, NameUnbound
from lstm_lint.values.heap import ABSENT
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Value

if TYPE_CHECKING:
    from lstm_lint.source.names import Bound

CONSTANTS: dict[str, Value] = {"True": Const(True), "False": Const(False), "None": Const(None)}

RUNTIME_NAMES = frozenset(
    [
        "__file__",
        "__doc__",
        "__package__",
        "__spec__",
        "__loader__",
        "__builtins__",
        "__path__",
        "__annotations__",
        "__class__",
        "__qualname__",
        "__module__",
        "__dict__",
        "__cached__",
        "reveal_type",
        "reveal_locals",
        "WindowsError",
        "get_ipython",
        "display",
        "exit",
        "quit",
        "unicode",
        "xrange",
        "long",
        "basestring",
        "raw_input",
        "reduce",
        "unichr",
        "file",
        "cmp",
        "execfile",
        "reload",
        "intern",
        "apply",
        "buffer",
    ]
)


def lookup(machine: Machine, name: str) -> Value | None:
    """What a name means here, or None."""
    scope: Scope | None = machine.active[-1].scope
    inner = True
    while scope is not None:
        if inner or scope.kind != "class":
            home = scope.elsewhere.get(name, scope) if scope.elsewhere else scope
            found = home.names.fields.get(name)
            if found is not None:
                return arrived(machine, home.names, name, found) if type(found) is Later else found
        scope, inner = scope.outer, False
    return machine.library.builtin(name)


def read(machine: Machine, node: Any, name: str) -> Value:
    found = CONSTANTS.get(name) or lookup(machine, name)
    if found is not None:
        return found
    if can_be_bound(machine, name):
        return machine.why(node, f"{name} is not bound on this way", name)
    operation = NameUnbound(place=machine.place(node), name=name)
    machine.note(operation)
    operation.quiet |= machine.catches(("NameError",))
    return Unknown("after a clash")


def can_be_bound(machine: Machine, name: str) -> bool:
    """Could anything in the file, or around it at run time, bind this name?"""
    if name in RUNTIME_NAMES or hasattr(builtins, name):
        return True
    bound = _bound(machine.file.text)
    if bound is None or name in bound.names or bound.dynamic:
        return True
    return any(module not in machine.stars and machine.library.exports(module) is None for module in bound.stars)


@lru_cache(maxsize=8)
def _bound(text: str) -> "Bound | None":
    from lstm_lint.source.names import bound_names

    return bound_names(text)


def bind(machine: Machine, name: str, value: Value, node: Any) -> None:
    """Bind a name where the running body binds it, and tell the summary."""
    scope = home(machine, name)
    machine.heap.put(scope.names, name, value)
    if machine.hidden == 0:
        machine.trace.bindings.append(Binding(name, machine.place(node), value))


def unbind(machine: Machine, name: str) -> None:
    machine.heap.put(home(machine, name).names, name, ABSENT)


def home(machine: Machine, name: str) -> Scope:
    scope = machine.here.scope
    return scope.elsewhere.get(name, scope)
