"""The two layers of a Bidirectional do not go together."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Thing

RULE = "backward-layer"
SAME = ("return_sequences", "return_state", "stateful")


def backward_layer(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if is_kind(case, "merge-widths") and layer is not None:
        return _widths(case, layer)
    back, argument = fact(case, "value"), blamed(case)
    named = is_kind(case, "argument-value") and fact(case, "name") == "backward_layer"
    if not named or not isinstance(back, Thing) or argument is None:
        return None
    told = f"backward_layer={layers.text(back)} {_lacks(case, back)}"
    return claim(case, RULE, f"{told}; {says(case)}", place=argument.place, end=told)


def _lacks(case: Case[Clashed], back: Thing) -> str:
    words = " ".join(case.operation.clash.words)
    name = next((each for each in SAME if each in words), None)
    if name is not None:
        return f"has another {name} than the forward layer"
    return "goes the same way as the forward layer: one of them needs go_backwards=True"


def _widths(case: Case[Clashed], layer: Thing) -> Claim:
    mode = layers.argument(layer, "merge_mode")
    how = f"merge_mode={mode.value!r}" if isinstance(mode, Const) else "the merge"
    left, right = fact(case, "left")[-1], fact(case, "right")[-1]
    told = f"{how} goes element by element, and forward gives {left} features, backward {right}"
    return claim(case, RULE, f"{told}; {says(case)}", hint="the same units in both, or merge_mode='concat'", end=told)
