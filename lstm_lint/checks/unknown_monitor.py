"""A callback watches a metric that the model does not have."""

from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "unknown-monitor"


def unknown_monitor(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "unknown-monitor"):
        return None
    argument, known = blamed(case), fact(case, "known") or ()
    names = ", ".join(repr(each) for each in ("loss", *known))
    told = f"{fact(case, 'callback')} watches {fact(case, 'value')!r}, and this model has {names}"
    hint = "beside each of them the same with val_ before it, where there is validation data"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
