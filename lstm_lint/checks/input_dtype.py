"""A layer gets integers, texts or floats that it does not take."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "input-dtype"
HINTS = {
    "string": "TextVectorization makes numbers of texts, Embedding vectors",
    "float32": "it looks up texts or integers",
}


def input_dtype(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "input-dtype"):
        return None
    layer = layer_of(case)
    what = layers.text(layer) if layer is not None else fact(case, "function")
    told = f"{what} gets {fact(case, 'dtype')}, which it does not take"
    hint = HINTS.get(str(fact(case, "dtype")), "astype('float32') makes floats")
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
