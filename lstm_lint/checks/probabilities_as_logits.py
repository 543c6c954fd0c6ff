"""The loss is told that it gets raw scores, and gets what a softmax or sigmoid made of them."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "probabilities-as-logits"


def probabilities_as_logits(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "silent-chances-as-scores") or layer is None:
        return None
    name, loss, own = fact(case, "activation"), written(fact(case, "loss")), fact(case, "function")
    told = f"tf.nn.{own}" if own else f"{loss} with from_logits=True"
    return claim(
        case,
        RULE,
        f"this {layers.name(layer)} ends in {name}, and {told} does that once more; {says(case)}",
        hint=f"leave out {name}" + ("" if own else ", or from_logits=True"),
        place=layers.made_at(layer),
    )
