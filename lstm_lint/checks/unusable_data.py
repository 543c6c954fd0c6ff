"""Data of a kind that training does not take."""

from lstm_lint.checks.case import Case, blamed, claim, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "unusable-data"
WHAT = {
    "data-kind": ("plain Python numbers or text where arrays are wanted", "np.array(...)"),
    "data-objects": (
        "an array of objects, as rows of several lengths make it",
        "pad_sequences makes them of one length",
    ),
    "generator-yields": ("the generator yields a list or an array, not a tuple", "yield inputs, targets"),
    "split-of-dataset": ("validation_split cuts arrays, not a dataset", "dataset.take(n) and dataset.skip(n)"),
    "targets-beside-dataset": ("a dataset holds its targets itself, and y is given beside it", "leave y out"),
}


def unusable_data(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, *WHAT):
        return None
    told, hint = WHAT[case.operation.clash.kind]
    argument = blamed(case)
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
