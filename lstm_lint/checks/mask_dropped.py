"""A mask ends at a layer that cannot hand it on, and padded steps count from there like all others."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import AttributeRead, Called, Clashed, Trace
from lstm_lint.values.value import Thing

RULE = "mask-dropped"
BY_HAND = ("compute_mask", "_keras_mask", "mask")


def mask_dropped(case: Case[Clashed]) -> Claim | None:
    layer, maker = layer_of(case), fact(case, "maker")
    if not is_kind(case, "silent-mask-dropped") or layer is None or not isinstance(maker, Thing):
        return None
    fresh = fact(case, "fresh")
    if fresh and maker.get("mask used") or _by_hand(case.trace):
        return None
    made = "Embedding(mask_zero=True)" if layers.name(maker) == "Embedding" else layers.text(maker)
    before = "before any layer used it" if fresh else "and the steps that it hides become features"
    told = f"the mask of {made} ends at this {layers.name(layer)}, {before}"
    return claim(case, RULE, f"{told}; {_said(case)}", hint=_hint(fresh), end=told)


def _said(case: Case[Clashed]) -> str:
    if case.target == "keras3":
        return 'Keras 3 warns "does not support masking and will therefore destroy the mask information"'
    return says(case)


def _hint(fresh: object) -> str:
    if fresh:
        return "let a recurrent layer or GlobalAveragePooling1D use it first, or leave the mask out"
    return "return_sequences=False, or GlobalAveragePooling1D, which passes masked steps over"


def _by_hand(trace: Trace) -> bool:
    """Does the program take masks into its own hands?"""
    for each in trace.operations:
        if isinstance(each, AttributeRead) and each.name in BY_HAND[:2]:
            return True
        if isinstance(each, Called) and (each.callee in BY_HAND or any(a.name == "mask" for a in each.arguments)):
            return True
    return False
