"""A cell takes one time step and its states; a sequence wants RNN around it, or the layer of that name."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Thing

RULE = "cell-instead-of-layer"


def cell_instead_of_layer(case: Case[Clashed]) -> Claim | None:
    wrapped = is_kind(case, "argument-value") and fact(case, "name") == "layer"
    cell = fact(case, "value") if wrapped else layer_of(case)
    if not isinstance(cell, Thing) or not layers.name(cell).endswith("Cell"):
        return None
    told = _what(case, layers.name(cell))
    if told is None:
        return None
    layer = layers.name(cell).removesuffix("Cell")
    return claim(case, RULE, f"{told}; {says(case)}", hint=f"{layer}(...), or RNN({layers.text(cell)})", end=told)


def _what(case: Case[Clashed], name: str) -> str | None:
    if is_kind(case, "argument-value"):
        return f"{name} is one step, and a layer that reads sequences is wanted"
    if is_kind(case, "time-axis-in-a-step"):
        return f"{name} takes one step, (batch, features), and gets a sequence"
    if is_kind(case, "missing-argument"):
        return f"{name} takes a step and its states, and is called without states"
    if is_kind(case, "number-of-states"):
        return f"{name} takes {fact(case, 'expected')} states, and gets {fact(case, 'found')}"
    if is_kind(case, "states-not-a-list"):
        return f"{name} takes its states in a list, and gets a tensor"
    return None
