"""A reshape that would need more or fewer elements than there are."""

from lstm_lint.checks.case import Case, claim, fact, is_kind
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values import dims
from lstm_lint.values.value import show, show_shape

RULE = "impossible-reshape"


def impossible_reshape(case: Case[Clashed]) -> Claim | None:
    shape, target = fact(case, "shape"), fact(case, "target")
    if not is_kind(case, "reshape") or not isinstance(shape, tuple) or not isinstance(target, tuple):
        return None
    inner = shape[1:] if fact(case, "layer") is not None else shape
    have, want = dims.product(inner), dims.product([dim for dim in target if dim != -1])
    per = " of each sample" if fact(case, "layer") is not None else ""
    count = f"a multiple of {show(want)}" if -1 in target else show(want)
    return claim(
        case,
        RULE,
        f"{show_shape(inner)}{per} holds {show(have)} elements, and {show_shape(target)} needs {count}",
        end=f"{show_shape(inner)} -> {show_shape(target)}",
    )
