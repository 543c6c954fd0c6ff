"""Keras 3 starts a GRU from the first state that it is given, and lets the others lie."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "surplus-initial-state"


def surplus_initial_state(case: Case[Clashed]) -> Claim | None:
    layer, argument = layer_of(case), blamed(case)
    if not is_kind(case, "silent-state-count") or layer is None:
        return None
    shapes = ", ".join(show_shape(each.shape) for each in fact(case, "states") or () if isinstance(each, Tensor))
    name, expected, found = layers.text(layer), fact(case, "expected"), fact(case, "found")
    told = f"{name} starts from {expected} state, and is given {found}: {shapes}; it takes the first"
    place = argument.place if argument is not None else None
    hint = "an LSTM gives and takes two states, a GRU one"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
