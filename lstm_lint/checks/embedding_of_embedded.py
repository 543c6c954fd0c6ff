"""Embedding adds an axis to what has its features already."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, layer_of, ranks, way_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "embedding-of-embedded"


def embedding_of_embedded(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if ranks(case) != (3, 4) or layer is None:
        return None
    steps = (step for step in way_of(case) if step.layer is not None and layers.name(step.layer) == "Embedding")
    step = next(steps, None)
    if step is None or step.took is None or step.took.rank != 3 or step.layer is None:
        return None
    took, gave = show_shape(step.took.shape), show_shape(step.gave.shape)
    return claim(
        case,
        RULE,
        f"Embedding gives {gave} for {took}: one axis more than it gets, and {layers.name(layer)} takes 3 axes",
        hint="Embedding wants (batch, timesteps) of whole numbers; data that has features goes in without it",
        place=step.place,
        end=f"{layers.text(layer)}: needs 3 axes, gets 4",
    )
