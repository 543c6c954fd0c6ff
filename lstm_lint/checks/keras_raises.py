"""What no other rule explains: Keras stops here, in its own words."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, layer_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "keras-raises"
WHAT = {
    "too-many-arguments": "more positional arguments than it takes",
    "repeated-argument": "an argument given twice, by place and by name",
    "class-for-layer": "a class where a layer is wanted: the parentheses are missing",
    "shape-not-a-tuple": "a number where a shape is wanted: write (n,)",
    "features-open": "the size of its last axis is open, and its weights need a number",
    "iterated": "a symbolic tensor cannot be unpacked or looped over",
    "split": "the parts of a split must be equal",
    "broadcast": "the shapes do not fit together",
}


def keras_raises(case: Case[Clashed]) -> Claim:
    clash = case.operation.clash
    layer, argument = layer_of(case), blamed(case)
    raised = " or ".join(clash.raises[:2]) or "an exception"
    who = layers.name(layer) if layer is not None else str(fact(case, "callee") or "").rsplit(".", 1)[-1]
    quoted = f', "{"... ".join(clash.words)}"' if clash.words else ""
    what = WHAT.get(clash.kind, clash.kind.replace("-", " "))
    return claim(
        case,
        RULE,
        f"{f'{who}: ' if who else ''}{what}{_shapes(case)}; {case.keras} raises {raised}{quoted}",
        place=argument.place if argument is not None else None,
        end=f"{case.keras} raises {raised}",
    )


def _shapes(case: Case[Clashed]) -> str:
    left, right = fact(case, "left"), fact(case, "right")
    if isinstance(left, tuple) and isinstance(right, tuple):
        return f", {show_shape(left)} and {show_shape(right)}"
    shape = fact(case, "shape")
    return f", {show_shape(shape)}" if isinstance(shape, tuple) else ""
