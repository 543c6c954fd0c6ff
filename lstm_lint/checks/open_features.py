"""The weights of a layer are as long as its input's last axis, and that is None."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "open-features"


def open_features(case: Case[Clashed]) -> Claim | None:
    layer, tensor = layer_of(case), fact(case, "tensor")
    if not is_kind(case, "features-open", "spatial-open") or layer is None:
        return None
    shape = f"gets {show_shape(tensor.shape)}" if isinstance(tensor, Tensor) else "gets an open axis"
    open_ = "height and width are" if is_kind(case, "spatial-open") else "the number of features is"
    return claim(
        case,
        RULE,
        f"{layers.name(layer)} {shape}: {open_} open, and must be a number; {says(case)}",
        hint="only the batch and the time axis can be None, as in shape=(None, features)",
        end=f"{layers.text(layer)}: {shape}",
    )
