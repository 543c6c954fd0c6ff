"""Products of arrays, and what linear algebra and Fourier transforms leave of a shape."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, flag, integer, integers, positive
from lstm_lint.library.arrays import axes
from lstm_lint.library.arrays.shaping import data_of
from lstm_lint.library.arrays.spelling import given, made, parts, spelled
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tuple, Value, number


def matrix_product(left: Shape | Unknown, right: Shape | Unknown) -> Shape | Unknown | None:
    """`left @ right`: matrices in the last two axes, the rest broadcast. None: the inner sizes surely differ."""
    if isinstance(left, Unknown) or isinstance(right, Unknown) or not left or not right:
        return NO_RANK
    a, b = left if len(left) > 1 else (1, *left), right if len(right) > 1 else (*right, 1)
    if _differ(a[-1], b[-2]):
        return None
    batch = shapes.broadcast(a[:-2], b[:-2])
    if batch is None:
        return None
    rows = () if len(left) == 1 else (a[-2],)
    columns = () if len(right) == 1 else (b[-1],)
    return (*batch, *rows, *columns)


def _differ(one: Dim, other: Dim) -> bool:
    return isinstance(one, int) and isinstance(other, int) and one != other


def product(call: Call, left: Value, right: Value, shape: Shape | Unknown | None) -> Value:
    """The product, or the clash of its factors."""
    if shape is None:
        a, b = array_shape(left), array_shape(right)
        numpy = call.callee.startswith("numpy.") or call.receiver is not None
        words = ("not aligned",) if numpy and call.callee.endswith("dot") else ("mismatch in its core dimension",)
        raises = ("ValueError",) if numpy else ("ValueError", "InvalidArgumentError")
        facts = {"left": a, "right": b, "operator": "@", "tensors": [*parts(left), *parts(right)]}
        raise Clash("broadcast", raises, words if numpy else (), facts)
    return made(call, shape, left, right)


@spelled("np tf linalg ops", "matmul")
def matmul(_: Any, call: Call) -> Value:
    left, right = given(call, 0, "x1", "a"), given(call, 1, "x2", "b")
    a, b = array_shape(left), array_shape(right)
    turned = [_asked(call, 4 if "adjoint" in name else 2, name) for name in ("transpose_a", "adjoint_a")]
    other = [_asked(call, 5 if "adjoint" in name else 3, name) for name in ("transpose_b", "adjoint_b")]
    if any(turned) and not isinstance(a, Unknown) and len(a) > 1:
        a = axes.swapped(a, -1, -2) or NO_RANK
    if any(other) and not isinstance(b, Unknown) and len(b) > 1:
        b = axes.swapped(b, -1, -2) or NO_RANK
    return product(call, left, right, matrix_product(a, b))


def _asked(call: Call, index: int, name: str) -> bool:
    return flag(given(call, index, name, default=Const(False))) is True


@spelled("np nd ops K", "dot")
def dot(_: Any, call: Call) -> Value:
    """A matrix product; of higher ranks, each with each."""
    left, right = given(call, 0, "a", "x1", "x"), given(call, 1, "b", "x2", "y")
    a, b = array_shape(left), array_shape(right)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return made(call, None, left, right)
    if not a or not b:
        return made(call, a or b, left, right)
    if len(b) > 2:
        return product(call, left, right, None if _differ(a[-1], b[-2]) else (*a[:-1], *b[:-2], b[-1]))
    if len(b) == 1:
        return product(call, left, right, None if _differ(a[-1], b[0]) else a[:-1])
    return product(call, left, right, None if _differ(a[-1], b[0]) else (*a[:-1], *b[1:]))


@spelled("np ops", "inner vdot cross kron")
def not_followed(_: Any, call: Call) -> Value:
    """Of two rows a number; the rest is not followed."""
    left, right = given(call, 0, "a", "x1"), given(call, 1, "b", "x2")
    ranks = [len(s) if isinstance(s, tuple) else None for s in map(array_shape, (left, right))]
    number = ranks == [1, 1] and call.callee.endswith(("inner", "vdot"))
    return made(call, () if number else None, left, right)


@spelled("np ops", "outer")
def outer(_: Any, call: Call) -> Value:
    left, right = given(call, 0, "a", "x1"), given(call, 1, "b", "x2")
    a, b = array_shape(left), array_shape(right)
    known = not isinstance(a, Unknown) and not isinstance(b, Unknown)
    return made(call, (dims.product(a), dims.product(b)) if known else None, left, right)  # type: ignore[arg-type]


@spelled("np tf ops linalg", "tensordot")
def tensordot(_: Any, call: Call) -> Value:
    """Without the axes summed over: an int takes the last of one and the first of the other."""
    left, right = given(call, 0, "a", "x1"), given(call, 1, "b", "x2")
    a, b = array_shape(left), array_shape(right)
    over = given(call, 2, "axes", default=Const(2))
    count = integer(over)
    if isinstance(a, Unknown) or isinstance(b, Unknown):
        return made(call, None, left, right)
    if count is not None:
        return made(call, (*a[: len(a) - count], *b[count:]), left, right)
    pair = over.items if isinstance(over, Tuple) else getattr(over, "fields", {}).get("items")
    sides = [integers(each) for each in pair] if isinstance(pair, tuple) and len(pair) == 2 else [None]
    if None in sides:
        return made(call, None, left, right)
    rest = [shapes.without(shape, side or ()) for shape, side in zip((a, b), sides, strict=True)]
    return made(call, (*rest[0], *rest[1]) if rest[0] is not None and rest[1] is not None else None, left, right)


@spelled("np tf ops linalg", "einsum")
def einsum(_: Any, call: Call) -> Value:
    """The letters behind the arrow, each with the size it has before it."""
    words = given(call, 0, "subscripts", "equation")
    factors = [each.value for each in call.positional()[1:]]
    text = words.value.replace(" ", "") if isinstance(words, Const) and isinstance(words.value, str) else ""
    terms, arrow, result = text.partition("->")
    sizes: dict[str, Dim] = {}
    for letters, factor in zip(terms.split(","), factors, strict=False):
        shape = array_shape(factor)
        if isinstance(shape, Unknown) or len(shape) != len(letters) or "." in letters:
            return made(call, None, *factors)
        for letter, dim in zip(letters, shape, strict=True):
            sizes[letter] = shapes.agreed(sizes.get(letter), dim)
    known = bool(arrow) and all(letter in sizes for letter in result)
    return made(call, tuple(sizes[letter] for letter in result) if known else None, *factors)


@spelled("K", "batch_dot")
def batch_dot(_: Any, call: Call) -> Value:
    """(batch, n, k) and (batch, k, m) over one axis each -> (batch, n, m)."""
    left, right = given(call, 0, "x"), given(call, 1, "y")
    a, b = array_shape(left), array_shape(right)
    over = integers(given(call, 2, "axes"))
    if isinstance(a, Unknown) or isinstance(b, Unknown) or not 1 < len(a) <= 3 or not 1 < len(b) <= 3:
        return made(call, None, left, right)
    one, other = (over * 2)[:2] if over else (len(a) - 1, max(1, len(b) - 2))
    mine, theirs = positive(one, len(a)), positive(other, len(b))
    rest = [*(d for i, d in enumerate(a) if i != mine), *(d for i, d in enumerate(b) if i not in (0, theirs))]
    return made(call, tuple(rest) if len(rest) > 1 else (rest[0], 1), left, right)


@spelled("np ops tf", "diag linalg.diag linalg.tensor_diag")
def diag(_: Any, call: Call) -> Value:
    """A row becomes a square, a square its diagonal."""
    data, shape = data_of(call)
    known = not isinstance(shape, Unknown) and len(shape) == 1 and len(call.arguments) == 1
    return made(call, (shape[0], shape[0]) if known else None, data)  # type: ignore[index]


@spelled("np nd ops tf linalg", "trace linalg.det det")
def number_of(_: Any, call: Call) -> Value:
    """Of the last two axes; numpy's trace and that of keras.ops are of the first two."""
    data, shape = data_of(call)
    if isinstance(shape, Unknown) or len(shape) < 2:
        return made(call, None, data)
    if call.callee.endswith("trace") and not call.callee.startswith("tensorflow."):
        return made(call, shape[2:] if len(call.arguments) == 1 else None)
    return made(call, shape[:-2], data)


@spelled("np ops tf", "linalg.inv linalg.pinv linalg.cholesky linalg.matrix_power")
@spelled("linalg ops", "inv cholesky")
def square(_: Any, call: Call) -> Value:
    data, shape = data_of(call)
    turned = call.callee.endswith("pinv") and not isinstance(shape, Unknown)
    return made(call, axes.swapped(shape, -1, -2) if turned else shape, data)  # type: ignore[arg-type]


@spelled("np", "cov corrcoef")
def correlated(_: Any, call: Call) -> Value:
    """(variables, observations) -> (variables, variables)."""
    _data, shape = data_of(call)
    known = not isinstance(shape, Unknown) and len(shape) == 2 and len(call.arguments) == 1
    return made(call, (shape[0], shape[0]) if known else None)  # type: ignore[index]


@spelled("np", "fft.fft fft.ifft fft.rfft fft.fft2 fft.ifft2 fft.fftshift fft.fftfreq fft.rfftfreq")
def transformed(_: Any, call: Call) -> Value:
    """The same shape; of real input half the axis and one."""
    _data, shape = data_of(call)
    name, count = call.callee.rpartition(".")[2], given(call, 1, "n")
    if name.endswith("freq"):
        whole = number(given(call, 0, "n"))
        return made(call, (dims.add(dims.divide(whole, 2), 1) if name == "rfftfreq" else whole,))
    if name in ("fft2", "ifft2", "fftshift"):
        return made(call, shape if name == "fftshift" or len(call.arguments) == 1 else None)
    axis = integer(given(call, 2, "axis", default=Const(-1)))
    if isinstance(shape, Unknown) or axis is None or positive(axis, len(shape)) is None:
        return made(call, None)
    size = shape[axis] if count == NONE else number(count)
    return made(call, axes.replaced(shape, axis, dims.add(dims.divide(size, 2), 1) if name == "rfft" else size))
