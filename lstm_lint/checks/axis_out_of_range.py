"""A layer is told to work along an axis that its input does not have."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import NONE, Const, Tensor, show_shape

RULE = "axis-out-of-range"


def axis_out_of_range(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "axis-out-of-range", "axis-no-int") or layer is None:
        return None
    found = [each.shape for each in fact(case, "tensors") or () if isinstance(each, Tensor)]
    shapes = [show_shape(each) for each in fact(case, "shapes") or found or [fact(case, "shape")] if each is not None]
    axis = fact(case, "axis")
    if axis is None:
        given = next((layers.argument(layer, n) for n in ("axis", "axes") if layers.argument(layer, n) != NONE), NONE)
        axis = repr(given.value) if isinstance(given, Const) else "what is asked for"
    told = f"{layers.name(layer)} works along axis {axis}, and {' and '.join(shapes)} {_have(len(shapes))} no such axis"
    return claim(
        case, RULE, f"{told}; {says(case)}", hint="axes count from 0, the batch, or from -1, the last", end=told
    )


def _have(count: int) -> str:
    return "has" if count == 1 else "have"
