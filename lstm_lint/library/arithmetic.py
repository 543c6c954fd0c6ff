"""Operators between tensors, arrays, tables and numbers."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.arrays.products import matrix_product
from lstm_lint.library.arrays.spelling import EAGER, NDARRAY, NUMBER, SYMBOLIC, in_a_layer
from lstm_lint.library.symbolic import ARRAYS, TRUTHS, is_symbolic
from lstm_lint.trace import Called
from lstm_lint.values import shapes
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, OPEN, Const, Shape, Tensor, Thing, Tuple, Value

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
KINDS = (SYMBOLIC, EAGER, "tensorflow.Variable", "tensor", SERIES, NDARRAY, NUMBER, "float")
"""Where two kinds of tensors meet, the first of these decides what comes out."""


def _check_several(operator: str, left: Value, right: Value) -> None:
    """Python does not calculate with tuples of tensors, but put two behind each other or repeat one."""
    several = [side for side in (left, right) if isinstance(side, Tuple) and side.kind in ("tuple", "list")]
    held = several[0] if several else None
    tensors = [each for each in held.items if isinstance(each, Tensor)] if held is not None else []
    numbers = any(isinstance(side, Const) and isinstance(side.value, (int, float)) for side in (left, right))
    both = len(several) == 2 and operator in ("-", "*", "/", "//", "%", "**", "@")
    if held is not None and tensors and (both or numbers and operator in ("+", "-", "/", "**")):
        facts = {"tensor": tensors[0], "outputs": len(held.items)}
        words = "can't multiply sequence by non-int" if both and operator == "*" else "unsupported operand type(s) for"
        raise Clash("several-for-one", ("TypeError",), (words,), facts)


CALCULATING = ("+", "-", "*", "/", "//", "%", "**", "@")


def check_rows(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> None:
    """A tuple or list beside a symbolic tensor: Keras 3 makes no tensor of it; Keras 2 of tensors where it stands behind."""
    symbolic = any(isinstance(side, Tensor) and side.type == SYMBOLIC for side in (left, right))
    symbolic = symbolic and operator in CALCULATING and not in_a_layer(engine)
    items = next((held for held in map(_row, (left, right)) if held is not None), None) if symbolic else None
    if items is None:
        return
    tensors = [each for each in items if isinstance(each, Tensor) and each.type == SYMBOLIC]
    if registry.target == "keras3" and not tensors:
        raises = ("ValueError", "IndexError") if operator == "@" else ("ValueError",)
        facts = {"type": "list" if isinstance(left, Thing) or isinstance(right, Thing) else "tuple"}
        raise Clash("row-beside-symbolic", raises, (), facts)
    known = [each.shape for each in tensors if isinstance(each.shape, tuple)]
    alike = len(known) < len(tensors) or all(shapes.compatible(known[0], each) for each in known)
    fits = _row(left) is None and len(tensors) == len(items) and alike
    if tensors and (registry.target == "keras3" or not fits):
        raise Clash("several-for-one", ("ValueError", "TypeError"), (), {"tensor": tensors[0], "outputs": len(items)})


def _row(value: Value) -> tuple[Value, ...] | None:
    """What a tuple or list of Python's holds."""
    match value:
        case Tuple(items=items, kind="tuple" | "list" | "bare"):
            return items
        case Thing(type="list", fields={"items": tuple() as items}):
            return items
    return None


COMPARING = ("==", "!=", "<", "<=", ">", ">=")


def operate(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> Value:
    """`left operator right`; `left` is None for a unary operator."""
    _refuse(registry, operator, left, right, engine)
    table = next((side for side in (left, right) if isinstance(side, Thing) and side.type == FRAME), None)
    if table is not None:
        return _of_table(registry, operator, table, left, right)
    sides = [side for side in (left, right) if isinstance(side, Tensor)]
    if not sides:
        _check_several(operator, left, right)
        return Unknown(f"the result of {operator} on unknown values")
    kind, told = _kind(sides), None
    dtype = "bool" if operator in COMPARING else _of_arrays(operator, left, right, sides)
    if kind in (SYMBOLIC, EAGER) and operator not in COMPARING and left != NONE:
        dtype, told = _joined(registry, operator, left, right, engine)
    if operator == "not":
        return Unknown("the truth of a tensor")
    if left == NONE:
        if kind in (SYMBOLIC, EAGER) and operator == "-":
            from lstm_lint.library.keras.dtypes import given_by

            dtype, told = given_by("operator - of one", registry.target, sides, engine)
        if operator == "~" and kind in (SYMBOLIC, EAGER) and dtype != "bool":
            dtype = None
        return Tensor(sides[0].shape, kind, dtype, told=told)
    if operator in ("==", "!=") and kind == SYMBOLIC and _is_plain(registry, operator, left, right):
        return Unknown("an equality of symbolic tensors")
    a, b = array_shape(left), array_shape(right)
    result = _shape(operator, a, b)
    if result is None and operator in ("==", "!=") and kind == SYMBOLIC and registry.target == "keras2":
        return Tensor((), kind, "bool")  # TensorFlow calls them unequal
    if result is None:
        raise _clash(operator, kind, a, b, sides)
    if operator == "-":
        from lstm_lint.library.keras.comparing import check_difference

        check_difference(left, right, engine)
    kind = NUMBER if result == () and kind == NDARRAY else NDARRAY if kind == NUMBER and result != () else kind
    return Tensor(result, kind, dtype, told=told)


def _of_arrays(operator: str, left: Value, right: Value, sides: list[Tensor]) -> str | None:
    """That of both arrays, where it is one and a number beside it, or a division, changes nothing."""
    dtype = sides[0].dtype
    if dtype is None or any(side.dtype != dtype for side in sides):
        return None
    whole = not dtype.startswith("float")
    if whole and (operator == "/" or dtype == "bool"):
        return None
    if len(sides) == 2 or left == NONE:
        return dtype
    other = left if right is sides[0] else right
    kept = (
        isinstance(other, Size) or isinstance(other, Const) and isinstance(other.value, int if whole else (int, float))
    )
    return dtype if kept else None


def _joined(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> tuple[str | None, str | None]:
    """What TensorFlow and Keras make of two dtypes; a number takes that of the tensor, if it can."""
    from lstm_lint.library.keras.dtypes import given_by

    first, other = (left, right) if isinstance(left, Tensor) else (right, left)
    if not isinstance(first, Tensor) or first.type not in (SYMBOLIC, EAGER):
        return None, None
    second = other if isinstance(other, Tensor) else type(other.value).__name__ if isinstance(other, Const) else ""
    if second not in ("int", "float") and not (isinstance(second, Tensor) and second.type in (SYMBOLIC, EAGER)):
        return None, None
    return given_by(f"operator {operator}", registry.target, (first, second), engine)


def _refuse(registry: Any, operator: str, left: Value, right: Value, engine: Engine) -> None:
    """What symbolic tensors and their open axes hold is not there yet; inside a layer other tensors stand for them."""
    if in_a_layer(engine):
        return
    if left is OPEN or right is OPEN:
        kinds = " and ".join(f"'{'NoneType' if side is OPEN else 'int'}'" for side in (left, right))
        exact = all(
            side is OPEN or isinstance(side, Size) or isinstance(side, Const) and type(side.value) is int
            for side in (left, right)
        )
        words = (f"unsupported operand type(s) for {operator}", kinds) if exact else ()
        if exact:
            raise Clash("open-size", ("TypeError",), words, {"operator": operator})
    if _of_numpy(left) and isinstance(right, Tensor) and is_symbolic(right) and registry.target == "keras3":
        facts = {"tensor": right, "shape": right.shape, "function": operator}
        raise Clash("symbolic-array", ("ValueError",), (ARRAYS["keras3"],), facts)
    if operator == "not" and isinstance(right, Tensor) and is_symbolic(right):
        facts = {"tensor": right, "shape": right.shape}
        raise Clash("symbolic-truth", ("TypeError",), (TRUTHS[registry.target],), facts)


def _of_numpy(value: Value) -> bool:
    """An array, or a number that numpy computed; what it draws is a float of Python's."""
    if not isinstance(value, Tensor) or value.type != NUMBER:
        return isinstance(value, Tensor) and value.type == NDARRAY
    operation = value.origin.operation if value.origin is not None else None
    callee = operation.callee if isinstance(operation, Called) else ""
    return callee.startswith("numpy.") and not callee.startswith("numpy.random")


def _kind(sides: list[Tensor]) -> str:
    kind = next((k for k in KINDS if any(side.type == k for side in sides)), sides[0].type)
    return EAGER if kind == "tensorflow.Variable" else kind


def _is_plain(registry: Any, operator: str, left: Value, right: Value) -> bool:
    """Is it Python's own equality: with None in Keras 2, with anything in Keras 3?"""
    return NONE in (left, right) if registry.target == "keras2" else operator == "=="


def _shape(operator: str, a: Shape | Unknown, b: Shape | Unknown) -> Shape | Unknown | None:
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return NO_RANK
    return matrix_product(a, b) if operator == "@" else shapes.broadcast(a, b)


def _clash(operator: str, kind: str, a: Shape | Unknown, b: Shape | Unknown, sides: list[Tensor]) -> Clash:
    words: tuple[str, ...] = ()
    if kind == NDARRAY:
        words = ("mismatch in its core dimension",) if operator == "@" else ("operands could not be broadcast",)
    raises = ("ValueError", "InvalidArgumentError", "TypeError")
    return Clash("broadcast", raises, words, {"left": a, "right": b, "operator": operator, "tensors": sides})


def _of_table(registry: Any, operator: str, table: Thing, left: Value, right: Value) -> Value:
    """A table with a number, a row or a table: labels are aligned, so only where these agree is its shape kept."""
    other = right if table is left else left
    shape, theirs = array_shape(table), array_shape(other)
    kept = left == NONE or theirs == () or theirs == shape or isinstance(shape, tuple) and theirs == shape[1:]
    data = table.get("data")
    names = data.content if isinstance(data, Tensor) and kept else None
    rest = (Unknown("aligned rows"), Unknown("aligned columns"))
    dtype = "bool" if operator in COMPARING else None
    return Thing(FRAME, {"data": Tensor(shape if kept else rest, FRAME, dtype, names)})
