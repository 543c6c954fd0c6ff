"""A name is read that nothing in the file can bind."""

from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.trace import NameUnbound

RULE = "name-bound-nowhere"


def name_bound_nowhere(case: Case[NameUnbound]) -> Claim:
    read = case.operation
    message = f"`{read.name}` is bound nowhere: no assignment, import or definition in this file gives it a value"
    return Claim(RULE, read.place, message)
