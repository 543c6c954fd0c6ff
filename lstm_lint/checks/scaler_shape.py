"""A scaler of scikit-learn takes tables of the width that it was fitted on."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "scaler-shape"


def scaler_shape(case: Case[Clashed]) -> Claim | None:
    shape = fact(case, "shape")
    if not is_kind(case, "scaler-rank", "scaler-width"):
        return None
    name = str(fact(case, "scaler") or "the scaler").rsplit(".", 1)[-1]
    got = f": {show_shape(shape)}" if isinstance(shape, tuple) else ""
    if is_kind(case, "scaler-rank"):
        told = f"{name} takes a table of 2 axes, and gets {fact(case, 'found')}{got}"
        hint = "scale the table before it is cut into windows, or reshape(-1, features) and back"
    else:
        told = f"{name} was fitted on {fact(case, 'expected')} columns, and gets {fact(case, 'found')}{got}"
        hint = "a scaler of its own for the target column"
    return claim(case, RULE, f"{told}; {_raised(case)}", hint=hint, end=told)


def _raised(case: Case[Clashed]) -> str:
    return says(case).replace(case.keras, "scikit-learn", 1)
