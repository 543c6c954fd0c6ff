"""The values that a recovered program computes with.

`Const` plain Python data; `Size` (dims.py) an integer that is known only by symbol; `Tuple`; `Tensor` anything with
a shape; `Thing` whatever has identity and may change (a list, a layer, an instance, a scope); `Function`, `UserClass`
from the user's own source; `Symbol` something by its name in a library; `Method` a function bound to its owner;
`Either` one of up to four values; `Many` equal-shaped elements whose number is a dim; `Unknown` with its reason.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lstm_lint.records import dataclass, field
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.unknown import Unknown

MOST_MEMBERS = 4
GAVE = "__gave__"
"""The field of a thing with a body of the user's: what it was called on last, and what it gave."""

TOOK = "__took__"
"""That of an instance which was called: what its parameters were given, by name."""

FED = "__fed__"
"""That of a model whose data are not known: tensors like those that it is fed with, and their targets."""

CALLS = "__calls__"
"""That of a thing which calls a function with arguments of its own before those that it is given: the two."""

BEGUN = ("begun",)
"""That of an instance whose library base was initialized: True, or `functional` if it was given tensors."""

ANY_NAME = ("any name",)
"""The field of a class on which `setattr` put something under a name that is not known."""

MADE_IN_CALL = ("made in call",)
"""That of a layer made in a `call` of the user's: the name of the class."""

Shape: TypeAlias = tuple[Dim, ...]


class Whole(int):
    """An integer that is none of Python's own, though it counts as well."""


@dataclass(frozen=True)
class Const:
    """A str, bytes, int, float, complex, bool, None or Ellipsis.

    `said` names the default that it is (`--units`, `parameter units of build`), where the program leaves it to one.
    """

    value: Any
    said: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True)
class Tuple:
    """A tuple; or, of kind list or set, what such a thing held at one moment (in the arguments of an operation)."""

    items: tuple["Value", ...]
    kind: str = "tuple"


@dataclass(frozen=True)
class Pairs:
    """What a dict held at one moment."""

    items: tuple[tuple["Value", "Value"], ...]


@dataclass(frozen=True)
class Many:
    """`length` elements, all like `element`; `first` is what the first round of a loop over them gets.

    One of kind generator gives them one after the other.
    """

    element: "Value"
    length: Dim
    first: "Value | None" = None
    kind: str = "list"


@dataclass(frozen=True)
class Slice:
    start: "Value"
    stop: "Value"
    step: "Value"


@dataclass(frozen=True)
class Origin:
    """The operation (trace.Operation) that a value came from, and which part of its result it is."""

    operation: Any
    path: tuple[int, ...] = ()


@dataclass(eq=False)
class Tensor:
    """Anything with a shape: `type` is the canonical name of its class, `shape` Unknown if its rank is.

    `content` holds the elements of small arrays as nested tuples, `mask` what the library keeps of the mask that travels with
    it, `history` what it keeps of how it was made. `written`: some elements were set since. `runs`: the shape that a run gives,
    where the library tells another before, and `told` the dtype that it tells where a run gives `dtype` (empty: which, is not
    known). `cells`: an element may be a list or an array of its own, as in a table's column.
    """

    shape: Shape | Unknown
    type: str
    dtype: str | None = None
    content: Any = None
    mask: Any = None
    origin: Origin | None = None
    history: Any = None
    written: bool = False
    runs: Shape | Unknown | None = None
    cells: bool = False
    told: str | None = None

    @property
    def rank(self) -> int | None:
        return None if isinstance(self.shape, Unknown) else len(self.shape)


@dataclass(eq=False)
class Thing:
    """Whatever has identity. Its fields change only through the Heap, so that branches can be undone and merged."""

    type: str
    fields: dict[Any, Any] = field(default_factory=dict)
    origin: Origin | None = None

    def get(self, name: Any, default: Any = None) -> Any:
        return self.fields.get(name, default)


@dataclass(eq=False)
class Function:
    """A def or lambda of the user's; `owner` is the class that holds it.

    `takes` names its parameters, with `=` those that have a default, and a star for what else it takes. One that is
    `traced` by tf.function is handed tensors for arrays.
    """

    name: str
    node: Any
    scope: Any
    defaults: dict[str, "Value"]
    owner: "UserClass | None" = None
    kind: str = "function"  # function, static, class, property
    file: Any = None
    takes: tuple[str, ...] = ()
    traced: bool = False


@dataclass(eq=False)
class UserClass:
    name: str
    bases: tuple["Value", ...]
    scope: Thing
    node: Any = None
    file: Any = None

    def lineage(self) -> Iterator["Value"]:
        """The class, then its bases, depth first, each once."""
        seen: set[int] = set()
        waiting: list[Value] = [self]
        while waiting:
            cls = waiting.pop(0)
            if id(cls) in seen:
                continue
            seen.add(id(cls))
            yield cls
            if isinstance(cls, UserClass):
                waiting = [*cls.bases, *waiting]

    def inits(self) -> list["Value"]:
        """The `__init__` of each class of the user's along the lineage; a decorator may have made it of another."""
        own = [cls.scope.fields for cls in self.lineage() if isinstance(cls, UserClass)]
        return [fields["__init__"] for fields in own if "__init__" in fields]

    def wraps_init(self) -> bool:
        return any(not isinstance(init, Function) or init.owner is None for init in self.inits())


@dataclass(frozen=True)
class Symbol:
    """Something of a library, by its canonical dotted name; `via` is the path by which the user reached it."""

    path: str
    via: str = ""


@dataclass(frozen=True)
class Method:
    """`function` of `owner`: a Function of the user's, or a name that the library knows for the owner's type."""

    owner: "Value"
    function: "Function | str"
    type: str = ""


@dataclass(frozen=True)
class Either:
    members: tuple["Value", ...]


Value: TypeAlias = (
    Const
    | Size
    | Tuple
    | Pairs
    | Many
    | Slice
    | Tensor
    | Thing
    | Function
    | UserClass
    | Symbol
    | Method
    | Either
    | Unknown
)

NONE = Const(None)

OPEN = Const(None)
"""The None that stands for an axis of a symbolic tensor, told from others by being this very object."""


def members(value: Value) -> tuple[Value, ...]:
    return value.members if isinstance(value, Either) else (value,)


def truth(value: Value) -> bool | None:
    """Is it true, false, or can that not be known?"""
    match value:
        case Const(value=plain):
            return bool(plain)
        case Tuple(items=items):
            return bool(items)
        case Function() | UserClass() | Symbol() | Method():
            return True
        case Thing(type="list" | "dict" | "set", fields={"items": dict() | tuple() as items}):
            return bool(items)
        case Thing(type=kind) if kind not in ("list", "dict", "set", "instance"):
            return True
        case Either(members=several):
            answers = {truth(member) for member in several}
            return answers.pop() if len(answers) == 1 else None
    return None


def alike(left: Value, right: Value) -> bool:
    """Is nothing lost by keeping only one of the two?"""
    if left is right:
        return True
    match left, right:
        case Const(value=a), Const(value=b):
            return type(a) is type(b) and (a is b or bool(a == b))
        case (Tuple(items=a), Tuple(items=b)) | (Either(members=a), Either(members=b)):
            return len(a) == len(b) and all(map(alike, a, b))
        case Many(element=a, length=m), Many(element=b, length=n):
            return m == n and alike(a, b)
        case Unknown(key=a), Unknown(key=b):
            return a == b
        case Tensor(), Tensor():
            return False
        case (Thing(), _) | (_, Thing()):
            return False
    return type(left) is type(right) and left == right


def like(left: Value, right: Value) -> bool:
    """Are they alike but for where they came from: tensors of one type and shape?"""
    if isinstance(left, Tensor) and isinstance(right, Tensor):
        return left.type == right.type and left.shape == right.shape and left.mask == right.mask
    if isinstance(left, Tuple) and isinstance(right, Tuple):
        return len(left.items) == len(right.items) and all(map(like, left.items, right.items))
    return alike(left, right)


def either(values: Iterable[Value]) -> Value:
    """One value for several ways: at most four members, then tensors of one shape count as one, then Unknown."""
    flat: list[Value] = []
    for value in values:
        flat.extend(member for member in members(value) if not any(alike(member, seen) for seen in flat))
    if len(flat) > MOST_MEMBERS:
        flat = [member for i, member in enumerate(flat) if not any(like(member, seen) for seen in flat[:i])]
    if len(flat) == 1:
        return flat[0]
    unknown = next((member for member in flat if isinstance(member, Unknown)), None)
    if unknown is not None:
        return unknown
    return Either(tuple(flat)) if len(flat) <= MOST_MEMBERS else Unknown("too many ways lead here")


def typical(values: Iterable[Value]) -> Value:
    """One value for all elements of a list: tensors of one shape count as one."""
    kept: list[Value] = []
    for value in values:
        kept.extend(member for member in members(value) if not any(like(member, seen) for seen in kept))
    return either(kept)


def number(value: Value) -> Dim:
    """The value as a size: an int, a symbol, None for Python's None, Unknown otherwise."""
    match value:
        case Const(value=bool() as flag):
            return int(flag)
        case Const(value=int() | None as plain):
            return plain
        case Size():
            return value
        case Unknown(name=name, key=key):
            return dims.symbol(name, key) if name else value
    return Unknown("not a size")


def from_dim(dim: Dim) -> Value:
    return dim if isinstance(dim, (Size, Unknown)) else Const(dim)


def plain(value: Value) -> Any:
    """The Python data that a value stands for: numbers, strings, tuples and lists of them. Raises ValueError otherwise."""
    match value:
        case Const(value=data):
            return data
        case Tuple(items=items):
            return tuple(map(plain, items))
        case Thing(type="list", fields={"items": tuple() as items}):
            return [plain(item) for item in items]
    raise ValueError(value)


def show(dim: Dim) -> str:
    return "?" if isinstance(dim, Unknown) else str(dim)


def show_shape(shape: Shape | Unknown) -> str:
    """`(None, 10, 64)`, as people write shapes; `?` for what is unknown."""
    if isinstance(shape, Unknown):
        return "(...)"
    return f"({show(shape[0])},)" if len(shape) == 1 else f"({', '.join(map(show, shape))})"
