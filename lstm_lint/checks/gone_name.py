"""A module, class or function that this generation does not have."""

from lstm_lint.checks.case import Case, claim, fact, is_kind
from lstm_lint.checks.names import instead
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "gone-name"


def gone_name(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "name-gone"):
        return None
    path = fact(case, "path")
    now = instead(path)
    message = f"{case.keras} has no `{path}`" + (f": {now} stands for it" if now else "")
    return claim(case, RULE, message, hint="" if now else f"nothing of that name is in {case.keras} or beside it")
