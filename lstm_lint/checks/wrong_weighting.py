"""Weights of samples or classes do not fit what the model gives."""

from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "wrong-weighting"
WHAT = {
    "class-weight-kind": ("class_weight is a dict of class: weight, and this is none", "dict(enumerate(weights))"),
    "class-weight-steps": (
        "class_weight counts one class for each sample, and there is one for each step",
        "sample_weight of (samples, timesteps) weighs each step",
    ),
    "sample-weights": ("", "a number for each sample, or for each of its steps"),
}


def wrong_weighting(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, *WHAT):
        return None
    told, hint = WHAT[case.operation.clash.kind]
    shape = show_shape(fact(case, "shape"))
    told = told or f"sample_weight is {show_shape(fact(case, 'weights'))}, and the model gives {shape}"
    argument = blamed(case)
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
