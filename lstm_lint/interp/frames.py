"""What a run is made of: scopes, frames and how they are left; the grammar it follows, the project around its file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import Any, Protocol

from lstm_lint.records import dataclass, field
from lstm_lint.trace import Called, ItemRead, Operated, Operation, Unpacked, Ways
from lstm_lint.values.heap import Delta
from lstm_lint.values.value import Function, Tensor, Thing, Tuple, Value


class Flow(Enum):
    """How a statement left: DEAD when each way through it has returned, jumped or raised."""

    NEXT = auto()
    RETURN = auto()
    BREAK = auto()
    CONTINUE = auto()
    RAISE = auto()
    DEAD = auto()


@dataclass(eq=False)
class Scope:
    """Names of a module, class body or function, and the scope around it."""

    names: Thing
    outer: "Scope | None"
    kind: str
    elsewhere: dict[str, "Scope"] = field(default_factory=dict)  # global and nonlocal names

    def around(self) -> Iterator["Scope"]:
        """The scopes in which a name is looked up; class bodies around a function do not count."""
        yield self
        scope = self.outer
        while scope is not None:
            if scope.kind != "class":
                yield scope
            scope = scope.outer


@dataclass(eq=False)
class Exit:
    """One way that left a body early, and the state it left in."""

    flow: Flow
    value: Value | None
    state: Delta


@dataclass(eq=False)
class Frame:
    """One run of a body: a module, a function, or a loop within (`level`: the journal opened when it began)."""

    level: int
    exits: list[Exit] = field(default_factory=list)


@dataclass(eq=False)
class Activation:
    """A running function or module; `given`: what the caller of a function passed."""

    scope: Scope
    frame: Frame
    function: Function | None = None
    owner: Value | None = None
    returned: Value | None = None
    yields: list[Value] = field(default_factory=list)
    loops: list[Frame] = field(default_factory=list)
    ways: Ways = frozenset()
    loose: bool = False  # not each of the yields surely comes, and comes once
    given: tuple[Value, ...] = ()

    def fits_others(self, operation: Operation, ways: Ways) -> bool:
        """Does it compute with just what the caller passed, in an arm that may be there for other callers?"""
        return ways != self.ways and any(each is other for each in _computed_with(operation) for other in self.given)

    def yielded(self, values: Sequence[Value], known: bool) -> None:
        """What a generator gives; `known` tells that it gives just these, if it gets here."""
        self.yields.extend(values)
        self.loose |= not known or any(frame.exits for frame in (self.frame, *self.loops))


def _computed_with(operation: Operation) -> list[Value]:
    """The tensors and rows of an operation that is no call of a layer or model."""
    found: list[Value | None] = []
    match operation:
        case ItemRead(owner=value) | Unpacked(value=value):
            found = [value]
        case Operated(left=left, right=right):
            found = [left, right]
        case Called(receiver=Tensor() | None as receiver):
            found = [receiver, *(argument.value for argument in operation.arguments)]
    return [
        each for each in found if isinstance(each, Tensor | Tuple) or isinstance(each, Thing) and each.type == "list"
    ]


class OutOfBudget(Exception):
    """The file asks for more steps than we give it; what was found so far stands."""


@dataclass(frozen=True)
class Grammar:
    """What each kind of node means: an expression's value, a statement's effect; and what a call does."""

    expressions: Mapping[Any, Callable[..., Value]]
    statements: Mapping[Any, Callable[..., Flow]]
    apply: Callable[..., Value]
    line: Any


@dataclass(frozen=True, slots=True)
class Later:
    """A module of the project, or a name of it, that runs when it is first asked for."""

    importer: Path
    path: str
    level: int
    name: str = ""


class Project(Protocol):
    """The files around the one that is run."""

    def has(self, importer: Path, name: str, level: int) -> bool:
        """Whether there is a file for that module."""
        ...

    def module(self, importer: Path, name: str, level: int) -> Any:
        """The parsed file (a source) of a module of the same project, or None; `level` counts the leading dots."""
        ...

    def holds(self, importer: Path, package: str) -> bool:
        """Whether the project itself has a package of this name, be it a library's."""
        ...

    def importers(self, path: Path) -> Sequence[Any]:
        """The parsed files that import this one, directly or through others."""
        ...
