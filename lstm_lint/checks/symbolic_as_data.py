"""A symbolic tensor, which holds a shape and no numbers yet, is used as if it held them."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "symbolic-as-data"
WHAT = {
    "iterated": "a loop or an unpacking wants its rows",
    "symbolic-array": "numpy wants its numbers",
    "symbolic-length": "`len` wants the number of its rows",
    "symbolic-number": "a number is wanted",
    "symbolic-truth": "true or false is wanted",
}
HINT = {
    "iterated": "x.shape tells the sizes; x[:, i] is one step",
    "symbolic-array": "keras.ops in Keras 3 and tf in Keras 2 have the same functions for symbolic tensors",
    "symbolic-length": "x.shape[0] tells it, where it is known",
    "symbolic-truth": "`is None` asks whether there is a tensor; a layer decides upon its numbers",
}


def symbolic_as_data(case: Case[Clashed]) -> Claim | None:
    kind, shape = case.operation.clash.kind, fact(case, "shape")
    if not is_kind(case, *WHAT):
        return None
    which = f" {show_shape(shape)}" if isinstance(shape, tuple) else ""
    told = f"a symbolic tensor{which} holds no numbers yet, and {WHAT[kind]}"
    return claim(case, RULE, f"{told}; {says(case)}", hint=HINT.get(kind, ""), end=told)
