"""The rules: each looks at one operation of a trace and makes a claim about it, or stays silent."""

from collections.abc import Iterable
from typing import Any

from lstm_lint.checks.case import Case
from lstm_lint.checks.order import ORDER, check
from lstm_lint.claims import Claim
from lstm_lint.findings import Target
from lstm_lint.trace import Clashed, Trace


def judge(trace: Trace, target: Target) -> list[Claim]:
    """All claims about a trace; what is met on several ways through the program is said once."""
    claims: dict[tuple[str, object], Claim] = {}
    for operation in trace.operations:
        names = () if operation.quiet else ORDER.get(type(operation), ())
        for case in _cases(Case(operation, trace, target)) if names else ():
            claim = next((claim for name in names if (claim := check(name)(case)) is not None), None)
            if claim is not None:
                claims.setdefault((claim.rule, claim.place.node), claim)
    return list(claims.values())


def _cases(case: Case[Any]) -> Iterable[Case[Any]]:
    if not isinstance(case.operation, Clashed):
        return (case,)
    from lstm_lint.checks.keywords import one_by_one

    return one_by_one(case)
