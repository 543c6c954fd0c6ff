"""Statements: Python's tree does not tell the lines on which they stand together, the text does."""

import ast
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from lstm_lint.source import nodes
from lstm_lint.source.build.expressions import (
    OPERATORS,
    dotted,
    expression,
    expressions,
    optional,
    parameters,
    positional,
)
from lstm_lint.source.build.patterns import pattern

Rows: TypeAlias = list[str]

_CONTINUED = re.compile(r"[^#]*[:;][ \t\f]*\\[\r\n]*")


def block(body: list[Any], rows: Rows) -> nodes.Block:
    """Compound statements, and lines of simple ones."""
    made: list[nodes.Statement] = []
    line: nodes.SimpleStatementLine | None = None
    for node in body:
        built = _statement(node, rows)
        if type(node) in COMPOUNDS:
            made.append(built)
            line = None
        elif line is not None and not _begins(node, rows):
            line.body, line.end = (*line.body, built), node.end_lineno
        else:
            line = nodes.SimpleStatementLine((built,), node.lineno, node.col_offset + 1, node.end_lineno)
            made.append(line)
    return tuple(made)


def _suite(body: list[Any], rows: Rows) -> nodes.Suite:
    if type(body[0]) in COMPOUNDS or _begins(body[0], rows):
        return nodes.IndentedBlock(block(body, rows))
    return nodes.SimpleStatementSuite(tuple([_statement(each, rows) for each in body]))


def _begins(node: ast.stmt, rows: Rows) -> bool:
    """Is it the first thing on its line, a line that goes on behind a backslash being one?"""
    row = node.lineno - 1
    if rows[row][: node.col_offset].strip():
        return False
    return not (row and _CONTINUED.fullmatch(rows[row - 1]))


def _statement(node: Any, rows: Rows) -> nodes.Statement:
    simple = SIMPLE.get(type(node))
    if simple is not None:
        return simple(node)
    compound = COMPOUNDS.get(type(node))
    return compound(node, rows) if compound is not None else nodes.Pass()


def _else(body: list[Any], rows: Rows) -> nodes.If | nodes.Else | None:
    if not body:
        return None
    first = body[0]
    if type(first) is ast.If and rows[first.lineno - 1].startswith("elif", first.col_offset):
        return _if(first, rows)
    return nodes.Else(_suite(body, rows))


def _if(node: ast.If, rows: Rows) -> nodes.If:
    return nodes.If(expression(node.test), _suite(node.body, rows), _else(node.orelse, rows))


def _for(node: ast.For, rows: Rows) -> nodes.For:
    orelse = nodes.Else(_suite(node.orelse, rows)) if node.orelse else None
    return nodes.For(expression(node.target), expression(node.iter), _suite(node.body, rows), orelse)


def _while(node: ast.While, rows: Rows) -> nodes.While:
    orelse = nodes.Else(_suite(node.orelse, rows)) if node.orelse else None
    return nodes.While(expression(node.test), _suite(node.body, rows), orelse)


def _with(node: ast.With, rows: Rows) -> nodes.With:
    items = [nodes.WithItem(expression(each.context_expr), optional(each.optional_vars)) for each in node.items]
    return nodes.With(tuple(items), _suite(node.body, rows))


def _try(node: ast.Try, rows: Rows) -> nodes.Try:
    return nodes.Try(
        _suite(node.body, rows),
        tuple([_handler(each, rows) for each in node.handlers]),
        nodes.Else(_suite(node.orelse, rows)) if node.orelse else None,
        nodes.Finally(_suite(node.finalbody, rows)) if node.finalbody else None,
    )


def _handler(node: ast.ExceptHandler, rows: Rows) -> nodes.ExceptHandler:
    return nodes.ExceptHandler(optional(node.type), _name(node.name), _suite(node.body, rows))


def _name(name: str | None) -> nodes.Name | None:
    return None if name is None else nodes.Name(name)


def _function(node: ast.FunctionDef, rows: Rows) -> nodes.FunctionDef:
    body = node.body
    decorators = expressions(node.decorator_list)
    return nodes.FunctionDef(nodes.Name(node.name), parameters(node.args), decorators, lambda: _suite(body, rows))


def _class(node: ast.ClassDef, rows: Rows) -> nodes.ClassDef:
    bases = tuple(map(positional, node.bases))
    return nodes.ClassDef(nodes.Name(node.name), bases, expressions(node.decorator_list), _suite(node.body, rows))


def _match(node: ast.Match, rows: Rows) -> nodes.Match:
    cases = [
        nodes.MatchCase(pattern(each.pattern), optional(each.guard), _suite(each.body, rows)) for each in node.cases
    ]
    return nodes.Match(expression(node.subject), tuple(cases))


def _import_from(node: ast.ImportFrom) -> nodes.ImportFrom:
    module = dotted(node.module) if node.module else None
    star = node.names[0].name == "*"
    return nodes.ImportFrom(module, nodes.ImportStar() if star else _aliases(node), "." * node.level)


def _aliases(node: ast.Import | ast.ImportFrom) -> tuple[nodes.ImportAlias, ...]:
    return tuple([nodes.ImportAlias(dotted(each.name), _name(each.asname)) for each in node.names])


def _names(node: ast.Global | ast.Nonlocal) -> tuple[nodes.Name, ...]:
    return tuple(map(nodes.Name, node.names))


def _del(node: ast.Delete) -> nodes.Del:
    return nodes.Del(expression(node.targets[0]) if len(node.targets) == 1 else nodes.Tuple(expressions(node.targets)))


def _augmented(node: ast.AugAssign) -> nodes.AugAssign:
    return nodes.AugAssign(expression(node.target), OPERATORS[type(node.op)], expression(node.value))


SIMPLE: dict[type[ast.AST], Callable[[Any], nodes.Statement]] = {
    ast.Expr: lambda node: nodes.Expr(expression(node.value)),
    ast.Assign: lambda node: nodes.Assign(expressions(node.targets), expression(node.value)),
    ast.AnnAssign: lambda node: nodes.AnnAssign(expression(node.target), optional(node.value)),
    ast.AugAssign: _augmented,
    ast.Return: lambda node: nodes.Return(optional(node.value)),
    ast.Raise: lambda node: nodes.Raise(optional(node.exc)),
    ast.Assert: lambda node: nodes.Assert(expression(node.test)),
    ast.Break: lambda node: nodes.Break(),
    ast.Continue: lambda node: nodes.Continue(),
    ast.Import: lambda node: nodes.Import(_aliases(node)),
    ast.ImportFrom: _import_from,
    ast.Global: lambda node: nodes.Global(_names(node)),
    ast.Nonlocal: lambda node: nodes.Nonlocal(_names(node)),
    ast.Delete: _del,
}

COMPOUNDS: dict[type[ast.AST], Callable[[Any, Rows], nodes.Statement]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
    ast.If: _if,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.While: _while,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.Match: _match,
}
