"""Arrays given as weights are of another number or shape than the layer's own."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "wrong-weights"


def wrong_weights(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "weight-count", "weight-shape", "weights-shape") or layer is None:
        return None
    name, expected, found = layers.text(layer), fact(case, "expected"), fact(case, "found")
    own = ", ".join(f"{each.name} {show_shape(each.shape)}" for each in fact(case, "weights") or ())
    if is_kind(case, "weight-count"):
        told = f"{name} holds {expected} weights, and is given {found}"
    else:
        told = (
            f"{fact(case, 'name') or 'the table'} of {name} is {show_shape(expected)}, and is given {show_shape(found)}"
        )
    return claim(case, RULE, f"{told}; {says(case)}", hint=f"in order: {own}" if own else "", end=told)
