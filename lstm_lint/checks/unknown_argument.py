"""A keyword that this Keras does not know, and the one that is meant."""

from difflib import get_close_matches

from lstm_lint.checks.case import Case, blamed, claim, is_kind, remedy
from lstm_lint.checks.keywords import CONFUSED, SLIP, SPELLING, UNSURE, called, outcome, taken, took
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.findings import Applicability, Target
from lstm_lint.trace import Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Const, Tuple

RULE = "unknown-argument"


def unknown_argument(case: Case[Clashed]) -> Claim | None:
    argument = blamed(case)
    if not is_kind(case, "argument-refused") or argument is None:
        return None
    callee, name = called(case).rsplit(".", 1)[-1], argument.name
    meant = _meant(case, name)
    said = claim(
        case,
        RULE,
        f"{callee} has no argument `{name}`" + (f"; `{meant}` is meant" if meant else ""),
        hint=_hint(case, argument, meant),
        place=argument.place,
        remedy=_mended(case, argument, meant),
    )
    return outcome(case, said)


def _meant(case: Case[Clashed], name: str) -> str:
    """The argument that is meant, if there is one that has this meaning or nearly this name."""
    known = taken(case)
    for word in CONFUSED.get(name, ()):
        if word in known:
            return word
    close = get_close_matches(name, sorted(known), 1, SPELLING)
    return close[0] if close else ""


def _hint(case: Case[Clashed], argument: Argument, meant: str) -> str:
    other: Target = "keras3" if case.target == "keras2" else "keras2"
    if took(other, called(case), argument.name):
        return f"Keras {other[-1]} takes `{argument.name}`, {case.keras} does not"
    if argument.name == "dropout" and called(case) == "keras.layers.Embedding":
        return "Keras 1 had it: SpatialDropout1D behind the Embedding says it"
    if argument.name == "batch_first":
        return "Keras always has the batch first: leave it out"
    if meant == "input_shape" and _whole_shape(argument):
        return "`input_shape` is the shape of one sample: without the batch axis, `[1:]`"
    return "" if meant else "neither Keras 2 nor Keras 3 has it"


def _whole_shape(argument: Argument) -> bool:
    return (
        isinstance(argument.value, Tuple)
        and argument.value.kind in ("shape", "bare")
        and len(argument.value.items) == 3
    )


def _mended(case: Case[Clashed], argument: Argument, meant: str) -> Remedy | None:
    """The right name, if its meaning cannot be another and nobody gave it already."""
    place, operation = argument.place, case.operation.operation
    given = {each.name for each in getattr(operation, "arguments", ())}
    if place is None or not meant or meant in given:
        return None
    rename = Change(place, "rename", meant)
    if meant != "input_shape":
        sure = argument.name not in UNSURE and (argument.name in CONFUSED or _slip(argument.name, meant))
        applicability: Applicability = "safe" if sure else "unsafe"
        return remedy(case, f"Rename to `{meant}`", rename, at=operation.place, applicability=applicability)
    if _whole_shape(argument):
        leave = Change(place, "append", "[1:]")
        return remedy(case, "Rename to `input_shape`, without the batch axis", rename, leave, at=operation.place)
    if isinstance(argument.value, Tuple) and len(argument.value.items) == 2 and argument.value.items[0] != Const(None):
        return remedy(case, "Rename to `input_shape`", rename, at=operation.place)
    return None


def _slip(name: str, meant: str) -> bool:
    return bool(get_close_matches(name, [meant], 1, SLIP))
