"""Expressions, each kind by a function of its own."""

import ast
from collections.abc import Callable
from functools import reduce
from typing import Any

from lstm_lint.source import nodes

OPERATORS: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.And: "and",
    ast.Or: "or",
    ast.Not: "not",
    ast.USub: "-",
    ast.UAdd: "+",
    ast.Invert: "~",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Is: "is",
    ast.IsNot: "is not",
    ast.In: "in",
    ast.NotIn: "not in",
}


def expression(node: Any) -> nodes.Expression:
    build = EXPRESSIONS.get(type(node))
    return build(node) if build is not None else nodes.Unread()


def expressions(several: list[Any]) -> tuple[nodes.Expression, ...]:
    return tuple([expression(each) for each in several])


def optional(node: Any) -> nodes.Expression | None:
    return None if node is None else expression(node)


def dotted(path: str) -> nodes.Name | nodes.Attribute:
    first, *rest = path.split(".")
    made: nodes.Name | nodes.Attribute = nodes.Name(first)
    for name in rest:
        made = nodes.Attribute(made, nodes.Name(name))
    return made


def parameters(node: ast.arguments) -> nodes.Parameters:
    plain = [*node.posonlyargs, *node.args]
    defaults = [*[None] * (len(plain) - len(node.defaults)), *node.defaults]
    made = [nodes.Param(nodes.Name(each.arg), optional(default)) for each, default in zip(plain, defaults, strict=True)]
    first = len(node.posonlyargs)
    only = [
        nodes.Param(nodes.Name(each.arg), optional(default)) for each, default in zip(node.kwonlyargs, node.kw_defaults)
    ]
    return nodes.Parameters(
        tuple(made[first:]), tuple(made[:first]), tuple(only), _starred(node.vararg), _starred(node.kwarg)
    )


def _starred(node: ast.arg | None) -> nodes.Param | None:
    return None if node is None else nodes.Param(nodes.Name(node.arg))


def arguments(node: Any) -> tuple[nodes.Arg, ...]:
    """In the order of the text: `*` may stand behind a keyword."""
    made = [positional(each) for each in node.args]
    if not node.keywords:
        return tuple(made)
    named = [_keyword(each) for each in node.keywords]
    if not node.args or _place(node.args[-1]) < _place(node.keywords[0]):
        return tuple(made + named)
    order = sorted(zip([*node.args, *node.keywords], made + named, strict=True), key=lambda pair: _place(pair[0]))
    return tuple([argument for _, argument in order])


def _place(node: Any) -> tuple[int, int]:
    return node.lineno, node.col_offset


def positional(node: Any) -> nodes.Arg:
    if type(node) is ast.Starred:
        return nodes.Arg(expression(node.value), None, "*")
    return nodes.Arg(expression(node))


def _keyword(node: ast.keyword) -> nodes.Arg:
    if node.arg is None:
        return nodes.Arg(expression(node.value), None, "**")
    return nodes.Arg(expression(node.value), nodes.Name(node.arg))


def _constant(node: ast.Constant) -> nodes.Expression:
    value: Any = node.value
    if isinstance(value, (str, bytes)):
        return nodes.SimpleString(value)
    if value is None or value is True or value is False:
        return nodes.Name(str(value))
    if value is ...:
        return nodes.Ellipsis()
    return (nodes.Integer if type(value) is int else nodes.Float if type(value) is float else nodes.Imaginary)(value)


def _formatted(node: ast.JoinedStr) -> nodes.FormattedString:
    return nodes.FormattedString(tuple([_part(each) for each in node.values]))


def _part(node: Any) -> str | nodes.FormattedStringExpression:
    if isinstance(node, ast.Constant):
        return str(node.value)
    return nodes.FormattedStringExpression(expression(node.value), node.conversion == -1 and node.format_spec is None)


def _element(node: Any) -> nodes.Expression:
    return nodes.StarredElement(expression(node.value)) if type(node) is ast.Starred else expression(node)


def _elements(node: Any) -> tuple[nodes.Expression, ...]:
    return tuple([_element(each) for each in node.elts])


def _dict(node: ast.Dict) -> nodes.Dict:
    return nodes.Dict(
        tuple(
            nodes.StarredDictElement(expression(value))
            if key is None
            else nodes.DictElement(expression(key), expression(value))
            for key, value in zip(node.keys, node.values, strict=True)
        )
    )


def _subscript(node: ast.Subscript) -> nodes.Subscript:
    index = node.slice
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    return nodes.Subscript(expression(node.value), tuple(map(_index, parts)), parts == [index])


def _index(node: Any) -> nodes.Expression:
    if isinstance(node, ast.Slice):
        return nodes.Slice(optional(node.lower), optional(node.upper), optional(node.step))
    return expression(node.value if isinstance(node, ast.Starred) else node)


def _boolean(node: ast.BoolOp) -> nodes.Expression:
    operator = OPERATORS[type(node.op)]
    return reduce(lambda left, right: nodes.BooleanOperation(left, operator, right), map(expression, node.values))


def _comparison(node: ast.Compare) -> nodes.Comparison:
    pairs = zip(node.ops, node.comparators, strict=True)
    targets = [nodes.ComparisonTarget(OPERATORS[type(each)], expression(other)) for each, other in pairs]
    return nodes.Comparison(expression(node.left), tuple(targets))


def _clauses(generators: list[ast.comprehension]) -> nodes.CompFor:
    made: nodes.CompFor | None = None
    for each in reversed(generators):
        made = nodes.CompFor(expression(each.target), expression(each.iter), expressions(each.ifs), made)
    assert made is not None
    return made


EXPRESSIONS: dict[type[ast.AST], Callable[[Any], nodes.Expression]] = {
    ast.Name: lambda node: nodes.Name(node.id),
    ast.Constant: _constant,
    ast.JoinedStr: _formatted,
    ast.Tuple: lambda node: nodes.Tuple(_elements(node)),
    ast.List: lambda node: nodes.List(_elements(node)),
    ast.Set: lambda node: nodes.Set(_elements(node)),
    ast.Dict: _dict,
    ast.Attribute: lambda node: nodes.Attribute(expression(node.value), nodes.Name(node.attr)),
    ast.Subscript: _subscript,
    ast.Call: lambda node: nodes.Call(expression(node.func), arguments(node)),
    ast.BinOp: lambda node: nodes.BinaryOperation(
        expression(node.left), OPERATORS[type(node.op)], expression(node.right)
    ),
    ast.UnaryOp: lambda node: nodes.UnaryOperation(OPERATORS[type(node.op)], expression(node.operand)),
    ast.BoolOp: _boolean,
    ast.Compare: _comparison,
    ast.IfExp: lambda node: nodes.IfExp(expression(node.test), expression(node.body), expression(node.orelse)),
    ast.Lambda: lambda node: nodes.Lambda(parameters(node.args), expression(node.body)),
    ast.NamedExpr: lambda node: nodes.NamedExpr(expression(node.target), expression(node.value)),
    ast.ListComp: lambda node: nodes.ListComp(expression(node.elt), _clauses(node.generators)),
    ast.SetComp: lambda node: nodes.SetComp(expression(node.elt), _clauses(node.generators)),
    ast.GeneratorExp: lambda node: nodes.GeneratorExp(expression(node.elt), _clauses(node.generators)),
    ast.DictComp: lambda node: nodes.DictComp(expression(node.key), expression(node.value), _clauses(node.generators)),
    ast.Yield: lambda node: nodes.Yield(optional(node.value)),
    ast.YieldFrom: lambda node: nodes.Yield(nodes.From(expression(node.value))),
    ast.Await: lambda node: nodes.Await(expression(node.value)),
}
