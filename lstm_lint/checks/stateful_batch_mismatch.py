"""A stateful layer keeps one state for each sample of a batch, so every batch must be as large."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "stateful-batch-mismatch"


def stateful_batch_mismatch(case: Case[Clashed]) -> Claim | None:
    layer, argument = layer_of(case), blamed(case)
    if not is_kind(case, "stateful-batch-size") or layer is None:
        return None
    expected, found, samples, size = (fact(case, name) for name in ("expected", "found", "samples", "size"))
    kept = f"{layers.text(layer)} keeps states for batches of {expected or size}"
    cut = f" of {samples} samples, cut into batches of {size}," if isinstance(samples, int) else ""
    told = f"{kept}, and a batch{cut} has {found}"
    hint = f"batch_size={expected or size}, and a number of samples that it divides"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
