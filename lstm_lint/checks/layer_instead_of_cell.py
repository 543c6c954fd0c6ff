"""RNN runs a cell over the time steps; an LSTM is a cell with its RNN around it already."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Thing, Tuple, Value

RULE = "layer-instead-of-cell"


def layer_instead_of_cell(case: Case[Clashed]) -> Claim | None:
    layer, argument = layer_of(case), blamed(case)
    given: Value | None = fact(case, "value") if is_kind(case, "argument-value") else None
    if is_kind(case, "layer-for-a-cell") and layer is not None:
        given = layers.argument(layer, "cell")
    elif fact(case, "name") not in ("cell", "cells"):
        return None
    held = next((each for each in _several(given) if layers.name(each) in layers.RECURRENT), None)
    if held is None:
        return None
    name = layers.name(held)
    cell = f"{name}Cell" if name in layers.STATES else "a cell"
    told = f"{layers.text(held)} is a whole layer, and RNN runs cells"
    place = argument.place if argument is not None else None
    hint = f"{cell} is the cell; without RNN around it, {name} is the layer"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=place, end=told)


def _several(value: Value | None) -> list[Thing]:
    """The cells of a list, or the one."""
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return [each for each in (items if isinstance(items, tuple) else (value,)) if isinstance(each, Thing)]
