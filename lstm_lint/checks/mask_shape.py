"""A mask is not (batch, timesteps), as the steps that it masks are."""

from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "mask-shape"


def mask_shape(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "mask-shape"):
        return None
    argument = blamed(case)
    told = f"the mask is {show_shape(fact(case, 'mask'))}, and the steps are {show_shape(fact(case, 'expected'))}"
    hint = "one value for each step of each sample: mask[:, :, 0] of a mask that has an axis of features"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)
