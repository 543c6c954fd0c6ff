"""The loss cannot compare these targets with what the model gives."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, Value, show_shape

RULE = "target-shape-mismatch"


def target_shape_mismatch(case: Case[Clashed]) -> Claim | None:
    output, target = fact(case, "output"), fact(case, "target")
    if is_kind(case, "one-class"):
        told = (
            f"the model gives {show_shape(fact(case, 'shape'))}, the score of one class, and labels but 0 name others"
        )
        hint = "as many units as classes with softmax; or one unit with sigmoid and binary_crossentropy"
        return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
    if not is_kind(case, "target-shape") or not isinstance(output, Tensor) or not isinstance(target, Tensor):
        return None
    both = f"the model gives {show_shape(output.shape)}, and the targets are {show_shape(target.shape)}"
    return claim(
        case,
        RULE,
        f"{both}, which {written(fact(case, 'loss'))} cannot compare; {says(case)}",
        hint=_hint(output, target),
        end=f"{fact(case, 'method')}: {both}",
    )


LOSSES = {
    "sparsecategoricalcrossentropy": "sparse_categorical_crossentropy",
    "categoricalcrossentropy": "categorical_crossentropy",
    "binarycrossentropy": "binary_crossentropy",
    "meansquarederror": "mse",
    "meanabsoluteerror": "mae",
}


def written(loss: object) -> str:
    """A loss as people write it."""
    return LOSSES.get(str(loss), str(loss))


def _hint(output: Value, target: Value) -> str:
    ours, theirs = (each.shape if isinstance(each, Tensor) else () for each in (output, target))
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple):
        return ""
    if len(ours) == 3 and len(theirs) < 3 and theirs[1:2] != ours[1:2]:
        return "one target for each sample: the last recurrent layer wants return_sequences=False"
    if len(ours) == 2 and len(theirs) == 3:
        return "one target for each time step: the last recurrent layer wants return_sequences=True"
    if len(ours) == len(theirs) and ours[-1:] != theirs[-1:]:
        return f"the last layer has {ours[-1]} units, and the targets hold {theirs[-1]} values each"
    return ""
