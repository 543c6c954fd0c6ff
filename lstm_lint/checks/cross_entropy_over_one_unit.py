"""A loss that shares out 1 among the classes, and there is only one: it is 0 whatever the weights are."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "cross-entropy-over-one-unit"


def cross_entropy_over_one_unit(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "silent-one-class") or layer is None:
        return None
    return claim(
        case,
        RULE,
        f"{written(fact(case, 'loss'))} over the one unit of this {layers.name(layer)} is 0, whatever comes in; {says(case)}",
        hint="binary_crossentropy for two classes with one unit, or one unit for each class",
        place=layers.made_at(layer),
    )
