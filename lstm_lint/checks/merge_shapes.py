"""Concatenate, Add and their like get shapes that do not fit together."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, show_shape

RULE = "merge-shapes"


def merge_shapes(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "merge") or layer is None:
        return None
    shapes = " and ".join(map(show_shape, fact(case, "shapes")))
    told = f"{layers.name(layer)} gets {shapes}: {_wanted(layers.argument(layer, 'axis'), layers.name(layer))}"
    told += f"; {says(case)}" if fact(case, "stage") == "run" else ""
    return claim(case, RULE, told, end=f"{layers.text(layer)}: {shapes}")


def _wanted(axis: object, name: str) -> str:
    if name == "Concatenate" and isinstance(axis, Const):
        return f"all axes but axis {axis.value}, along which it joins, must be equal"
    return "axes must be equal, or 1"
