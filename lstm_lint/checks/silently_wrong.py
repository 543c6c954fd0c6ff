"""Keras runs it without a word, and it surely does not do what is written."""

from lstm_lint.checks.case import Case
from lstm_lint.checks.keras_raises import general
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "silently-wrong"


def silently_wrong(case: Case[Clashed]) -> Claim | None:
    return None if case.operation.clash.raises else general(case, RULE)
