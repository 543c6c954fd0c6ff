"""The recovered program: a straight line of operations, each with its place, its operands and what it changed.

An operation names the objects it changed and the branch choices it hangs on, so that a slice of the trace can be
written out as a program of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from lstm_lint.findings import Place
from lstm_lint.records import dataclass, field
from lstm_lint.values.library import Argument, Clash
from lstm_lint.values.value import Shape, Thing, Value

Ways: TypeAlias = frozenset[tuple[int, int]]
"""The branch choices on which something hangs: (branch, arm)."""


@dataclass(eq=False, kw_only=True)
class Operation:
    """`stack` holds the places of the calls that led here, outermost first; `quiet` operations are never judged.

    `shown` tells whether the summary speaks of it (further rounds of a loop, say, it passes over).
    """

    place: Place
    stack: tuple[Place, ...] = ()
    ways: Ways = frozenset()
    quiet: bool = False
    shown: bool = True
    result: Value | None = None
    changes: tuple[Thing, ...] = ()


@dataclass(eq=False, kw_only=True)
class Called(Operation):
    """`callee(*arguments)`, or with a receiver `receiver.callee(*arguments)`; `__call__` is a call of the receiver itself.

    `callee` is the canonical name of a function or class, or a method's bare name. Arguments hold lists as they were.
    A call of the user's own layer ran the `body` operations before it, which say all there is to say.
    """

    callee: str
    arguments: tuple[Argument, ...] = ()
    receiver: Value | None = None
    open: bool = False
    body: int = 0


@dataclass(eq=False, kw_only=True)
class AttributeRead(Operation):
    """`owner.name`, or `from owner import name`."""

    owner: Value
    name: str
    name_place: Place | None = None
    owner_place: Place | None = None
    statement: "Import | None" = None


@dataclass(frozen=True)
class Import:
    """`from module import name as bound, ...`; `import module as bound` has no names.

    `names` are the pairs (name, bound), with `*` for a star; `module_place` is that of the dotted path.
    """

    place: Place
    module: str
    module_place: Place
    names: tuple[tuple[str, str], ...] = ()


@dataclass(eq=False, kw_only=True)
class AttributeSet(Operation):
    """`owner.name = value`, of an instance whose class is derived from a library's; has that base `begun`?"""

    owner: Value
    name: str
    value: Value
    begun: bool = True


@dataclass(eq=False, kw_only=True)
class ItemRead(Operation):
    """`owner[index]`."""

    owner: Value
    index: Value


@dataclass(eq=False, kw_only=True)
class Operated(Operation):
    """`left operator right`, or `operator right` with no left."""

    operator: str
    left: Value | None
    right: Value


@dataclass(eq=False, kw_only=True)
class Unpacked(Operation):
    """`a, b, *c = value`: so many names, starred or not, and so many values found."""

    value: Value
    names: int
    starred: bool = False
    found: int = 0


@dataclass(eq=False, kw_only=True)
class NameUnbound(Operation):
    """A name was read that nothing in the file can bind."""

    name: str


@dataclass(eq=False, kw_only=True)
class Clashed(Operation):
    """`operation` raises; what it would have given is unknown. A `silent` one runs, and surely not as it is written.

    A `late` one gives what it gives: what raises is a later run of what is made of that.
    `names` are those that the source can see here, each with its value; `called` is the call of what would have been
    given, if it is called on the spot.
    """

    operation: Operation
    clash: Clash
    silent: bool = False
    late: bool = False
    names: Mapping[str, Value] = field(default_factory=dict)
    called: "Called | None" = None


@dataclass(frozen=True)
class Binding:
    name: str
    place: Place
    value: Value


@dataclass(frozen=True)
class LayerRow:
    """One call of a layer. Shapes are tuples of int, None, str (a symbol) or "?"; several inputs or outputs: a list.

    `weights` are the shapes of all its weights in the order of `get_weights`, or None where they are not known.
    """

    name: str
    cls: str
    place: Place | None
    input_shape: object
    output_shape: object
    state_shapes: list[object]
    params: int | str
    weights: tuple[object, ...] | None = None


@dataclass(frozen=True)
class ModelRow:
    """`kind` is sequential, functional, subclassed or loose; `function` the signature of one that nothing calls."""

    kind: str
    name: str
    place: Place
    function: str | None
    layers: tuple[LayerRow, ...]
    params: int | str
    operation: Operation | None = None


@dataclass
class Trace:
    path: Path
    operations: list[Operation] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    models: list[ModelRow] = field(default_factory=list)
    unknown: list[tuple[Place, str]] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)

    def clashes(self) -> list[Clashed]:
        """What raises."""
        return [each for each in self._judged() if not each.silent]

    def remarks(self) -> list[Clashed]:
        """What runs, and surely does not do what is written."""
        return [each for each in self._judged() if each.silent]

    def _judged(self) -> list[Clashed]:
        return [operation for operation in self.operations if isinstance(operation, Clashed) and not operation.quiet]


def shown(shape: Shape | object) -> object:
    """A shape as `summary` writes it."""
    from lstm_lint.values.dims import Size
    from lstm_lint.values.unknown import Unknown

    if isinstance(shape, Unknown):
        return "?"
    assert isinstance(shape, tuple)
    return [str(dim) if isinstance(dim, Size) else "?" if isinstance(dim, Unknown) else dim for dim in shape]
