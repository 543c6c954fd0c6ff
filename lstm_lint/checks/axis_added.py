"""Keras adds a last axis to the data by itself, and they are no longer what the model was declared for."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "axis-added"


def axis_added(case: Case[Clashed]) -> Claim | None:
    declared, shape = fact(case, "expected"), fact(case, "shape")
    if not is_kind(case, "silent-axis-added") or not isinstance(declared, tuple) or not isinstance(shape, tuple):
        return None
    got = show_shape((*shape, 1))
    return claim(
        case,
        RULE,
        f"the model takes {show_shape(declared)}, and Keras reads {show_shape(shape)} as {got}, its rows as samples; {says(case)}",
        hint="data[np.newaxis] puts the batch axis in front of a single sample",
        end=f"{show_shape(shape)} is read as {got}",
    )
