"""A call lacks an argument that has no default."""

from lstm_lint.checks.case import Case, claim, fact, is_kind
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "missing-argument"


def missing_argument(case: Case[Clashed]) -> Claim | None:
    callee, name = fact(case, "callee"), fact(case, "name")
    if not is_kind(case, "missing-argument") or not callee or not name:
        return None
    callee = callee.rsplit(".", 1)[-1]
    return claim(case, RULE, f"{callee} needs `{name}`, which has no default, and is called without it")
