"""Statements, and the patterns of `match`."""

from collections.abc import Callable
from typing import Any, TypeAlias

from lstm_lint.source.nodes.expressions import Arg, Attribute, Expression, Name, Node, Parameters

Statement: TypeAlias = Any
Suite: TypeAlias = "IndentedBlock | SimpleStatementSuite"
Block: TypeAlias = tuple[Statement, ...]


class Module(Node):
    __slots__ = ("body",)

    def __init__(self, body: Block) -> None:
        self.body = body


class IndentedBlock(Node):
    __slots__ = ("body",)

    def __init__(self, body: Block) -> None:
        self.body = body


class SimpleStatementSuite(Node):
    """What stands behind a colon on the same line."""

    __slots__ = ("body",)

    def __init__(self, body: Block) -> None:
        self.body = body


class SimpleStatementLine(Node):
    """Statements on a line of their own; first and last row and the column count from 1, if they are known."""

    __slots__ = ("body", "column", "end", "row")

    def __init__(self, body: Block, row: int = 0, column: int = 0, end: int = 0) -> None:
        self.body, self.row, self.column, self.end = body, row, column, end


class Expr(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Assign(Node):
    __slots__ = ("targets", "value")

    def __init__(self, targets: tuple[Expression, ...], value: Expression) -> None:
        self.targets, self.value = targets, value


class AnnAssign(Node):
    __slots__ = ("target", "value")

    def __init__(self, target: Expression, value: Expression | None) -> None:
        self.target, self.value = target, value


class AugAssign(Node):
    __slots__ = ("operator", "target", "value")

    def __init__(self, target: Expression, operator: str, value: Expression) -> None:
        self.target, self.operator, self.value = target, operator, value


class Else(Node):
    __slots__ = ("body",)

    def __init__(self, body: Suite) -> None:
        self.body = body


class If(Node):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Suite, orelse: "If | Else | None") -> None:
        self.test, self.body, self.orelse = test, body, orelse


class For(Node):
    __slots__ = ("body", "iter", "orelse", "target")

    def __init__(self, target: Expression, iter: Expression, body: Suite, orelse: Else | None) -> None:
        self.target, self.iter, self.body, self.orelse = target, iter, body, orelse


class While(Node):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Suite, orelse: Else | None) -> None:
        self.test, self.body, self.orelse = test, body, orelse


class Return(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression | None) -> None:
        self.value = value


class Raise(Node):
    __slots__ = ("exc",)

    def __init__(self, exc: Expression | None) -> None:
        self.exc = exc


class Assert(Node):
    __slots__ = ("test",)

    def __init__(self, test: Expression) -> None:
        self.test = test


class Break(Node):
    __slots__ = ()


class Continue(Node):
    __slots__ = ()


class Pass(Node):
    """And whatever else does nothing here."""

    __slots__ = ()


class FunctionDef(Node):
    """Its body is built when it is first asked for: most functions of an imported file are never run."""

    __slots__ = ("build", "built", "decorators", "name", "params")

    def __init__(
        self,
        name: Name,
        params: Parameters,
        decorators: tuple[Expression, ...],
        build: Callable[[], Suite] | None,
        built: Any = None,
    ) -> None:
        self.name = name
        self.params = params
        self.decorators = decorators
        self.build = build
        self.built = built

    @property
    def body(self) -> Suite:
        if self.build is not None:
            self.built, self.build = self.build(), None
        return self.built  # type: ignore[no-any-return]


class ClassDef(Node):
    __slots__ = ("bases", "body", "decorators", "name")

    def __init__(self, name: Name, bases: tuple[Arg, ...], decorators: tuple[Expression, ...], body: Suite) -> None:
        self.name, self.bases, self.decorators, self.body = name, bases, decorators, body


class ImportAlias(Node):
    __slots__ = ("asname", "name")

    def __init__(self, name: Name | Attribute, asname: Name | None) -> None:
        self.name, self.asname = name, asname


class Import(Node):
    __slots__ = ("names",)

    def __init__(self, names: tuple[ImportAlias, ...]) -> None:
        self.names = names


class ImportStar(Node):
    __slots__ = ()


class ImportFrom(Node):
    """`relative`: the dots."""

    __slots__ = ("module", "names", "relative")

    def __init__(
        self, module: Name | Attribute | None, names: tuple[ImportAlias, ...] | ImportStar, relative: str
    ) -> None:
        self.module, self.names, self.relative = module, names, relative


class Global(Node):
    __slots__ = ("names",)

    def __init__(self, names: tuple[Name, ...]) -> None:
        self.names = names


class Nonlocal(Node):
    __slots__ = ("names",)

    def __init__(self, names: tuple[Name, ...]) -> None:
        self.names = names


class Del(Node):
    __slots__ = ("target",)

    def __init__(self, target: Expression) -> None:
        self.target = target


class WithItem(Node):
    __slots__ = ("asname", "item")

    def __init__(self, item: Expression, asname: Expression | None) -> None:
        self.item, self.asname = item, asname


class With(Node):
    __slots__ = ("body", "items")

    def __init__(self, items: tuple[WithItem, ...], body: Suite) -> None:
        self.items, self.body = items, body


class ExceptHandler(Node):
    __slots__ = ("body", "name", "type")

    def __init__(self, type: Expression | None, name: Name | None, body: Suite) -> None:
        self.type, self.name, self.body = type, name, body


class Finally(Node):
    __slots__ = ("body",)

    def __init__(self, body: Suite) -> None:
        self.body = body


class Try(Node):
    """And `except*`."""

    __slots__ = ("body", "finalbody", "handlers", "orelse")

    def __init__(
        self, body: Suite, handlers: tuple[ExceptHandler, ...], orelse: Else | None, finalbody: Finally | None
    ) -> None:
        self.body, self.handlers, self.orelse, self.finalbody = body, handlers, orelse, finalbody


class MatchCase(Node):
    __slots__ = ("body", "guard", "pattern")

    def __init__(self, pattern: Expression, guard: Expression | None, body: Suite) -> None:
        self.pattern, self.guard, self.body = pattern, guard, body


class Match(Node):
    __slots__ = ("cases", "subject")

    def __init__(self, subject: Expression, cases: tuple[MatchCase, ...]) -> None:
        self.subject, self.cases = subject, cases


class MatchValue(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class MatchSingleton(Node):
    __slots__ = ("value",)

    def __init__(self, value: Name) -> None:
        self.value = value


class MatchAs(Node):
    __slots__ = ("name", "pattern")

    def __init__(self, pattern: Expression | None, name: Name | None) -> None:
        self.pattern, self.name = pattern, name


class MatchOr(Node):
    __slots__ = ("patterns",)

    def __init__(self, patterns: tuple[Expression, ...]) -> None:
        self.patterns = patterns


class MatchStar(Node):
    __slots__ = ("name",)

    def __init__(self, name: Name | None) -> None:
        self.name = name


class MatchList(Node):
    """And tuples."""

    __slots__ = ("patterns",)

    def __init__(self, patterns: tuple[Expression | MatchStar, ...]) -> None:
        self.patterns = patterns


class MatchMappingElement(Node):
    __slots__ = ("key", "pattern")

    def __init__(self, key: Expression, pattern: Expression) -> None:
        self.key, self.pattern = key, pattern


class MatchMapping(Node):
    __slots__ = ("elements", "rest")

    def __init__(self, elements: tuple[MatchMappingElement, ...], rest: Name | None) -> None:
        self.elements, self.rest = elements, rest


class MatchKeywordElement(Node):
    __slots__ = ("key", "pattern")

    def __init__(self, key: Name, pattern: Expression) -> None:
        self.key, self.pattern = key, pattern


class MatchClass(Node):
    __slots__ = ("cls", "kwds", "patterns")

    def __init__(
        self, cls: Expression, patterns: tuple[Expression, ...], kwds: tuple[MatchKeywordElement, ...]
    ) -> None:
        self.cls, self.patterns, self.kwds = cls, patterns, kwds
