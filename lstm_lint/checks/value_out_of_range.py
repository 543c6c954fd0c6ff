"""A label or an index of a word is beyond what the model has units, columns or rows for."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "value-out-of-range"


def value_out_of_range(case: Case[Clashed]) -> Claim | None:
    layer, size, greatest = layer_of(case), fact(case, "size"), fact(case, "greatest")
    if not is_kind(case, "value-out-of-range"):
        return None
    if layer is not None:
        told = f"the data hold the index {greatest}, and this {layers.name(layer)} has rows for 0 to {size - 1}"
        hint = f"indices up to {greatest} want input_dim={greatest + 1}"
    else:
        held = "columns" if fact(case, "what") == "to_categorical" else "units"
        told = f"the labels go from {fact(case, 'least')} to {greatest}, and {size} {held} stand for the classes 0 to"
        told += f" {size - 1}"
        hint = f"count from 0: subtract {fact(case, 'least')}" if fact(case, "least") else f"{greatest + 1} {held}"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
