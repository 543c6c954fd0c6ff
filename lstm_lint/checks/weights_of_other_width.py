"""A layer whose weights were made for one number of features is called on another."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "weights-of-other-width"


def weights_of_other_width(case: Case[Clashed]) -> Claim | None:
    layer, expected, found = layer_of(case), fact(case, "expected"), fact(case, "found")
    if not is_kind(case, "features", "axis-size") or layer is None or not isinstance(expected, int):
        return None
    shape = fact(case, "shape")
    got = f", {show_shape(shape)}" if isinstance(shape, tuple) else ""
    told = f"the weights of this {layers.name(layer)} are for {expected} features, and here it gets {found}{got}"
    return claim(
        case,
        RULE,
        f"{told}; {says(case)}",
        hint="a layer that is called twice shares its weights: make a second one for the other width",
        end=f"{layers.text(layer)}: built for {expected} features, gets {found}",
    )
