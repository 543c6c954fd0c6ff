"""Softmax shares out 1 among the units, and there is only one: the output is always 1."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, is_kind, layer_of, remedy, says
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const

RULE = "softmax-over-one-unit"


def softmax_over_one_unit(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "silent-softmax-of-one") or layer is None:
        return None
    return claim(
        case,
        RULE,
        f"softmax over the one unit of this {layers.name(layer)} gives 1, whatever comes in; {says(case)}",
        hint="sigmoid for two classes with one unit, or one unit for each class",
        place=layers.made_at(layer),
        remedy=_mended(case),
    )


def _mended(case: Case[Clashed]) -> Remedy | None:
    layer = layer_of(case)
    given = layers.given(layer, "activation") if layer is not None else None
    if given is None or given.place is None or given.value != Const("softmax"):
        return None
    change = Change(given.place, "replace", 'activation="sigmoid"')
    return remedy(case, "Use sigmoid", change, at=given.place, applicability="unsafe")
