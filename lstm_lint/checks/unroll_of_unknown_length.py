"""unroll=True writes out one copy of the cell for each time step, so their number must be known."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "unroll-of-unknown-length"


def unroll_of_unknown_length(case: Case[Clashed]) -> Claim | None:
    layer, shape = layer_of(case), fact(case, "shape")
    if not is_kind(case, "unroll") or layer is None or not isinstance(shape, tuple):
        return None
    argument = layers.given(layers.inner(layer), "unroll")
    told = f"{layers.name(layer)} is to be unrolled, and gets {show_shape(shape)}: its number of time steps is open"
    hint = "Input(shape=(timesteps, features)) with a number, or leave unroll out"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
