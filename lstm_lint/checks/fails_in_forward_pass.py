"""Keras 2 stops at the call, Keras 3 builds it all the same and stops when numbers go through."""

from lstm_lint.checks.case import Case, is_kind
from lstm_lint.checks.keras_raises import general
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "fails-in-forward-pass"
KINDS = ("features", "attention-ranks", "merge-widths")


def fails_in_forward_pass(case: Case[Clashed]) -> Claim | None:
    late = case.operation.clash.facts.get("stage") == "run"
    return general(case, RULE) if late or is_kind(case, *KINDS) else None
