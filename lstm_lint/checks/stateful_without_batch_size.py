"""A stateful layer keeps a state for each sample of the batch, so it must know how many there are."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "stateful-without-batch-size"


def stateful_without_batch_size(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    shape = fact(case, "shape")
    if not is_kind(case, "stateful-batch") or layer is None or not isinstance(shape, tuple):
        return None
    argument = layers.given(layer, "stateful") or layers.given(layers.inner(layer), "stateful")
    return claim(
        case,
        RULE,
        f"stateful {layers.name(layer)} gets {show_shape(shape)}: its batch size is open, and it must be a number",
        hint="Input(batch_shape=(batch, timesteps, features)), or batch_size=... in Input",
        place=argument.place if argument is not None else None,
        end=f"{layers.text(layer)}: needs a batch size, gets None",
    )
