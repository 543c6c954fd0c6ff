"""Targets held against outputs, as the losses of each generation do it.

`meet` answers for one target, one output and one loss: they fit, they surely raise, or they run and are surely wrong
(stretched over each other). A loss that is not known here is not judged. Measured in Keras 2.15 and 3.15.
"""

from collections.abc import Callable
from typing import Literal, TypeAlias

from lstm_lint.library.keras.making import argument
from lstm_lint.library.registry import Registry
from lstm_lint.records import dataclass
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Symbol, Thing, Value, truth

Answer: TypeAlias = Literal["fits", "raises", "stretches", "unknown"]

SHORT = {
    "mse": "meansquarederror",
    "mae": "meanabsoluteerror",
    "mape": "meanabsolutepercentageerror",
    "msle": "meansquaredlogarithmicerror",
    "bce": "binarycrossentropy",
    "kld": "kldivergence",
    "kullbackleiblerdivergence": "kldivergence",
}
POINTWISE = (
    "meansquarederror",
    "meanabsoluteerror",
    "meanabsolutepercentageerror",
    "meansquaredlogarithmicerror",
    "huber",
    "logcosh",
    "poisson",
    "kldivergence",
    "hinge",
    "squaredhinge",
    "categoricalhinge",
    "cosinesimilarity",
)
"""Losses that go element by element, broadcasting as numpy does."""


@dataclass(frozen=True, eq=False)
class Loss:
    """`name` without underscores, lower case; `logits` whether it takes raw scores, None where that is not known."""

    name: str
    logits: bool | None
    given: Value


def loss_of(registry: Registry, value: Value) -> Loss | None:
    """The loss that `compile` was given for one output; None if it is none of Keras'."""
    match value:
        case Const(value=str() as text):
            return Loss(_plain(text), False, value)
        case Symbol(path=path) if path.startswith(("keras.losses.", "keras.metrics.")):
            return Loss(_plain(path.rsplit(".", 1)[-1]), False, value)
        case Thing(type=kind) if kind.startswith("keras.losses."):
            logits = argument(value, "from_logits")
            return Loss(_plain(kind.rsplit(".", 1)[-1]), False if logits == NONE else truth(logits), value)
    return None


def _plain(name: str) -> str:
    plain = name.replace("_", "").lower()
    return SHORT.get(plain, plain)


@dataclass(frozen=True)
class Meeting:
    """What came of it: `words` are those of Keras where it raises; the shapes are those that met in the end."""

    answer: Answer
    raises: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    target: Shape = ()
    output: Shape = ()


UNKNOWN = Meeting("unknown")
STRICT = {
    "rank": "must have the same rank (ndim)",
    "shape": "must have the same shape",
    "ndim": "must have rank (ndim) `target.ndim - 1`",
    "until": "must have the same shape up until the last dimension",
}


def meet(
    registry: Registry, loss: Loss, target: Shape | Unknown, output: Shape | Unknown, found: bool | None
) -> Meeting:
    """`found`: does Keras 2 find the raw scores behind the output?"""
    if isinstance(target, Unknown) or isinstance(output, Unknown) or not target or not output:
        return UNKNOWN
    keras2 = registry.target == "keras2"
    if loss.name == "sparsecategoricalcrossentropy":
        return _sparse2(target, output) if keras2 else _sparse3(target, output)
    if loss.name not in (*POINTWISE, "categoricalcrossentropy", "binarycrossentropy"):
        return UNKNOWN
    both = fitted(registry, target, output)
    if both is None:
        return UNKNOWN
    if loss.name in POINTWISE:
        return _pointwise(*both, keras2)
    if not keras2:
        return _strict3(*both)
    if loss.name == "categoricalcrossentropy":
        return _strict2(*both, ("Shapes", "are incompatible"))
    squeezed = len(both[1]) != len(output)
    return _binary2(loss, *both, False if squeezed else found)


def fitted(registry: Registry, target: Shape, output: Shape) -> tuple[Shape, Shape] | None:
    """Targets and outputs as Keras brings them to one rank; None where a size decides it that is not known."""
    return _fitted2(target, output) if registry.target == "keras2" else _fitted3(target, output)


def _fitted2(target: Shape, output: Shape) -> tuple[Shape, Shape] | None:
    """Keras 2 makes a column of labels for a matrix of outputs, then drops a last axis of 1 that is one too many."""
    if len(target) == 1 and len(output) == 2:
        target = (*target, 1)
    if len(output) == len(target) + 1:
        return _dropped(output, lambda kept: (target, kept), (target, output))
    if len(target) == len(output) + 1:
        return _dropped(target, lambda kept: (kept, output), (target, output))
    return target, output


def _fitted3(target: Shape, output: Shape) -> tuple[Shape, Shape] | None:
    """Keras 3 adds or drops a last axis of 1."""
    if len(target) == len(output) + 1:
        if len(output) == 1 and target[-1] == 1:
            return target, (*output, 1)
        return _dropped(target, lambda kept: (kept, output), (target, output))
    if len(output) == len(target) + 1:
        if len(target) == 1 and output[-1] == 1:
            return (*target, 1), output
        return _dropped(output, lambda kept: (target, kept), (target, output))
    return target, output


def _dropped(
    longer: Shape, kept: Callable[[Shape], tuple[Shape, Shape]], whole: tuple[Shape, Shape]
) -> tuple[Shape, Shape] | None:
    last = longer[-1]
    if isinstance(last, int):
        return kept(longer[:-1]) if last == 1 else whole
    return None


def _pointwise(target: Shape, output: Shape, keras2: bool) -> Meeting:
    answer = stretched(target, output)
    raises = ("ValueError", "InvalidArgumentError")
    return Meeting(answer, raises if answer == "raises" else (), (), target, output)


def stretched(left: Shape, right: Shape) -> Answer:
    """Do they broadcast, and is one of them stretched over the other?"""
    longest = max(len(left), len(right))
    ours, theirs = ((1,) * (longest - len(shape)) + shape for shape in (left, right))
    answers = [_axis(a, b) for a, b in zip(ours, theirs, strict=True)]
    return next((answer for answer in _ORDER if answer in answers), "fits")


_ORDER: tuple[Answer, ...] = ("raises", "unknown", "stretches")


def _axis(left: Dim, right: Dim) -> Answer:
    if left == 1 or right == 1:
        other = right if left == 1 else left
        if other is None or isinstance(other, Unknown):
            return "unknown"
        return "fits" if other == 1 else "stretches"
    answer = dims.same(left, right)
    if answer is None:
        return "fits" if left is right else "unknown"
    return "fits" if answer else "raises"


def _mismatch(target: Shape, output: Shape) -> bool | None:
    """Do two shapes of one rank surely differ (True), surely agree (False), or is that not known?"""
    answers = [a is b or dims.same(a, b) for a, b in zip(target, output, strict=True)]
    return True if False in answers else None if None in answers else False


def _strict3(target: Shape, output: Shape) -> Meeting:
    if len(target) != len(output):
        return Meeting("raises", ("ValueError",), (STRICT["rank"],), target, output)
    return _by_mismatch(target, output, target, output, STRICT["shape"])


def _strict2(target: Shape, output: Shape, words: tuple[str, ...]) -> Meeting:
    if len(target) != len(output) or _mismatch(target, output):
        return Meeting("raises", ("ValueError",), words, target, output)
    return Meeting("fits" if _mismatch(target, output) is False else "unknown", (), (), target, output)


def _by_mismatch(left: Shape, right: Shape, target: Shape, output: Shape, words: str) -> Meeting:
    differ = _mismatch(left, right)
    if differ:
        return Meeting("raises", ("ValueError",), (words,), target, output)
    return Meeting("fits" if differ is False else "unknown", (), (), target, output)


def _binary2(loss: Loss, target: Shape, output: Shape, found: bool | None) -> Meeting:
    """Against raw scores Keras 2 wants equal shapes; else it broadcasts."""
    strict = _strict2(target, output, ("`logits` and `labels` must have the same shape",))
    loose = _pointwise(target, output, True)
    if loss.logits or found:
        return strict
    if found is False and loss.logits is False or strict.answer == loose.answer:
        return loose
    return UNKNOWN


def _sparse3(target: Shape, output: Shape) -> Meeting:
    """One label for each row of scores."""
    both = _fitted3(target, output)
    if both is None:
        return UNKNOWN
    target, output = both
    if len(target) == len(output):
        if not isinstance(target[-1], int):
            return UNKNOWN
        if target[-1] == 1:
            target = target[:-1]
    if len(target) != len(output) - 1:
        return Meeting("raises", ("ValueError",), (STRICT["ndim"],), target, output)
    return _by_mismatch(target, output[:-1], target, output, STRICT["until"])


def too_few(loss: Loss, output: Shape | Unknown) -> bool:
    """Has it one unit, so that there is but one class?"""
    one = isinstance(output, tuple) and len(output) > 1 and output[-1] == 1
    return one and loss.name == "sparsecategoricalcrossentropy"


def _sparse2(target: Shape, output: Shape) -> Meeting:
    """Keras 2 lays labels and rows of scores flat: there must be as many."""
    labels, rows = dims.product(target[1:]), dims.product(output[1:-1])
    if len(output) > 1 and dims.same(labels, rows) is False:
        return Meeting("raises", ("InvalidArgumentError", "ValueError"), (), target, output)
    return Meeting("unknown", (), (), target, output)


def activation(layer: Thing | None) -> str | None:
    """The name of what a last layer ends in, `linear` for nothing; None where that is not known."""
    if layer is None or layer.type not in LAST:
        return None
    given = argument(layer, "activation")
    if given == NONE:
        return "linear"
    name = given.value if isinstance(given, Const) else given.path if isinstance(given, Symbol) else None
    return name.rsplit(".", 1)[-1] if isinstance(name, str) else None


LAST = ("keras.layers.Dense", "keras.layers.Activation")
CHANCES = ("sigmoid", "softmax")
CROSS = ("binarycrossentropy", "categoricalcrossentropy", "sparsecategoricalcrossentropy")


def keeps_logits(layer: Thing | None) -> bool | None:
    """Does Keras 2 find the raw scores behind what the layer gives: a sigmoid or softmax, with nothing behind it?"""
    if layer is not None and layer.type == "keras.layers.TimeDistributed":
        return False
    name = activation(layer)
    return None if name is None else name in CHANCES


def misread(registry: Registry, loss: Loss, layer: Thing | None, raw: bool = False) -> str | None:
    """Does the loss take scores for chances, or chances for scores? Keras 2 finds the scores behind the chances, but
    a `raw` loss of TensorFlow's own does not."""
    name = activation(layer)
    if loss.name not in CROSS or loss.logits is None or name is None:
        return None
    if loss.logits and name in CHANCES and (raw or registry.target == "keras3"):
        return "silent-chances-as-scores"
    return "silent-scores-as-chances" if name == "linear" and not loss.logits else None
