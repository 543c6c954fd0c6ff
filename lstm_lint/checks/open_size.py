"""The open axis of a symbolic tensor, which is None, is used as a number."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "open-size"


def open_size(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "open-size"):
        return None
    used = fact(case, "operator")
    where = f"`{used}`" if used else str(fact(case, "function")).rsplit(".", 1)[-1]
    told = f"this axis of the symbolic tensor is left open, its size is None, and {where} wants a number"
    hint = "tf.shape(x)[0] in Keras 2, or keras.ops.shape(x)[0] within a layer, is the size when it runs"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
