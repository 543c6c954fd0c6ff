"""A call lacks an argument that has no default."""

from lstm_lint.checks.case import Case, claim, fact, is_kind
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "missing-argument"


def missing_argument(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "missing-argument"):
        return None
    callee, name = fact(case, "callee").rsplit(".", 1)[-1], fact(case, "name")
    return claim(case, RULE, f"{callee} needs `{name}`, which has no default, and is called without it")
