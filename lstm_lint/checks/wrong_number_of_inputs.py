"""A layer that joins tensors gets one, a layer of one tensor gets several."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "wrong-number-of-inputs"
WHAT = {
    "merge-one-tensor": "{name} joins a list of tensors, and gets one tensor",
    "merge-nothing": "{name} joins a list of tensors, and the list is empty",
    "inputs-not-a-list": "{name} takes its inputs in a list, and gets them otherwise",
    "number-of-inputs": "{name} takes {wanted}, and gets {found}",
    "several-inputs": "{name} takes one tensor, and gets {found}",
    "several-in-a-list": "{name} joins tensors, and one of what it gets is a list of {found}",
    "input-in-a-list": "{name} takes a tensor, and gets a list that holds one",
}
WANTED = {"Dot": "a list of 2 tensors", "Subtract": "a list of 2 tensors"}


def wrong_number_of_inputs(case: Case[Clashed]) -> Claim | None:
    layer, words = layer_of(case), WHAT.get(case.operation.clash.kind)
    if words is None or layer is None:
        return None
    name = layers.name(layer)
    found = fact(case, "found") or fact(case, "outputs") or len(fact(case, "tensors") or ())
    told = words.format(name=name, wanted=WANTED.get(name, "a list of 2 or 3 tensors"), found=found)
    return claim(case, RULE, f"{told}; {says(case)}", hint=_hint(case, name), end=told)


def _hint(case: Case[Clashed], name: str) -> str:
    if is_kind(case, "several-inputs") and name in (*layers.STATES, "RNN", "Bidirectional"):
        return "states go in by name: layer(x, initial_state=[h, c])"
    if is_kind(case, "merge-one-tensor", "inputs-not-a-list"):
        return f"{name}()([a, b])"
    if is_kind(case, "several-in-a-list"):
        return "a layer with return_state gives a list, its output first: `output, *states = layer(x)`"
    return ""
