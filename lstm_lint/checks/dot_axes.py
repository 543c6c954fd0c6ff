"""Dot multiplies along two axes, and they are of different sizes."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show, show_shape

RULE = "dot-axes"


def dot_axes(case: Case[Clashed]) -> Claim | None:
    layer, shapes, axes = layer_of(case), fact(case, "shapes"), fact(case, "axis")
    if not is_kind(case, "dot-axes") or layer is None or not shapes:
        return None
    sizes = [show(shape[axis]) for shape, axis in zip(shapes, axes, strict=True)]
    told = f"{layers.name(layer)} multiplies axis {axes[0]} of {show_shape(shapes[0])}, which has {sizes[0]} entries,"
    told += f" with axis {axes[1]} of {show_shape(shapes[1])}, which has {sizes[1]}"
    return claim(case, RULE, f"{told}; {says(case)}", hint="the axis of the features is -1, or 2", end=told)
