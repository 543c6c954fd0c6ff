"""EinsumDense: an equation tells which axes of the input meet which of the kernel."""

import re

from lstm_lint.library.arguments import NO_RANK, as_shape
from lstm_lint.library.keras.calling import BUILT, LayerCall
from lstm_lint.library.keras.late import leave, meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.otherwise import told
from lstm_lint.library.keras.weights import Weight
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.records import dataclass
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Thing, Value

EINSUM = "keras.layers.EinsumDense"
FORMS = (
    (r"([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)", ""),
    (r"0([a-zA-Z]+),([a-zA-Z]+)->0([a-zA-Z]+)", "left"),
    (r"([a-zA-Z]{2,})0,([a-zA-Z]+)->([a-zA-Z]+)0", "right"),
)
"""As Keras matches them, and where the ellipsis stands."""


FAILS = ("InvalidArgumentError", "ValueError")


@dataclass(frozen=True, slots=True)
class Equation:
    """The letters of input, kernel and output."""

    given: str
    kernel: str
    result: str
    ellipsis: str


@dataclass(frozen=True, slots=True)
class Found:
    kernel: Shape
    bias: Shape | None
    output: Shape
    told: Shape
    """The output as `output_shape` tells it, axes left out the other way round: in Keras 3 the symbolic one."""


def parsed(text: str) -> Equation:
    for form, ellipsis in FORMS:
        match = re.match(form, text.replace("...", "0"))
        if match:
            return Equation(match[1], match[2], match[3], ellipsis)
    raise Clash("einsum", ("ValueError",), ("Invalid einsum equation",))


def analyze(equation: Equation, axes: str | None, target: Shape, shape: Shape) -> Found:
    """The weights and the output, as Keras works them out. Raises Clash where it does."""
    left, elided = equation.ellipsis == "left", len(shape) - len(equation.given)
    told = [shape[0], *target]
    if elided > 0 and left:
        told[1:1] = reversed(shape[1:elided])
    elif elided > 0:
        told += shape[len(shape) - elided :]
    start = max(elided, 0) if left else 0
    if elided < 0 or any(start + i >= len(told) for i in range(len(equation.result))):
        raise Clash("einsum", ("IndexError", "ValueError"), ())
    ours = {letter: shape[start + i] for i, letter in enumerate(equation.given)}
    theirs = {letter: told[start + i] for i, letter in enumerate(equation.result)}
    _check_letters(equation, ours, theirs, axes)
    kernel = tuple(ours[each] if each in ours else theirs[each] for each in equation.kernel)
    output = [ours.get(letter, size) for letter, size in theirs.items()]
    front, behind = _around(equation, shape)
    return Found(kernel, _bias(equation, theirs, axes, 0 if left else elided), (*front, *output, *behind), tuple(told))


def _around(equation: Equation, shape: Shape) -> tuple[Shape, Shape]:
    """What the dots stand for, in front or behind."""
    elided = len(shape) - len(equation.given)
    if elided <= 0 or not equation.ellipsis:
        return (), ()
    return (shape[:elided], ()) if equation.ellipsis == "left" else ((), shape[-elided:])


def _check_letters(equation: Equation, ours: dict[str, Dim], theirs: dict[str, Dim], axes: str | None) -> None:
    for letter, size in ours.items():
        other = theirs.get(letter)
        if other is not None and (size is None or dims.same(size, other) is False):
            words = ("do not match at shared dimension", f"'{letter}'")
            raise Clash("einsum", ("ValueError",), words, {"expected": other, "found": size})
    if any(letter not in ours and letter not in equation.kernel for letter in theirs):
        raise Clash("einsum", ("ValueError",), ("has no corresponding dim in the input",))
    if any(letter not in ours and letter not in theirs for letter in equation.kernel):
        raise Clash("einsum", ("ValueError",), ("did not have a match in either",))
    if any(letter not in theirs for letter in axes or ""):
        raise Clash("einsum", ("ValueError",), ("was requested, but is not part of the output spec",))


def _bias(equation: Equation, theirs: dict[str, Dim], axes: str | None, behind: int) -> Shape | None:
    if not axes:
        return None
    first = min(equation.result.index(letter) for letter in axes)
    sizes = tuple(theirs[letter] if letter in axes else 1 for letter in equation.result[first:])
    return (*sizes, *(1,) * behind)


def _known(held: Thing) -> tuple[Equation, str | None, Shape] | None:
    """The equation, the bias axes and the output shape, where all are written out."""
    text, axes, target = (argument(held, name) for name in ("equation", "bias_axes", "output_shape"))
    shape = as_shape(target)
    if not isinstance(text, Const) or not isinstance(text.value, str) or isinstance(shape, Unknown):
        return None
    several = listed(axes)
    letters: tuple[Value, ...] = several if several is not None else () if axes == NONE else (axes,)
    if not all(isinstance(each, Const) for each in letters):
        return None
    biased = [each.value for each in letters if isinstance(each, Const)]
    if not all(isinstance(each, str) for each in biased):
        raise Clash("einsum", ("TypeError",), ())
    return parsed(text.value), "".join(biased) or None, shape


@layer(EINSUM)
def einsum_dense(call: LayerCall) -> Value:
    """The sizes of the letters behind the arrow."""
    shape = call.input.shape
    try:
        known = _known(call.layer)
        if known is None or isinstance(shape, Unknown) or not shape:
            return call.of(NO_RANK)
        found = _built(call, known) or analyze(*known, shape)
    except Clash as clash:
        raise call.clash(clash.kind, clash.words, clash.raises, **clash.facts) from None
    if None in found.kernel and call.building:
        raise call.clash("features-open", ())
    letters = known[0].given
    other_rank = not known[0].ellipsis and len(shape) != len(letters)
    if other_rank:
        unlike = dims.same(shape[len(letters) - 1], shape[-1]) is False
        if not call.keras3 or unlike or not _multiplies(known[0]):
            late = "run" if call.keras3 and call.symbolic else "call"
            meet(call, call.clash("einsum-rank", (), FAILS, expected=len(letters), found=len(shape), stage=late))
        elif not call.symbolic:
            return call.of(NO_RANK if found.bias else _multiplied(found, shape))
    if not call.keras3 or not call.symbolic:
        return call.give(*found.output)
    if other_rank and found.bias:
        leave(call)
    return told(call, call.give(*found.told), _multiplied(found, shape) if other_rank else found.output)


def _built(call: LayerCall, known: tuple[Equation, str | None, Shape]) -> Found | None:
    """Keras 2 computes with the kernel that it made, and asks for no output shape again."""
    equation, shape, before = known[0], call.input.shape, call.layer.get(BUILT)
    if call.keras3 or not isinstance(before, tuple) or not isinstance(shape, tuple) or len(before) != len(shape):
        return None
    made = analyze(*known, before)
    front, behind = _around(equation, shape)
    sizes = dict(zip(equation.kernel, made.kernel, strict=True))
    sizes |= dict(zip(equation.given, shape[len(front) :], strict=False))
    output = (*front, *map(sizes.get, equation.result), *behind)
    fits = made.bias is None or shapes.broadcast(made.bias, output) == output
    return Found(made.kernel, made.bias, output, made.told) if fits else None


def _multiplied(found: Found, shape: Shape) -> Shape:
    """Of a product of matrices: the last axis meets the first of the kernel."""
    return (*shape[:-1], *found.kernel[1:])


def _multiplies(equation: Equation) -> bool:
    """Does Keras 3 multiply matrices for it, and look at no more than the last axis?"""
    given, last = equation.given, equation.given[-1]
    new = equation.kernel.replace(last, "")
    plain = len(given) in (2, 3) and len(equation.kernel) == 2 and len(new) == 1
    return len(given) == 2 and equation.kernel == last or plain and equation.result == given[:-1] + new


@weights(EINSUM)
def einsum_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """kernel, bias."""
    try:
        known = _known(held)
        if known is None:
            return None
        found = analyze(*known, shape)
    except Clash:
        return None
    bias = [Weight("bias", found.bias)] if found.bias is not None else []
    return [Weight("kernel", found.kernel), *bias]
