"""A layer gets another number of axes than it takes."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, layer_of, ranks
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "wrong-rank"
AXES = {
    "RepeatVector": "(batch, features)",
    "TimeDistributed": "(batch, timesteps, ...)",
    "Dense": "(batch, ..., features)",
    "Conv2D": "(batch, height, width, channels)",
    "ConvLSTM2D": "(batch, timesteps, height, width, channels)",
}
STEPS = "(batch, timesteps, features)"


def wrong_rank(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if ranks(case) is None or layer is None:
        return None
    name, shape, expected = layers.name(layer), show_shape(fact(case, "shape")), fact(case, "expected")
    if name == "TimeDistributed" and fact(case, "found") > 2:
        return claim(case, RULE, f"{layers.text(layer)} needs {expected} axes, and gets {fact(case, 'found')}: {shape}")
    axes = AXES.get(name, STEPS if expected == 3 else "")
    needs = f"{'at least ' if name in ('Dense', 'TimeDistributed') else ''}{expected} axes{f', {axes}' if axes else ''}"
    return claim(
        case,
        RULE,
        f"{name} needs {needs}, and gets {fact(case, 'found')}: {shape}",
        hint=_hint(case, name),
        end=f"{layers.text(layer)}: needs {expected} axes, gets {fact(case, 'found')}",
    )


def _hint(case: Case[Clashed], name: str) -> str:
    expected, found = fact(case, "expected"), fact(case, "found")
    if name == "RepeatVector" and found == 3:
        return "RepeatVector repeats one vector: feed it the last time step (return_sequences=False)"
    if expected == 3 and found == 2:
        return "give the input a time axis: shape=(timesteps, features), and the data the same"
    if expected == 3 and found == 4:
        return f"TimeDistributed({name}(...)) runs {name} once for each step of the first axis; Reshape folds two axes"
    return ""
