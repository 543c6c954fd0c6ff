"""The patterns of `match`."""

import ast
from collections.abc import Callable
from typing import Any

from lstm_lint.source import nodes
from lstm_lint.source.build.expressions import expression


def pattern(node: Any) -> nodes.Expression:
    return PATTERNS[type(node)](node)


def _optional(node: Any) -> nodes.Expression | None:
    return None if node is None else pattern(node)


def _name(name: str | None) -> nodes.Name | None:
    return None if name is None else nodes.Name(name)


def _several(patterns: list[Any]) -> tuple[nodes.Expression, ...]:
    return tuple(map(pattern, patterns))


def _mapping(node: ast.MatchMapping) -> nodes.MatchMapping:
    pairs = zip(node.keys, node.patterns, strict=True)
    elements = [nodes.MatchMappingElement(expression(key), pattern(value)) for key, value in pairs]
    return nodes.MatchMapping(tuple(elements), _name(node.rest))


def _class(node: ast.MatchClass) -> nodes.MatchClass:
    pairs = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
    named = [nodes.MatchKeywordElement(nodes.Name(name), pattern(value)) for name, value in pairs]
    return nodes.MatchClass(expression(node.cls), _several(node.patterns), tuple(named))


PATTERNS: dict[type[ast.AST], Callable[[Any], nodes.Expression]] = {
    ast.MatchValue: lambda node: nodes.MatchValue(expression(node.value)),
    ast.MatchSingleton: lambda node: nodes.MatchSingleton(nodes.Name(str(node.value))),
    ast.MatchAs: lambda node: nodes.MatchAs(_optional(node.pattern), _name(node.name)),
    ast.MatchOr: lambda node: nodes.MatchOr(_several(node.patterns)),
    ast.MatchStar: lambda node: nodes.MatchStar(_name(node.name)),
    ast.MatchSequence: lambda node: nodes.MatchList(_several(node.patterns)),
    ast.MatchMapping: _mapping,
    ast.MatchClass: _class,
}
