"""The tree that is run from libcst's: for a text that is newer than the Python which runs this, and to compare the two."""

import re
from ast import literal_eval
from collections.abc import Callable
from functools import partial
from typing import Any

import libcst

from lstm_lint.source import nodes
from lstm_lint.source.twins import indices, meant

OPERATORS = {
    "Add": "+",
    "Subtract": "-",
    "Multiply": "*",
    "Divide": "/",
    "FloorDivide": "//",
    "Modulo": "%",
    "Power": "**",
    "MatrixMultiply": "@",
    "BitAnd": "&",
    "BitOr": "|",
    "BitXor": "^",
    "LeftShift": "<<",
    "RightShift": ">>",
    "And": "and",
    "Or": "or",
    "Not": "not",
    "Minus": "-",
    "Plus": "+",
    "BitInvert": "~",
    "Equal": "==",
    "NotEqual": "!=",
    "LessThan": "<",
    "LessThanEqual": "<=",
    "GreaterThan": ">",
    "GreaterThanEqual": ">=",
    "Is": "is",
    "IsNot": "is not",
    "In": "in",
    "NotIn": "not in",
}


KINDS: dict[str, Any] = {
    name: kind for name, kind in vars(nodes).items() if isinstance(kind, type) and issubclass(kind, nodes.Node)
}


def module(tree: libcst.Module) -> nodes.Module:
    return nodes.Module(_all(tree.body))


def _made(node: Any) -> Any:
    """A node by its name and fields, if it has no builder of its own; texts and None are themselves."""
    if not isinstance(node, libcst.CSTNode):
        return _all(node) if isinstance(node, (tuple, list)) else node if isinstance(node, str) else None
    name = type(node).__name__
    if name in BUILDERS:
        return BUILDERS[name](node)
    kind = KINDS.get(name)
    if kind is None:
        inner = meant(nodes.Unread(), node)
        return nodes.Unread() if inner is node else _made(inner)
    return kind(**{each: _made(getattr(node, each)) for each in nodes.names_of(kind)})


def _all(several: Any) -> tuple[Any, ...]:
    return tuple(map(_made, several))


def _number(node: Any) -> Any:
    kind = KINDS[type(node).__name__]
    try:
        return kind(literal_eval(node.value))
    except (ValueError, SyntaxError):  # a number too long to read
        return nodes.Unread()


def _string(node: libcst.SimpleString | libcst.ConcatenatedString | libcst.FormattedString) -> nodes.Node:
    value = None if isinstance(node, libcst.FormattedString) else node.evaluated_value
    return nodes.FormattedString(tuple(_parts(node))) if value is None else nodes.SimpleString(value)


def _parts(node: Any) -> list[Any]:
    if isinstance(node, libcst.ConcatenatedString):
        return _parts(node.left) + _parts(node.right)
    if isinstance(node, libcst.SimpleString):
        return [str(node.evaluated_value)]
    return [_made(part) for part in getattr(node, "parts", ())]


def _field(node: libcst.FormattedStringExpression) -> nodes.FormattedStringExpression:
    plain = node.conversion is None and node.format_spec is None and node.equal is None
    return nodes.FormattedStringExpression(_made(node.expression), plain)


def _operation(node: Any) -> Any:
    kind = KINDS[type(node).__name__]
    fields = {name: _made(getattr(node, name)) for name in kind.__slots__ if name != "operator"}
    name = type(node.operator).__name__.removesuffix("Assign")
    return kind(**fields, operator=OPERATORS[name])


def _subscript(node: libcst.Subscript) -> nodes.Subscript:
    parts = indices(node.slice)
    single = parts is node.slice and len(parts) == 1 and not isinstance(node.slice[0].comma, libcst.Comma)
    return nodes.Subscript(_made(node.value), _all(parts), single)


def _function(node: libcst.FunctionDef) -> nodes.FunctionDef:
    return nodes.FunctionDef(
        nodes.Name(node.name.value), _made(node.params), _all(node.decorators), partial(_made, node.body)
    )


def _parameters(node: libcst.Parameters) -> nodes.Parameters:
    star = _made(node.star_arg) if isinstance(node.star_arg, libcst.Param) else None
    plain, first, only = _all(node.params), _all(node.posonly_params), _all(node.kwonly_params)
    return nodes.Parameters(plain, first, only, star, _made(node.star_kwarg))


def _import_from(node: libcst.ImportFrom) -> nodes.ImportFrom:
    return nodes.ImportFrom(_made(node.module), _made(node.names), "." * len(node.relative))


BUILDERS: dict[str, Callable[[Any], Any]] = {
    "Integer": _number,
    "Float": _number,
    "Imaginary": _number,
    "SimpleString": _string,
    "ConcatenatedString": _string,
    "FormattedString": _string,
    "FormattedStringText": lambda node: "\0" if re.search(r"[\\{}]", node.value) else node.value,
    "FormattedStringExpression": _field,
    "BinaryOperation": _operation,
    "UnaryOperation": _operation,
    "BooleanOperation": _operation,
    "ComparisonTarget": _operation,
    "AugAssign": _operation,
    "Subscript": _subscript,
    "Parameters": _parameters,
    "FunctionDef": _function,
    "ImportFrom": _import_from,
    "SimpleStatementLine": lambda node: nodes.SimpleStatementLine(_all(node.body)),
    "MatchTuple": lambda node: nodes.MatchList(_all(node.patterns)),
    "TryStar": lambda node: nodes.Try(*map(_made, (node.body, node.handlers, node.orelse, node.finalbody))),
    "ExceptStarHandler": lambda node: nodes.ExceptHandler(_made(node.type), _made(node.name), _made(node.body)),
}
