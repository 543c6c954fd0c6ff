"""Two layers of one model bear the same name."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "repeated-name"


def repeated_name(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "name-twice"):
        return None
    layer, name = layer_of(case), fact(case, "name")
    argument = layers.given(layer, "name") if layer is not None else None
    told = f"two layers of this model bear the name {name!r}"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint="each name is there once", place=place, end=told)
