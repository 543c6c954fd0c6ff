"""Statements, and the patterns of `match`."""

from collections.abc import Callable
from typing import Any, TypeAlias

from lstm_lint.records import dataclass
from lstm_lint.source.nodes.expressions import Arg, Attribute, Expression, Name, Node, Parameters

Statement: TypeAlias = Any
Suite: TypeAlias = "IndentedBlock | SimpleStatementSuite"
Block: TypeAlias = tuple[Statement, ...]


@dataclass(eq=False)
class Module(Node):
    body: Block


@dataclass(eq=False)
class IndentedBlock(Node):
    body: Block


@dataclass(eq=False)
class SimpleStatementSuite(Node):
    """What stands behind a colon on the same line."""

    body: Block


@dataclass(eq=False)
class SimpleStatementLine(Node):
    """Statements on a line of their own; first and last row and the column count from 1, if they are known."""

    body: Block
    row: int = 0
    column: int = 0
    end: int = 0


@dataclass(eq=False)
class Expr(Node):
    value: Expression


@dataclass(eq=False)
class Assign(Node):
    targets: tuple[Expression, ...]
    value: Expression


@dataclass(eq=False)
class AnnAssign(Node):
    target: Expression
    value: Expression | None


@dataclass(eq=False)
class AugAssign(Node):
    target: Expression
    operator: str
    value: Expression


@dataclass(eq=False)
class Else(Node):
    body: Suite


@dataclass(eq=False)
class If(Node):
    test: Expression
    body: Suite
    orelse: "If | Else | None"


@dataclass(eq=False)
class For(Node):
    target: Expression
    iter: Expression
    body: Suite
    orelse: Else | None


@dataclass(eq=False)
class While(Node):
    test: Expression
    body: Suite
    orelse: Else | None


@dataclass(eq=False)
class Return(Node):
    value: Expression | None


@dataclass(eq=False)
class Raise(Node):
    exc: Expression | None


@dataclass(eq=False)
class Assert(Node):
    test: Expression


@dataclass(eq=False)
class Break(Node):
    pass


@dataclass(eq=False)
class Continue(Node):
    pass


@dataclass(eq=False)
class Pass(Node):
    """And whatever else does nothing here."""


@dataclass(eq=False)
class FunctionDef(Node):
    """Its body is built when it is first asked for: most functions of an imported file are never run."""

    name: Name
    params: Parameters
    decorators: tuple[Expression, ...]
    build: Callable[[], Suite] | None
    built: Any = None

    @property
    def body(self) -> Suite:
        if self.build is not None:
            self.built, self.build = self.build(), None
        return self.built  # type: ignore[no-any-return]


@dataclass(eq=False)
class ClassDef(Node):
    name: Name
    bases: tuple[Arg, ...]
    decorators: tuple[Expression, ...]
    body: Suite


@dataclass(eq=False)
class ImportAlias(Node):
    name: Name | Attribute
    asname: Name | None


@dataclass(eq=False)
class Import(Node):
    names: tuple[ImportAlias, ...]


@dataclass(eq=False)
class ImportStar(Node):
    pass


@dataclass(eq=False)
class ImportFrom(Node):
    """`relative`: the dots."""

    module: Name | Attribute | None
    names: tuple[ImportAlias, ...] | ImportStar
    relative: str


@dataclass(eq=False)
class Global(Node):
    names: tuple[Name, ...]


@dataclass(eq=False)
class Nonlocal(Node):
    names: tuple[Name, ...]


@dataclass(eq=False)
class Del(Node):
    target: Expression


@dataclass(eq=False)
class WithItem(Node):
    item: Expression
    asname: Expression | None


@dataclass(eq=False)
class With(Node):
    items: tuple[WithItem, ...]
    body: Suite


@dataclass(eq=False)
class ExceptHandler(Node):
    type: Expression | None
    name: Name | None
    body: Suite


@dataclass(eq=False)
class Finally(Node):
    body: Suite


@dataclass(eq=False)
class Try(Node):
    """And `except*`."""

    body: Suite
    handlers: tuple[ExceptHandler, ...]
    orelse: Else | None
    finalbody: Finally | None


@dataclass(eq=False)
class MatchCase(Node):
    pattern: Expression
    guard: Expression | None
    body: Suite


@dataclass(eq=False)
class Match(Node):
    subject: Expression
    cases: tuple[MatchCase, ...]


@dataclass(eq=False)
class MatchValue(Node):
    value: Expression


@dataclass(eq=False)
class MatchSingleton(Node):
    value: Name


@dataclass(eq=False)
class MatchAs(Node):
    pattern: Expression | None
    name: Name | None


@dataclass(eq=False)
class MatchOr(Node):
    patterns: tuple[Expression, ...]


@dataclass(eq=False)
class MatchStar(Node):
    name: Name | None


@dataclass(eq=False)
class MatchList(Node):
    """And tuples."""

    patterns: tuple[Expression | MatchStar, ...]


@dataclass(eq=False)
class MatchMappingElement(Node):
    key: Expression
    pattern: Expression


@dataclass(eq=False)
class MatchMapping(Node):
    elements: tuple[MatchMappingElement, ...]
    rest: Name | None


@dataclass(eq=False)
class MatchKeywordElement(Node):
    key: Name
    pattern: Expression


@dataclass(eq=False)
class MatchClass(Node):
    cls: Expression
    patterns: tuple[Expression, ...]
    kwds: tuple[MatchKeywordElement, ...]
