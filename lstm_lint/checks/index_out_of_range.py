"""A subscript goes beyond an axis, or names more axes than there are."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "index-out-of-range"


def index_out_of_range(case: Case[Clashed]) -> Claim | None:
    shape = show_shape(fact(case, "shape") or ())
    if is_kind(case, "index-out-of-range"):
        index, axis, size = fact(case, "index"), fact(case, "axis"), fact(case, "size")
        told = f"there is no index {index} along axis {axis} of {shape}, which has {size}"
    elif is_kind(case, "too-many-indices"):
        told = f"{fact(case, 'found')} indices for the {fact(case, 'expected')} axes of {shape}"
    else:
        return None
    return claim(case, RULE, f"{told}; {says(case)}", end=told)
