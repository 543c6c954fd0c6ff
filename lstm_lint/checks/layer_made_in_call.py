"""A layer with weights is made within `call`: each call makes new ones."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "layer-made-in-call"


def layer_made_in_call(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "layer-made-in-call") or layer is None:
        return None
    told = f"{layers.text(layer)} is made in `call` of {fact(case, 'cls')}: each call makes it anew, with new weights"
    hint = "make it in `__init__`, and call it in `call`"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=layers.made_at(layer), end=says(case))
