"""Accuracy counts hits, and measured values are never hit."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.findings import Place
from lstm_lint.trace import Called, Clashed

RULE = "accuracy-of-measures"


def accuracy_of_measures(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "silent-accuracy-of-measures"):
        return None
    told = (
        f"accuracy counts how often output and target are equal, and {written(fact(case, 'loss'))} brings numbers near"
    )
    told += " each other that never are"
    return claim(case, RULE, f"{told}; {says(case)}", hint='metrics=["mae"]', place=_compiled(case))


def _compiled(case: Case[Clashed]) -> Place | None:
    """Where the metrics of this model stand."""
    model, place = fact(case, "model"), None
    for each in case.trace.operations:
        if isinstance(each, Called) and each.callee == "compile" and each.receiver is model:
            place = next((argument.place for argument in each.arguments if argument.name == "metrics"), each.place)
    return place
