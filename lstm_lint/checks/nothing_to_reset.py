"""`reset_states` of a layer that keeps no states, or with arguments that it does not take."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "nothing-to-reset"


def nothing_to_reset(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "not-stateful", "reset-to-states") or layer is None:
        return None
    if is_kind(case, "not-stateful"):
        told = f"this {layers.name(layer)} is not stateful: it starts each batch anew, and has nothing to reset"
        hint = "stateful=True keeps the states from batch to batch"
    else:
        told, hint = "reset_states takes no states in Keras 3", "layer.initialize_state, or initial_state in the call"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
