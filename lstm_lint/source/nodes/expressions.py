"""Expressions: operators are texts, numbers and strings are their values."""

from typing import Any, TypeAlias

from lstm_lint.records import dataclass

Expression: TypeAlias = Any


class Node:
    __slots__ = ()


@dataclass(eq=False)
class Name(Node):
    value: str


@dataclass(eq=False)
class Integer(Node):
    value: int


@dataclass(eq=False)
class Float(Node):
    value: float


@dataclass(eq=False)
class Imaginary(Node):
    value: complex


@dataclass(eq=False)
class Ellipsis(Node):
    pass


@dataclass(eq=False)
class Unread(Node):
    """Of a kind that is not known here."""


@dataclass(eq=False)
class SimpleString(Node):
    """Concatenated ones, too."""

    value: str | bytes


@dataclass(eq=False)
class FormattedStringExpression(Node):
    """`plain`: no conversion and no format is asked for."""

    expression: Expression
    plain: bool


@dataclass(eq=False)
class FormattedString(Node):
    parts: tuple[str | FormattedStringExpression, ...]


@dataclass(eq=False)
class StarredElement(Node):
    value: Expression


@dataclass(eq=False)
class Tuple(Node):
    elements: tuple[Expression | StarredElement, ...]


@dataclass(eq=False)
class List(Node):
    elements: tuple[Expression | StarredElement, ...]


@dataclass(eq=False)
class Set(Node):
    elements: tuple[Expression | StarredElement, ...]


@dataclass(eq=False)
class DictElement(Node):
    key: Expression
    value: Expression


@dataclass(eq=False)
class StarredDictElement(Node):
    value: Expression


@dataclass(eq=False)
class Dict(Node):
    elements: tuple[DictElement | StarredDictElement, ...]


@dataclass(eq=False)
class Attribute(Node):
    value: Expression
    attr: Name


@dataclass(eq=False)
class Slice(Node):
    lower: Expression | None
    upper: Expression | None
    step: Expression | None


@dataclass(eq=False)
class Subscript(Node):
    """`single`: the index is no tuple."""

    value: Expression
    slice: tuple[Expression | Slice, ...]
    single: bool


@dataclass(eq=False)
class Arg(Node):
    value: Expression
    keyword: Name | None = None
    star: str = ""


@dataclass(eq=False)
class Call(Node):
    func: Expression
    args: tuple[Arg, ...]


@dataclass(eq=False)
class BinaryOperation(Node):
    left: Expression
    operator: str
    right: Expression


@dataclass(eq=False)
class UnaryOperation(Node):
    operator: str
    expression: Expression


@dataclass(eq=False)
class BooleanOperation(Node):
    left: Expression
    operator: str
    right: Expression


@dataclass(eq=False)
class ComparisonTarget(Node):
    operator: str
    comparator: Expression


@dataclass(eq=False)
class Comparison(Node):
    left: Expression
    comparisons: tuple[ComparisonTarget, ...]


@dataclass(eq=False)
class IfExp(Node):
    test: Expression
    body: Expression
    orelse: Expression


@dataclass(eq=False)
class Param(Node):
    name: Name
    default: Expression | None = None


@dataclass(eq=False)
class Parameters(Node):
    params: tuple[Param, ...]
    posonly_params: tuple[Param, ...]
    kwonly_params: tuple[Param, ...]
    star_arg: Param | None
    star_kwarg: Param | None


@dataclass(eq=False)
class Lambda(Node):
    params: Parameters
    body: Expression


@dataclass(eq=False)
class NamedExpr(Node):
    target: Expression
    value: Expression


@dataclass(eq=False)
class CompFor(Node):
    target: Expression
    iter: Expression
    ifs: tuple[Expression, ...]
    inner_for_in: "CompFor | None"


@dataclass(eq=False)
class ListComp(Node):
    elt: Expression
    for_in: CompFor


@dataclass(eq=False)
class SetComp(Node):
    elt: Expression
    for_in: CompFor


@dataclass(eq=False)
class GeneratorExp(Node):
    elt: Expression
    for_in: CompFor


@dataclass(eq=False)
class DictComp(Node):
    key: Expression
    value: Expression
    for_in: CompFor


@dataclass(eq=False)
class From(Node):
    item: Expression


@dataclass(eq=False)
class Yield(Node):
    value: Expression | None


@dataclass(eq=False)
class Await(Node):
    expression: Expression
