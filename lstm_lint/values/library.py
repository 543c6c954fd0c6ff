"""What the interpreter asks of a library, and what a library may ask of the interpreter: the seam between the two."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from lstm_lint.findings import Place
from lstm_lint.records import dataclass, field
from lstm_lint.values.heap import Heap
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Function, Many, Method, Thing, UserClass, Value

AFTER_A_CLASH = Unknown("after a clash")

NEVER = Unknown("it does not return")
"""What a call gives that ends the program or always raises."""


@dataclass
class Clash(Exception):
    """The real library surely raises here: one of the exceptions `raises`, with all of `words` in its message.

    `kind` and the named `facts` (expected, found, axis, tensor, ...) are what a rule needs to explain it.
    `at` names an argument if it alone is to blame.
    """

    kind: str
    raises: tuple[str, ...]
    words: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True)
class Argument:
    """`name` is empty for a positional one; `text` the source of the value if that is a plain name; `assumed` a default."""

    value: Value
    name: str = ""
    place: Place | None = None
    text: str = ""


@dataclass
class Call:
    """A call of something of a library. `open` tells that `*args` or `**kwargs` of unknown content were passed too."""

    callee: str
    arguments: tuple[Argument, ...]
    engine: "Engine"
    place: Place | None = None
    receiver: Value | None = None
    open: bool = False
    via: str = ""

    def positional(self) -> tuple[Argument, ...]:
        return tuple(argument for argument in self.arguments if not argument.name)

    def find(self, name: str, index: int | None = None) -> Argument | None:
        """The argument given under this name, or at this position."""
        for argument in self.arguments:
            if argument.name == name:
                return argument
        given = self.positional()
        return given[index] if index is not None and index < len(given) else None

    def value(self, name: str, index: int | None = None, default: Value | None = None) -> Value:
        """Its value; where it is not given the default, or Unknown where it may stand among unknown arguments."""
        found = self.find(name, index)
        if found is not None:
            return found.value
        if default is None or self.open:
            return Unknown(f"argument {name} of {self.callee}")
        return default


class Engine(Protocol):
    """The interpreter, as far as libraries may use it."""

    heap: Heap

    def run(
        self,
        function: Function | Method | UserClass,
        values: Sequence[Value],
        named: Mapping[str, Value] | None = None,
        late: bool = False,
    ) -> Value:
        """Follow a function of the user's; what raises in it may be put off till a later run."""
        ...

    def lacks(self, method: Method, values: Sequence[Value], named: Mapping[str, Value]) -> str | None:
        """A parameter of a method of the user's that has no default, and gets no value."""
        ...

    def elements(self, value: Value) -> Sequence[Value] | None:
        """The elements that iteration gives, if their number is known."""
        ...

    def remark(self, clash: Clash) -> None:
        """What is being asked works, and surely does not do what is written: a finding beside its result.

        If it names what it `raises`, a later run of what is made of the result does not work.
        """
        ...

    def follows(self, thing: Thing) -> bool:
        """Has all that happened to it since it was made been followed?"""
        ...


class Library(Protocol):
    """Every method may raise Clash. What is not known is an Unknown, never an exception of another kind."""

    def member(self, path: str, name: str, via: str) -> Value:
        """`name` of the module, class or function at this dotted path; `via` is the path as the user wrote it."""
        ...

    def exports(self, path: str) -> frozenset[str] | None:
        """The names that a star import of this module binds, or None where that is not known."""
        ...

    def builtin(self, name: str) -> Value | None: ...

    def call(self, call: Call) -> Value: ...

    def attribute(self, owner: Value, name: str, engine: Engine) -> Value: ...

    def item(self, owner: Value, index: Value, engine: Engine) -> Value: ...

    def operate(self, operator: str, left: Value, right: Value, engine: Engine) -> Value: ...

    def unpack(self, value: Value, engine: Engine) -> Sequence[Value] | Many | None:
        """What iteration over a tensor or a thing of the library gives, or None."""
        ...

    def derived(self, owner: Thing, cls: UserClass, name: str, engine: Engine) -> Value | None:
        """`name` of an instance of a user's class that inherits from this library, where the user did not define it."""
        ...

    def sets(self, owner: Thing, name: str, value: Value, engine: Engine) -> None:
        """What such an instance lets nobody set: raises Clash."""
        ...

    def models(self, operations: Sequence[Any], function: str | None) -> list[Any]:
        """The rows (trace.ModelRow) of the models that these operations made, in the state that now is."""
        ...

    def swallows(self, context: Value, called: str) -> tuple[str, ...]:
        """The names of the exceptions that a `with` over this value catches; `called` names what gave the value."""
        ...
