"""Output and targets differ, and the loss stretches one over the other without a word."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Shape, Tensor, show_shape

RULE = "broadcast-target"


def broadcast_target(case: Case[Clashed]) -> Claim | None:
    output, target = fact(case, "output"), fact(case, "target")
    if is_kind(case, "silent-square-of-pairs"):
        return _pairs(case, output, target)
    if not is_kind(case, "silent-target-stretched") or not isinstance(output, Tensor) or not isinstance(target, Tensor):
        return None
    ours, theirs = output.shape, target.shape
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple):
        return None
    both = f"the model gives {show_shape(ours)}, and the targets are {show_shape(theirs)}"
    return claim(
        case,
        RULE,
        f"{both}: {written(fact(case, 'loss'))} stretches one over the other; {says(case)}",
        hint=_hint(ours, theirs),
        end=f"{fact(case, 'method')}: {both}",
    )


def _pairs(case: Case[Clashed], output: Tensor, target: Tensor) -> Claim:
    """A row less a column."""
    both = f"the model gives {show_shape(output.shape)}, and the targets are {show_shape(target.shape)}"
    told = f"{both}: between them lies not one difference for each sample, but one for each pair of samples"
    hint = "bring both to one shape: y[:, None], or keras.ops.squeeze(output, -1)"
    if output.type == "numpy.ndarray":
        hint = "bring both to one shape: y[:, None], or output[:, 0]"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=both)


def _hint(ours: Shape, theirs: Shape) -> str:
    if len(ours) == len(theirs) and theirs[-1] == 1:
        return f"each target is one value: the last layer wants 1 unit, not {ours[-1]}"
    if len(ours) == len(theirs) and ours[-1] == 1:
        return f"each target holds {theirs[-1]} values: the last layer wants as many units"
    return "targets must be of the shape that the model gives"
