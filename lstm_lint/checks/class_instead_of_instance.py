"""A class stands where one of its instances is wanted: the parentheses are missing."""

from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Symbol, UserClass

RULE = "class-instead-of-instance"
KINDS = ("class-for-layer", "class-for-instance", "class-for-self", "argument-value", "input-not-a-tensor")


def class_instead_of_instance(case: Case[Clashed]) -> Claim | None:
    value = fact(case, "item") or fact(case, "value")
    if not is_kind(case, *KINDS):
        return None
    if not isinstance(value, UserClass) and not (isinstance(value, Symbol) and _is_class(value.path)):
        return None
    name = value.name if isinstance(value, UserClass) else value.path.rsplit(".", 1)[-1]
    argument = blamed(case)
    told = f"{name} is a class, and one of its instances is wanted"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=f"{name}(...)", place=place, end=told)


def _is_class(path: str) -> bool:
    home, _, name = path.rpartition(".")
    return home.split(".")[0] == "keras" and name[:1].isupper()
