"""Query and keys of an attention layer do not fit together."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "attention-shapes"


def attention_shapes(case: Case[Clashed]) -> Claim | None:
    layer, left, right = layer_of(case), fact(case, "left"), fact(case, "right")
    if not is_kind(case, "attention-widths", "attention-ranks") or layer is None:
        return None
    name = layers.name(layer)
    if isinstance(left, tuple) and isinstance(right, tuple):
        told = f"{name} multiplies the query {show_shape(left)} with the keys {show_shape(right)}"
        told += f": {left[-1]} features against {right[-1]}"
        hint = "a Dense layer brings query and keys to one width"
    else:
        told = f"{name} gets a query of {fact(case, 'found')} axes, and values of {fact(case, 'expected')}"
        hint = "return_sequences=True keeps the time axis; RepeatVector(1) gives a vector one step"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
