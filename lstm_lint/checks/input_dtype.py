"""A recurrent layer gets integers or texts, and multiplies floats."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "input-dtype"


def input_dtype(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "input-dtype") or layer is None:
        return None
    told = f"{layers.text(layer)} gets {fact(case, 'dtype')}, and its kernel is of floats"
    text = fact(case, "dtype") == "string"
    hint = "TextVectorization makes numbers of texts, Embedding vectors" if text else "astype('float32') makes floats"
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
