"""A keyword of an optimizer that this generation takes without a word, and does nothing with."""

from lstm_lint.checks.case import Case, blamed, claim, is_kind, remedy
from lstm_lint.checks.spelling import spell
from lstm_lint.claims import Change, Claim, Remedy, Text
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Const

RULE = "ignored-argument"
SCHEDULE = "keras.optimizers.schedules.InverseTimeDecay"


def ignored_argument(case: Case[Clashed]) -> Claim | None:
    argument = blamed(case)
    if not is_kind(case, "argument-ignored") or argument is None:
        return None
    instead = "`learning_rate`" if argument.name == "lr" else "`learning_rate=InverseTimeDecay(rate, 1, decay)`"
    return claim(
        case,
        RULE,
        f"{case.keras} takes `{argument.name}` and does nothing with it: the learning rate is what it would be without",
        hint=f"{instead} says it",
        place=argument.place,
        remedy=_mended(case, argument),
    )


def _mended(case: Case[Clashed], argument: Argument) -> Remedy | None:
    operation = case.operation.operation
    assert isinstance(operation, Called)
    given = {each.name: each for each in operation.arguments if each.name}
    if argument.place is None:
        return None
    if argument.name == "lr":
        rename = Change(argument.place, "rename", "learning_rate")
        return None if "learning_rate" in given else remedy(case, "Rename it", rename, at=operation.place)
    gone = Change(argument.place, "remove-argument")
    if isinstance(argument.value, Const) and not argument.value.value:
        return remedy(case, "Leave it out", gone, at=operation.place)
    rate, said = given.get("learning_rate"), spell(case.operation.names, SCHEDULE, operation.place)
    if rate is None or rate.place is None or said is None:
        return None
    words: Text = (f"learning_rate={said[0]}(", rate.place, ", 1, ", argument.place, ")")
    changes = Change(rate.place, "replace", words), gone, *said[1]
    return remedy(case, "Say it by a schedule", *changes, at=operation.place, applicability="unsafe")
