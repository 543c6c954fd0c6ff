"""One unit under sparse_categorical_crossentropy stands for one class, and there are others."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "one-class"


def one_class(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "one-class"):
        return None
    told = (
        f"the model gives {show_shape(fact(case, 'shape'))}, the score of one class, and under "
        "sparse_categorical_crossentropy each label but 0 is another class"
    )
    hint = "as many units as classes with softmax; or one unit with sigmoid and binary_crossentropy"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
