"""Labels of the other kind: numbers of classes where rows of zeros and ones are wanted, or the reverse."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Shape, Tensor, show_shape

RULE = "sparse-against-one-hot"
SPARSE, ONE_HOT = "sparsecategoricalcrossentropy", "categoricalcrossentropy"


def sparse_against_one_hot(case: Case[Clashed]) -> Claim | None:
    output, target, loss = fact(case, "output"), fact(case, "target"), fact(case, "loss")
    if not is_kind(case, "target-shape") or not isinstance(output, Tensor) or not isinstance(target, Tensor):
        return None
    ours, theirs = output.shape, target.shape
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple) or not _swapped(str(loss), ours, theirs):
        return None
    other = ONE_HOT if loss == SPARSE else SPARSE
    kind = "rows of one value for each class" if loss == SPARSE else "numbers of classes"
    return claim(
        case,
        RULE,
        f"the targets {show_shape(theirs)} are {kind}, which {written(other)} takes, not {written(loss)}; {says(case)}",
        hint=f"loss={written(other)!r}, or " + ("y.argmax(-1)" if loss == SPARSE else "keras.utils.to_categorical(y)"),
        end=f"{fact(case, 'method')}: the model gives {show_shape(ours)}, the targets are {show_shape(theirs)}",
    )


def _swapped(loss: str, output: Shape, target: Shape) -> bool:
    classes = output[-1]
    if not isinstance(classes, int) or classes < 2:
        return False
    if loss == SPARSE:
        return len(target) == len(output) and target[-1] == classes
    labels = target[:-1] if len(target) == len(output) and target[-1] == 1 else target
    return loss == ONE_HOT and len(labels) == len(output) - 1 and labels[1:] == output[1:-1]
