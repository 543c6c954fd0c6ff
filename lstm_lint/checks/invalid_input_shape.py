"""The shape that an Input is given is none, or is given twice."""

from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, remedy, says
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const

RULE = "invalid-input-shape"


def invalid_input_shape(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "shape-not-a-tuple", "two-shapes", "no-shape"):
        return None
    argument, told = blamed(case), _what(case)
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=_hint(case), place=place, remedy=_mended(case), end=told)


def _what(case: Case[Clashed]) -> str:
    if is_kind(case, "two-shapes"):
        return "the shape is given twice, with its batch axis and without"
    if is_kind(case, "no-shape"):
        return "an input needs a shape, and none is given"
    return f"`{fact(case, 'name')}` is {_size(case)}, a number, and a shape is a tuple"


def _size(case: Case[Clashed]) -> object:
    value = fact(case, "value")
    return value.value if isinstance(value, Const) else "a number"


def _hint(case: Case[Clashed]) -> str:
    if is_kind(case, "shape-not-a-tuple"):
        return f"({_size(case)},) is the tuple of this one number: the comma makes it"
    return "shape=(timesteps, features), and batch_size=... beside it where the batch is fixed"


def _mended(case: Case[Clashed]) -> Remedy | None:
    """The comma put in, where the number is written."""
    argument, size = blamed(case), _size(case)
    if not is_kind(case, "shape-not-a-tuple") or argument is None or argument.place is None or not argument.name:
        return None
    if argument.text or not isinstance(size, int):
        return None
    change = Change(argument.place, "replace", f"{argument.name}=({size},)")
    return remedy(case, f"Write ({size},)", change, at=argument.place, applicability="unsafe")
