"""`compile` is given a name that Keras does not know, or one value where several are wanted."""

from difflib import get_close_matches

from lstm_lint.checks.case import Case, blamed, claim, fact, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "unknown-training-name"


def unknown_training_name(case: Case[Clashed]) -> Claim | None:
    kind, argument, value = case.operation.clash.kind, blamed(case), fact(case, "value")
    if kind == "metrics-not-a-list":
        told, hint = "metrics holds one metric where a list is wanted", "metrics=[...]"
    elif kind in ("unknown-optimizer", "unknown-loss", "unknown-metric"):
        close = get_close_matches(str(value), sorted(fact(case, "known") or ()), 1)
        told = f"{case.keras} knows no {kind.removeprefix('unknown-')} {value!r}"
        hint = f"{close[0]!r} is the nearest that it knows" if close else ""
    else:
        return None
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
