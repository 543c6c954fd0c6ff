"""A model of several inputs gets another number of arrays, or not under their names."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "wrong-model-inputs"


def wrong_model_inputs(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "input-count", "input-name"):
        return None
    return claim(case, RULE, f"{_what(case)}; {says(case)}", hint=_hint(case), end=_what(case))


def _what(case: Case[Clashed]) -> str:
    if is_kind(case, "input-name"):
        given = ", ".join(map(repr, fact(case, "given") or ()))
        return f"the model has an input {fact(case, 'name')!r}, and the dict holds {given or 'nothing'}"
    shapes = [show_shape(each.shape) for each in fact(case, "tensors") or () if isinstance(each, Tensor)]
    return f"the model takes {fact(case, 'expected')} inputs, and gets {fact(case, 'found')}: {', '.join(shapes)}"


def _hint(case: Case[Clashed]) -> str:
    known = [name for name in fact(case, "names") or fact(case, "known") or () if name]
    return f"its inputs are {', '.join(known)}" if known else "a list with one array for each input, in their order"
