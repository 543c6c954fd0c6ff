"""A class derived from Layer or Model does not keep to what Keras asks of it."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed

RULE = "broken-class"
WHAT = {
    "call-signature": "has a `call` that does not take what it is called with",
    "no-call": "has no `call`, and {base} has none that does anything",
    "no-super-init": "has an `__init__` that does not begin with super().__init__()",
    "read-only-attribute": "sets `{name}`, which {base} keeps for itself",
}
HINT = {
    "call-signature": "`call` takes self and the inputs; what is behind them has defaults",
    "no-call": "def call(self, inputs): ... says what it computes",
    "no-super-init": "super().__init__() is the first line of `__init__`",
    "read-only-attribute": "another name is free",
}


def broken_class(case: Case[Clashed]) -> Claim | None:
    kind = case.operation.clash.kind
    if not is_kind(case, *WHAT):
        return None
    told = f"{fact(case, 'cls')} {WHAT[kind].format(base=fact(case, 'base'), name=fact(case, 'name'))}"
    return claim(case, RULE, f"{told}; {says(case)}", hint=HINT[kind], place=case.operation.place, end=told)
