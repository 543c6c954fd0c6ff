"""A model is trained or evaluated before `compile`, or with no loss."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Called, Clashed, Trace

RULE = "not-compiled"


def not_compiled(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "not-compiled", "no-loss"):
        return None
    if is_kind(case, "no-loss") and _adds_loss(case.trace):
        return None
    lacks = "it was compiled without a loss" if is_kind(case, "no-loss") else "the model was never compiled"
    return claim(
        case, RULE, f"{fact(case, 'method')} needs a loss, and {lacks}; {says(case)}", hint="model.compile(loss=...)"
    )


def _adds_loss(trace: Trace) -> bool:
    """Does a layer of the program bring a loss of its own?"""
    return any(isinstance(each, Called) and each.callee.endswith("add_loss") for each in trace.operations)
