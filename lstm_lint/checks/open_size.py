"""The open axis of a symbolic tensor, which is None, is used as a number."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "open-size"


def open_size(case: Case[Clashed]) -> Claim | None:
    return _of_a_weight(case) if is_kind(case, "open-weight") else _of_a_number(case)


def _of_a_weight(case: Case[Clashed]) -> Claim:
    shape = show_shape(fact(case, "shape"))
    told = f"this weight is to be {shape}, and one of its sizes is left open"
    hint = "a size that is left open in the Input, or in the data, cannot be that of a weight"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)


def _of_a_number(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "open-size"):
        return None
    used = fact(case, "operator")
    where = f"`{used}`" if used else str(fact(case, "function")).rsplit(".", 1)[-1]
    told = f"this axis of the symbolic tensor is left open, its size is None, and {where} wants a number"
    hint = "tf.shape(x)[0] in Keras 2, or keras.ops.shape(x)[0] within a layer, is the size when it runs"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
