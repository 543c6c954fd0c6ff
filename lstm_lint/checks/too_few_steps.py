"""A window is longer than the sequence, or there is no time step at all."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "too-few-steps"


def too_few_steps(case: Case[Clashed]) -> Claim | None:
    layer, shape = layer_of(case), fact(case, "shape")
    if not is_kind(case, "too-small", "no-timesteps") or layer is None:
        return None
    name, got = layers.name(layer), show_shape(shape) if isinstance(shape, tuple) else "its input"
    if is_kind(case, "too-small"):
        told = f"{name} looks at {fact(case, 'window')} entries at once, and {got} has {fact(case, 'size')}"
        hint = "a smaller kernel or pool, padding='same', or fewer pooling layers before it"
    else:
        told, hint = f"{name} gets {got}: no time step", ""
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
