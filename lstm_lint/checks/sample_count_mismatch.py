"""Inputs and targets of different numbers of samples, or none at all."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show

RULE = "sample-count-mismatch"


def sample_count_mismatch(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "sample-count", "sample-counts", "no-samples", "split-too-small"):
        return None
    return claim(case, RULE, f"{_what(case)}; {says(case)}", hint=_hint(case), end=_what(case))


def _what(case: Case[Clashed]) -> str:
    if is_kind(case, "no-samples"):
        return "the data holds no sample"
    if is_kind(case, "split-too-small"):
        return f"validation_split={fact(case, 'share')} of {fact(case, 'samples')} samples leaves one side empty"
    counts = fact(case, "counts") or fact(case, "lengths") or ()
    return f"the arrays hold {' and '.join(map(show, dict.fromkeys(counts)))} samples"


def _hint(case: Case[Clashed]) -> str:
    if is_kind(case, "sample-count", "sample-counts"):
        return "the first axis counts the samples: it must be as long in inputs, targets and weights"
    return ""
