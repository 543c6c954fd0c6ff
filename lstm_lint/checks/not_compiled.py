"""A model is trained or evaluated before `compile`, or with no loss."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "not-compiled"


def not_compiled(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "not-compiled", "no-loss"):
        return None
    lacks = "it was compiled without a loss" if is_kind(case, "no-loss") else "the model was never compiled"
    return claim(
        case, RULE, f"{fact(case, 'method')} needs a loss, and {lacks}; {says(case)}", hint="model.compile(loss=...)"
    )
