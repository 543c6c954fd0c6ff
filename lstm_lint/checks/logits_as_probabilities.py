"""The loss takes what it gets for probabilities, and gets raw scores."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "logits-as-probabilities"


def logits_as_probabilities(case: Case[Clashed]) -> Claim | None:
    layer, loss = layer_of(case), str(fact(case, "loss"))
    if not is_kind(case, "silent-scores-as-chances") or layer is None:
        return None
    name = "sigmoid" if loss == "binarycrossentropy" else "softmax"
    return claim(
        case,
        RULE,
        f"this {layers.name(layer)} gives raw scores, and {written(loss)} takes them for probabilities; {says(case)}",
        hint=f"activation={name!r} in the last layer, or a loss with from_logits=True",
        place=layers.made_at(layer),
    )
