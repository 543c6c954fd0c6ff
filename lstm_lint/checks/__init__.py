"""The rules: each looks at one operation of a trace and makes a claim about it, or stays silent."""

from collections.abc import Iterable, Mapping
from typing import Any

from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.findings import Target
from lstm_lint.trace import Called, Clashed, NameUnbound, Operation, Trace


def judge(trace: Trace, target: Target) -> list[Claim]:
    """All claims about a trace; what is met on several ways through the program is said once."""
    loud = [operation for operation in trace.operations if not operation.quiet]
    rules = _rules(loud)
    claims: dict[tuple[str, object], Claim] = {}
    for operation in loud:
        checks = rules.get(type(operation), ())
        for case in _cases(Case(operation, trace, target)) if checks else ():
            claim = next((claim for check in checks if (claim := check(case)) is not None), None)
            if claim is not None:
                claims.setdefault((claim.rule, claim.place.node), claim)
    return list(claims.values())


def _rules(operations: list[Operation]) -> Mapping[type[Operation], Any]:
    """Most programs are right, and need not load the rules for those that are not."""
    if any(isinstance(each, Clashed | NameUnbound) for each in operations):
        from lstm_lint.checks.order import CHECKS

        return CHECKS
    from lstm_lint.checks.calls import CALLS

    return {Called: CALLS}


def _cases(case: Case[Any]) -> Iterable[Case[Any]]:
    if not isinstance(case.operation, Clashed):
        return (case,)
    from lstm_lint.checks.keywords import one_by_one

    return one_by_one(case)
