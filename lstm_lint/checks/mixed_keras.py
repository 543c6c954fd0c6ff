"""Objects of two libraries that both call themselves Keras do not go together."""

from lstm_lint.checks import imports
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, remedy, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, Thing

RULE = "mixed-keras"
PRIVATE = "tensorflow.python.keras."
HINT = "tensorflow.python.keras is private and old: import all from tensorflow.keras"


def mixed_keras(case: Case[Clashed]) -> Claim | None:
    if is_kind(case, "private-training"):
        return _trained(case)
    item, argument = fact(case, "item"), blamed(case)
    kind = item.type if isinstance(item, Thing | Tensor) else ""
    if not is_kind(case, "mixed-keras") and not (is_kind(case, "no-layer") and kind.startswith(PRIVATE)):
        return None
    name = kind.rsplit(".", 1)[-1]
    theirs = PRIVATE[:-1] if kind.startswith(PRIVATE) else "keras"
    holder, ours = fact(case, "holder") or "Sequential", fact(case, "home") or "keras"
    told = f"this {name} is of {theirs}, and the {holder} of {ours}: two libraries of one name"
    place = argument.place if argument is not None else None
    made = imports.public(case)
    mended = remedy(case, "Import all from tensorflow.keras", *made, at=case.operation.place) if made else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=HINT, place=place, end=told, remedy=mended)


def _trained(case: Case[Clashed]) -> Claim:
    told = f"{fact(case, 'method')} of a model of tensorflow.python.keras, which asks TensorFlow for what is gone"
    made = imports.public(case)
    mended = remedy(case, "Import all from tensorflow.keras", *made, at=case.operation.place) if made else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=HINT, remedy=mended)
