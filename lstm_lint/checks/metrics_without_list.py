"""`metrics="accuracy"`, which Keras 2 took for a list of one."""

from lstm_lint.checks.case import Case, blamed, claim, is_kind, remedy, says
from lstm_lint.claims import Change, Claim
from lstm_lint.trace import Clashed

RULE = "metrics-without-list"


def metrics_without_list(case: Case[Clashed]) -> Claim | None:
    argument = blamed(case)
    if not is_kind(case, "metrics-not-a-list"):
        return None
    mended = None
    if argument is not None and argument.place is not None:
        change = Change(argument.place, "replace", ("metrics=[", argument.place, "]"))
        mended = remedy(case, "Make a list of it", change, at=case.operation.operation.place)
    place = argument.place if argument is not None else None
    message = f"metrics holds one metric where a list is wanted; {says(case)}"
    return claim(case, RULE, message, hint="metrics=[...]", place=place, remedy=mended)
