"""`input_dim` of a recurrent layer: the features in Keras 2, the whole shape of a sample in Keras 3."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, layer_of, ranks
from lstm_lint.checks.input_forms import by_shape
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "input-dim-without-time"


def input_dim_without_time(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if case.target != "keras3" or ranks(case) != (3, 2) or layer is None or layers.name(layer) not in layers.RECURRENT:
        return None
    features = layers.given(layer, "input_dim")
    if features is None or layers.given(layer, "input_shape") is not None:
        return None
    name = layers.name(layer)
    return claim(
        case,
        RULE,
        f"`input_dim` says the whole shape of a sample in Keras 3, so {name} gets (batch, features) without a time axis",
        hint="`input_shape=(None, features)` says what Keras 2 made of it",
        place=features.place,
        remedy=by_shape(case, None, features),
        end=f"{layers.text(layer)}: needs 3 axes, (batch, timesteps, features), gets 2",
    )
