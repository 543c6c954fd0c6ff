"""Another number of targets, losses or names than the model has outputs."""

from lstm_lint.checks.case import Case, claim, fact, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "wrong-number-of-targets"
WHAT = {
    "target-count": "the model has {expected} outputs, and gets {found} targets",
    "target-missing": "a loss is to be computed, and there are no targets",
    "loss-names": "the outputs are called {expected}, and the losses are for {found}",
    "loss-weights": "there are {expected} losses, and {found} weights for them",
}


def wrong_number_of_targets(case: Case[Clashed]) -> Claim | None:
    words = WHAT.get(case.operation.clash.kind)
    if words is None:
        return None
    told = words.format(expected=_told(fact(case, "expected")), found=_told(fact(case, "found")))
    return claim(case, RULE, f"{told}; {says(case)}", end=told)


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
