"""A keyword of an older Keras, and what says it now."""

from lstm_lint.checks.case import Case, blamed, claim, is_kind, remedy
from lstm_lint.checks.input_forms import by_input, by_shape
from lstm_lint.checks.keywords import IDLE, RENAMED, REPLACED, called, outcome, took
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Const

RULE = "removed-argument"
DEFAULTS = (("time_major", Const(False)), ("period", Const(1)), ("dynamic", Const(False)))
"""Values that say what holds anyway."""


def removed_argument(case: Case[Clashed]) -> Claim | None:
    argument = blamed(case)
    if not is_kind(case, "argument-refused") or argument is None:
        return None
    name, callee = argument.name, called(case)
    now = next((new for new in RENAMED.get(name, ()) if took(case.target, callee, new)), "")
    before = case.target == "keras3" and took("keras2", callee, name)
    if not now and name not in REPLACED and not before:
        return None
    said = claim(
        case,
        RULE,
        f"`{name}` of {callee.rsplit('.', 1)[-1]} is gone in {case.keras}" + (f": it is `{now}` now" if now else ""),
        hint="" if now else REPLACED.get(name, "nothing replaces it"),
        place=argument.place,
        remedy=_mended(case, argument, now),
    )
    return outcome(case, said)


def _mended(case: Case[Clashed], argument: Argument, now: str) -> Remedy | None:
    operation = case.operation.operation
    assert isinstance(operation, Called)
    given = {each.name: each for each in operation.arguments if each.name}
    if argument.place is None:
        return None
    if now and now not in given:
        return remedy(case, f"Rename to `{now}`", Change(argument.place, "rename", now), at=operation.place)
    if argument.name in IDLE or (argument.name, argument.value) in DEFAULTS:
        gone = Change(argument.place, "remove-argument")
        return remedy(case, f"Leave `{argument.name}` out", gone, at=operation.place)
    if argument.name == "input_length" and "input_dim" in given and "input_shape" not in given:
        return by_shape(case, argument, given["input_dim"])
    if argument.name == "batch_input_shape" and not {"input_shape", "input_dim"} & set(given):
        return by_input(case, argument)
    return None
