"""Keras 3 hands a mask on by itself only to a layer that gets one tensor: with initial_state it gets more."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Thing

RULE = "mask-beside-states"


def mask_beside_states(case: Case[Clashed]) -> Claim | None:
    layer, maker = layer_of(case), fact(case, "maker")
    if not is_kind(case, "silent-mask-beside-states") or layer is None or not isinstance(maker, Thing):
        return None
    made = "Embedding(mask_zero=True)" if layers.name(maker) == "Embedding" else layers.text(maker)
    told = f"{layers.name(layer)} is given initial_state, and so does not get the mask of {made}"
    hint = "pass it by hand: mask=embedding.compute_mask(tokens)"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
