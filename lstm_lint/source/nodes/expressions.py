"""Expressions: operators are texts, numbers and strings are their values."""

from typing import Any, TypeAlias

Expression: TypeAlias = Any


class Node:
    __slots__ = ()


class Name(Node):
    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value


class Integer(Node):
    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value


class Float(Node):
    __slots__ = ("value",)

    def __init__(self, value: float) -> None:
        self.value = value


class Imaginary(Node):
    __slots__ = ("value",)

    def __init__(self, value: complex) -> None:
        self.value = value


class Ellipsis(Node):
    __slots__ = ()


class Unread(Node):
    """Of a kind that is not known here."""

    __slots__ = ()


class SimpleString(Node):
    """Concatenated ones, too."""

    __slots__ = ("value",)

    def __init__(self, value: str | bytes) -> None:
        self.value = value


class FormattedStringExpression(Node):
    """`plain`: no conversion and no format is asked for."""

    __slots__ = ("expression", "plain")

    def __init__(self, expression: Expression, plain: bool) -> None:
        self.expression, self.plain = expression, plain


class FormattedString(Node):
    __slots__ = ("parts",)

    def __init__(self, parts: tuple[str | FormattedStringExpression, ...]) -> None:
        self.parts = parts


class StarredElement(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Tuple(Node):
    __slots__ = ("elements",)

    def __init__(self, elements: tuple[Expression | StarredElement, ...]) -> None:
        self.elements = elements


class List(Node):
    __slots__ = ("elements",)

    def __init__(self, elements: tuple[Expression | StarredElement, ...]) -> None:
        self.elements = elements


class Set(Node):
    __slots__ = ("elements",)

    def __init__(self, elements: tuple[Expression | StarredElement, ...]) -> None:
        self.elements = elements


class DictElement(Node):
    __slots__ = ("key", "value")

    def __init__(self, key: Expression, value: Expression) -> None:
        self.key, self.value = key, value


class StarredDictElement(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression) -> None:
        self.value = value


class Dict(Node):
    __slots__ = ("elements",)

    def __init__(self, elements: tuple[DictElement | StarredDictElement, ...]) -> None:
        self.elements = elements


class Attribute(Node):
    __slots__ = ("attr", "value")

    def __init__(self, value: Expression, attr: Name) -> None:
        self.value, self.attr = value, attr


class Slice(Node):
    __slots__ = ("lower", "step", "upper")

    def __init__(self, lower: Expression | None, upper: Expression | None, step: Expression | None) -> None:
        self.lower, self.upper, self.step = lower, upper, step


class Subscript(Node):
    """`single`: the index is no tuple."""

    __slots__ = ("single", "slice", "value")

    def __init__(self, value: Expression, slice: tuple[Expression | Slice, ...], single: bool) -> None:
        self.value, self.slice, self.single = value, slice, single


class Arg(Node):
    __slots__ = ("keyword", "star", "value")

    def __init__(self, value: Expression, keyword: Name | None = None, star: str = "") -> None:
        self.value, self.keyword, self.star = value, keyword, star


class Call(Node):
    __slots__ = ("args", "func")

    def __init__(self, func: Expression, args: tuple[Arg, ...]) -> None:
        self.func, self.args = func, args


class BinaryOperation(Node):
    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.left, self.operator, self.right = left, operator, right


class UnaryOperation(Node):
    __slots__ = ("expression", "operator")

    def __init__(self, operator: str, expression: Expression) -> None:
        self.operator, self.expression = operator, expression


class BooleanOperation(Node):
    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Expression, operator: str, right: Expression) -> None:
        self.left, self.operator, self.right = left, operator, right


class ComparisonTarget(Node):
    __slots__ = ("comparator", "operator")

    def __init__(self, operator: str, comparator: Expression) -> None:
        self.operator, self.comparator = operator, comparator


class Comparison(Node):
    __slots__ = ("comparisons", "left")

    def __init__(self, left: Expression, comparisons: tuple[ComparisonTarget, ...]) -> None:
        self.left, self.comparisons = left, comparisons


class IfExp(Node):
    __slots__ = ("body", "orelse", "test")

    def __init__(self, test: Expression, body: Expression, orelse: Expression) -> None:
        self.test, self.body, self.orelse = test, body, orelse


class Param(Node):
    __slots__ = ("default", "name")

    def __init__(self, name: Name, default: Expression | None = None) -> None:
        self.name, self.default = name, default


class Parameters(Node):
    __slots__ = ("kwonly_params", "params", "posonly_params", "star_arg", "star_kwarg")

    def __init__(
        self,
        params: tuple[Param, ...],
        posonly_params: tuple[Param, ...],
        kwonly_params: tuple[Param, ...],
        star_arg: Param | None,
        star_kwarg: Param | None,
    ) -> None:
        self.params = params
        self.posonly_params = posonly_params
        self.kwonly_params = kwonly_params
        self.star_arg = star_arg
        self.star_kwarg = star_kwarg


class Lambda(Node):
    __slots__ = ("body", "params")

    def __init__(self, params: Parameters, body: Expression) -> None:
        self.params, self.body = params, body


class NamedExpr(Node):
    __slots__ = ("target", "value")

    def __init__(self, target: Expression, value: Expression) -> None:
        self.target, self.value = target, value


class CompFor(Node):
    __slots__ = ("ifs", "inner_for_in", "iter", "target")

    def __init__(
        self, target: Expression, iter: Expression, ifs: tuple[Expression, ...], inner_for_in: "CompFor | None"
    ) -> None:
        self.target, self.iter, self.ifs, self.inner_for_in = target, iter, ifs, inner_for_in


class ListComp(Node):
    __slots__ = ("elt", "for_in")

    def __init__(self, elt: Expression, for_in: CompFor) -> None:
        self.elt, self.for_in = elt, for_in


class SetComp(Node):
    __slots__ = ("elt", "for_in")

    def __init__(self, elt: Expression, for_in: CompFor) -> None:
        self.elt, self.for_in = elt, for_in


class GeneratorExp(Node):
    __slots__ = ("elt", "for_in")

    def __init__(self, elt: Expression, for_in: CompFor) -> None:
        self.elt, self.for_in = elt, for_in


class DictComp(Node):
    __slots__ = ("for_in", "key", "value")

    def __init__(self, key: Expression, value: Expression, for_in: CompFor) -> None:
        self.key, self.value, self.for_in = key, value, for_in


class From(Node):
    __slots__ = ("item",)

    def __init__(self, item: Expression) -> None:
        self.item = item


class Yield(Node):
    __slots__ = ("value",)

    def __init__(self, value: Expression | None) -> None:
        self.value = value


class Await(Node):
    __slots__ = ("expression",)

    def __init__(self, expression: Expression) -> None:
        self.expression = expression
