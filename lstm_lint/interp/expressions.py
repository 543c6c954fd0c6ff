"""Expressions: one function for each kind of node, found by the node's type."""

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from lstm_lint.interp import containers, names
from lstm_lint.interp.attributes import read
from lstm_lint.interp.branches import fork
from lstm_lint.interp.calls import call
from lstm_lint.interp.comprehensions import comprehension
from lstm_lint.interp.machine import Machine, snapshot
from lstm_lint.trace import ItemRead, Operated
from lstm_lint.values import dims
from lstm_lint.values.dims import Size
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Either,
    Function,
    Many,
    Slice,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    Value,
    either,
    from_dim,
    members,
    number,
    truth,
)

MOST_TEXT = 10_000


def evaluate(machine: Machine, node: Any) -> Value:
    """The value of an expression; Unknown for a kind that is not followed."""
    handler = EVALUATE.get(type(node))
    return handler(machine, node) if handler else machine.why(node, f"a {type(node).__name__} is not followed")


def _name(machine: Machine, node: cst.Name) -> Value:
    return names.read(machine, node, node.value)


def _number(machine: Machine, node: cst.Integer | cst.Float | cst.Imaginary) -> Value:
    try:
        return Const(node.evaluated_value)
    except (ValueError, OverflowError):
        return Unknown("a number too long to read")


def _text(machine: Machine, node: cst.SimpleString | cst.ConcatenatedString) -> Value:
    value = node.evaluated_value
    return Const(value) if value is not None and len(value) <= MOST_TEXT else Unknown("a text too long to follow")


def _formatted(machine: Machine, node: cst.FormattedString) -> Value:
    parts: list[str] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            parts.append(part.value)
            continue
        value = evaluate(machine, part.expression)
        plain = isinstance(value, Const) and part.format_spec is None and part.conversion is None
        parts.append(str(value.value) if plain and isinstance(value, Const) else "\0")
    text = "".join(parts)
    return Const(text) if "\0" not in text and "\\" not in text else Unknown("a formatted text")


def _parts(machine: Machine, nodes: Sequence[cst.BaseElement]) -> list[Value] | None:
    """The values of a display's elements; None if a starred one is of unknown length."""
    values: list[Value] = []
    for element in nodes:
        value = evaluate(machine, element.value)
        if isinstance(element, cst.StarredElement):
            several = containers.elements(machine, value)
            if several is None:
                return None
            values.extend(several)
        else:
            values.append(value)
    return values


def _tuple(machine: Machine, node: cst.Tuple) -> Value:
    values = _parts(machine, node.elements)
    return Tuple(tuple(values)) if values is not None else machine.why(node, "a tuple of unknown length")


def _list(machine: Machine, node: cst.List) -> Value:
    values = _parts(machine, node.elements)
    if values is None:
        return Thing("list", {"items": machine.why(node, "a list of unknown length")})
    return containers.new_list(values)


def _set(machine: Machine, node: cst.Set) -> Value:
    values = _parts(machine, node.elements)
    return Thing("set", {"items": Unknown("a set") if values is None else tuple(values)})


def _dict(machine: Machine, node: cst.Dict) -> Value:
    items: dict[Any, Value] = {}
    unknown = False
    for element in node.elements:
        if isinstance(element, cst.StarredDictElement):
            inner = evaluate(machine, element.value)
            held = inner.get("items") if isinstance(inner, Thing) and inner.type == "dict" else None
            unknown |= not isinstance(held, dict)
            items |= held if isinstance(held, dict) else {}
            continue
        key, value = evaluate(machine, element.key), evaluate(machine, element.value)
        if hashable(key):
            items[key_of(key)] = value
        else:
            unknown = True
    return Thing("dict", {"items": machine.why(node, "a dict with unknown keys") if unknown else items})


def hashable(key: Value) -> bool:
    return isinstance(key, Const | Symbol) or isinstance(key, Tuple) and all(isinstance(k, Const) for k in key.items)


def key_of(key: Value) -> Any:
    """A dict's key: the plain data of a constant, else the value itself."""
    return key.value if isinstance(key, Const) else key


def _attribute(machine: Machine, node: cst.Attribute) -> Value:
    return read(machine, evaluate(machine, node.value), node.attr.value, node)


def _subscript(machine: Machine, node: cst.Subscript) -> Value:
    owner = evaluate(machine, node.value)
    return item(machine, owner, index_of(machine, node), node)


def index_of(machine: Machine, node: cst.Subscript) -> Value:
    parts = [_index(machine, element.slice) for element in node.slice]
    single = len(parts) == 1 and not isinstance(node.slice[0].comma, cst.Comma)
    return parts[0] if single else Tuple(tuple(parts))


def _index(machine: Machine, part: cst.BaseSlice) -> Value:
    if isinstance(part, cst.Index):
        return evaluate(machine, part.value)
    assert isinstance(part, cst.Slice)
    bounds = [evaluate(machine, bound) if bound else NONE for bound in (part.lower, part.upper, part.step)]
    return Slice(*bounds)


def item(machine: Machine, owner: Value, index: Value, node: Any) -> Value:
    """`owner[index]`."""
    if isinstance(owner, Either):
        return either([item(machine, member, index, node) for member in owner.members])
    if isinstance(owner, Unknown):
        inner = _index_text(index)
        return owner.part(inner) if inner else Unknown(owner.reason)
    found = containers.subscript(machine, owner, index)
    if found is not None:
        return found
    operation = ItemRead(place=machine.place(node), owner=owner, index=snapshot(index))
    return machine.attempt(operation, lambda: machine.library.item(owner, index, machine))


def _index_text(index: Value) -> str:
    match index:
        case Const(value=int() | str() as plain):
            return f"[{plain!r}]"
    return ""


def _binary(machine: Machine, node: cst.BinaryOperation) -> Value:
    left, right = evaluate(machine, node.left), evaluate(machine, node.right)
    return operate(machine, OPERATORS[type(node.operator)], left, right, node)


def operate(machine: Machine, operator: str, left: Value, right: Value, node: Any) -> Value:
    """`left operator right`."""
    if isinstance(left, Either) or isinstance(right, Either):
        pairs = [(a, b) for a in members(left) for b in members(right)]
        return either([operate(machine, operator, a, b, node) for a, b in pairs])
    if isinstance(left, Const) and isinstance(right, Const):
        return _fold(operator, left.value, right.value)
    if _sizeable(left) and _sizeable(right) and (isinstance(left, Size) or isinstance(right, Size)):
        return _sized(operator, left, right)
    if operator == "+" and (joined := _joined(left, right)) is not None:
        return joined
    if operator == "*" and (repeated := _repeated(left, right)) is not None:
        return repeated
    if any(isinstance(side, Tensor) or isinstance(side, Thing) and side.origin is not None for side in (left, right)):
        operation = Operated(place=machine.place(node), operator=operator, left=left, right=right)
        return machine.attempt(operation, lambda: machine.library.operate(operator, left, right, machine))
    if (isinstance(left, Unknown) and left.name and _sizeable(right)) or (
        isinstance(right, Unknown) and right.name and _sizeable(left)
    ):
        return _sized(operator, left, right)
    return Unknown(f"the result of {operator} on unknown values")


def _sizeable(value: Value) -> bool:
    return isinstance(value, Size) or isinstance(value, Const) and type(value.value) is int


def _sized(operator: str, left: Value, right: Value) -> Value:
    arithmetic = SIZES.get(operator)
    if arithmetic is None:
        return Unknown(f"the result of {operator} on sizes")
    return from_dim(arithmetic(number(left), number(right)))


SIZES: dict[str, Callable[[dims.Dim, dims.Dim], dims.Dim]] = {
    "+": dims.add,
    "-": dims.subtract,
    "*": dims.multiply,
    "//": dims.divide,
    "%": dims.modulo,
}


def _fold(operator: str, left: Any, right: Any) -> Value:
    """Arithmetic on constants, where it is small and raises nothing."""
    if operator in ("**", "<<") and not _small_power(left, right):
        return Unknown("a power too large to follow")
    if operator == "*" and _length(left) * _length(right) > MOST_TEXT:
        return Unknown("a text too long to follow")
    if operator == "%" and isinstance(left, str | bytes):
        return Unknown("a formatted text")
    try:
        return Const(FOLD[operator](left, right))
    except (TypeError, ValueError, ArithmeticError):
        return Unknown(f"{operator} fails on these values")


def _small_power(left: Any, right: Any) -> bool:
    numeric = all(isinstance(side, int | float) for side in (left, right))
    return numeric and abs(right) <= 64 and abs(left) <= 1 << 32


def _length(side: Any) -> int:
    return len(side) or 1 if isinstance(side, str | bytes) else abs(side) if isinstance(side, int) else 1


def _joined(left: Value, right: Value) -> Value | None:
    mine, theirs = containers.rows(left), containers.rows(right)
    if mine is None or theirs is None:
        return None
    return Tuple(mine + theirs) if isinstance(left, Tuple) else containers.new_list(mine + theirs)


def _repeated(left: Value, right: Value) -> Value | None:
    if containers.rows(left) is None:
        left, right = right, left
    items = containers.rows(left)
    if items is None or isinstance(right, Tensor):
        return None
    times = number(right)
    if isinstance(times, int) and len(items) * times <= containers.MOST_ELEMENTS:
        return Tuple(items * times) if isinstance(left, Tuple) else containers.new_list(items * times)
    if not items:
        return left
    return Thing("list", {"items": Many(either(items), dims.multiply(len(items), times))})


def _unary(machine: Machine, node: cst.UnaryOperation) -> Value:
    value = evaluate(machine, node.expression)
    if isinstance(node.operator, cst.Not):
        answer = truth(value)
        return Const(not answer) if answer is not None else Unknown("a truth that is not known")
    return either([_unary_of(machine, node, member) for member in members(value)])


def _unary_of(machine: Machine, node: cst.UnaryOperation, value: Value) -> Value:
    operator = {cst.Minus: "-", cst.Plus: "+", cst.BitInvert: "~"}[type(node.operator)]  # type: ignore[index]
    match value:
        case Const(value=int() | float() as plain):
            return Const(-plain if operator == "-" else plain if operator == "+" else ~int(plain))
        case Size() if operator != "~":
            return from_dim(dims.multiply(-1 if operator == "-" else 1, value))
        case Tensor():
            operation = Operated(place=machine.place(node), operator=operator, left=None, right=value)
            return machine.attempt(operation, lambda: machine.library.operate(operator, NONE, value, machine))
    return Unknown(f"{operator} of an unknown value")


def _boolean(machine: Machine, node: cst.BooleanOperation) -> Value:
    left = evaluate(machine, node.left)
    answer = truth(left)
    if answer is not None:
        stop = answer is isinstance(node.operator, cst.Or)
        return left if stop else evaluate(machine, node.right)
    values = fork(machine, [lambda: left, lambda: evaluate(machine, node.right)])
    return either(values)


def _choice(machine: Machine, node: cst.IfExp) -> Value:
    answer = truth(evaluate(machine, node.test))
    if answer is not None:
        return evaluate(machine, node.body if answer else node.orelse)
    return either(fork(machine, [lambda: evaluate(machine, node.body), lambda: evaluate(machine, node.orelse)]))


def _comparison(machine: Machine, node: cst.Comparison) -> Value:
    left = evaluate(machine, node.left)
    answers: list[bool | None] = []
    for target in node.comparisons:
        right = evaluate(machine, target.comparator)
        answers.append(compare(machine, type(target.operator), left, right))
        if isinstance(left, Tensor) or isinstance(right, Tensor):
            return _compare_tensors(machine, node, left, right, type(target.operator))
        left = right
    if False in answers:
        return Const(False)
    return Const(True) if all(answers) else Unknown("a comparison that is not known")


def _compare_tensors(machine: Machine, node: cst.Comparison, left: Value, right: Value, operator: Any) -> Value:
    if operator in (cst.Is, cst.IsNot):
        return Const(operator is cst.IsNot) if right == NONE or left == NONE else Unknown("an identity")
    operation = Operated(place=machine.place(node), operator=COMPARE.get(operator, "=="), left=left, right=right)
    if operator not in COMPARE:
        return Unknown("a comparison of tensors")
    return machine.attempt(operation, lambda: machine.library.operate(operation.operator, left, right, machine))


COMPARE: dict[Any, str] = {
    cst.Equal: "==",
    cst.NotEqual: "!=",
    cst.LessThan: "<",
    cst.LessThanEqual: "<=",
    cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=",
}


def compare(machine: Machine, operator: Any, left: Value, right: Value) -> bool | None:
    """A comparison's truth, where every way gives the same."""
    answers = {_compare(operator, a, b) for a in members(left) for b in members(right)}
    return answers.pop() if len(answers) == 1 else None


def _compare(operator: Any, left: Value, right: Value) -> bool | None:
    if operator in (cst.Is, cst.IsNot):
        same = _identical(left, right)
        return same if same is None or operator is cst.Is else not same
    if operator in (cst.In, cst.NotIn):
        inside = _contains(right, left)
        return inside if inside is None or operator is cst.In else not inside
    a, b = _comparable(left), _comparable(right)
    if a is not _NO and b is not _NO:
        try:
            return bool(FOLD[COMPARE[operator]](a, b))
        except TypeError:
            return None
    if isinstance(left, Function | Symbol) and isinstance(right, Function | Symbol) and operator is cst.Equal:
        return left == right
    if _sizeable(left) and _sizeable(right):
        return _compare_sizes(operator, number(left), number(right))
    return None


def _compare_sizes(operator: Any, left: dims.Dim, right: dims.Dim) -> bool | None:
    difference = dims.subtract(left, right)
    if isinstance(difference, int):
        return bool(FOLD[COMPARE[operator]](difference, 0))
    equal = dims.same(left, right)
    if equal is None or operator not in (cst.Equal, cst.NotEqual):
        return None
    return equal if operator is cst.Equal else not equal


_NO: Any = object()


def _comparable(value: Value) -> Any:
    """Plain data for constants and tuples or lists of them."""
    match value:
        case Const(value=plain):
            return plain
        case Tuple() | Thing(type="list"):
            items = containers.rows(value)
            parts = [_comparable(part) for part in items] if items is not None else [_NO]
            if any(part is _NO for part in parts):
                return _NO
            return tuple(parts) if isinstance(value, Tuple) else parts
    return _NO


def _identical(left: Value, right: Value) -> bool | None:
    if NONE in (left, right):
        other = right if left == NONE else left
        return None if isinstance(other, Unknown) else other == NONE
    if isinstance(left, Const) and isinstance(right, Const):
        return left.value is right.value if isinstance(left.value, bool) or isinstance(right.value, bool) else None
    if isinstance(left, Thing | Tensor) and isinstance(right, Thing | Tensor):
        return left is right or None
    return True if isinstance(left, Symbol) and left == right else None


def _contains(container: Value, value: Value) -> bool | None:
    match container, value:
        case (Thing(type="dict", fields={"items": dict() as items}), Const(value=key)):
            return key in items if hashable(value) else None
        case (Const(value=str() as text), Const(value=str() as part)):
            return part in text
    items = containers.rows(container)
    if items is None:
        return None
    answers = {_compare(cst.Equal, item, value) for item in items}
    return True if True in answers else False if answers <= {False} else None


def _lambda(machine: Machine, node: cst.Lambda) -> Value:
    from lstm_lint.interp.functions import new_function

    return new_function(machine, node, "<lambda>")


def _walrus(machine: Machine, node: cst.NamedExpr) -> Value:
    value = evaluate(machine, node.value)
    if isinstance(node.target, cst.Name):
        names.bind(machine, node.target.value, value, node.target)
    return value


def _yield(machine: Machine, node: cst.Yield) -> Value:
    value = node.value
    if isinstance(value, cst.From):
        several = evaluate(machine, value.item)
        known = containers.elements(machine, several)
        many = containers.each(machine, several)
        machine.here.yields.extend(known if known is not None else [many.element if many else Unknown("a yield from")])
    else:
        machine.here.yields.append(evaluate(machine, value) if value else NONE)
    return Unknown("what is sent to a generator")


def _await(machine: Machine, node: cst.Await) -> Value:
    evaluate(machine, node.expression)
    return Unknown("an awaited value")


OPERATORS: dict[Any, str] = {
    cst.Add: "+",
    cst.Subtract: "-",
    cst.Multiply: "*",
    cst.Divide: "/",
    cst.FloorDivide: "//",
    cst.Modulo: "%",
    cst.Power: "**",
    cst.MatrixMultiply: "@",
    cst.BitAnd: "&",
    cst.BitOr: "|",
    cst.BitXor: "^",
    cst.LeftShift: "<<",
    cst.RightShift: ">>",
}

FOLD: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << b,
    ">>": lambda a, b: a >> b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "@": lambda a, b: a @ b,
}

EVALUATE: dict[Any, Callable[[Machine, Any], Value]] = {
    cst.Name: _name,
    cst.Integer: _number,
    cst.Float: _number,
    cst.Imaginary: _number,
    cst.SimpleString: _text,
    cst.ConcatenatedString: _text,
    cst.FormattedString: _formatted,
    cst.Ellipsis: lambda machine, node: Const(...),
    cst.Tuple: _tuple,
    cst.List: _list,
    cst.Set: _set,
    cst.Dict: _dict,
    cst.Attribute: _attribute,
    cst.Subscript: _subscript,
    cst.Call: call,
    cst.BinaryOperation: _binary,
    cst.UnaryOperation: _unary,
    cst.BooleanOperation: _boolean,
    cst.Comparison: _comparison,
    cst.IfExp: _choice,
    cst.Lambda: _lambda,
    cst.NamedExpr: _walrus,
    cst.ListComp: comprehension,
    cst.SetComp: comprehension,
    cst.DictComp: comprehension,
    cst.GeneratorExp: comprehension,
    cst.Yield: _yield,
    cst.Await: _await,
}
