"""A layer makes its weights when it learns its input's shape; here they are wanted before."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Thing

RULE = "weights-before-build"


def weights_before_build(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "weights-before-build", "not-built"):
        return None
    model = fact(case, "model")
    thing = layer_of(case) or (model if isinstance(model, Thing) else None)
    who = f"this {layers.name(thing)}" if thing is not None else "it"
    wanted = fact(case, "name")
    told = f"{who} is not built yet{f', and {wanted} needs its weights' if wanted else ''}: no input shape is known"
    hint = "start with keras.Input(shape=...), or call build((None, timesteps, features)) first"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
