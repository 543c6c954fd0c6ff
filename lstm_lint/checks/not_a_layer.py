"""A Sequential holds layers, and is given something else."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Function, Thing, Tuple

RULE = "not-a-layer"


def not_a_layer(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "no-layer"):
        return None
    told = f"a Sequential holds layers, and {_shown(fact(case, 'item'))} is none"
    return claim(case, RULE, f"{told}; {says(case)}", hint=_hint(fact(case, "item")), end=told)


def _shown(value: object) -> str:
    match value:
        case Const(value=plain):
            return repr(plain)
        case Function(name=name):
            return f"the function {name}"
        case Tuple(kind=kind):
            return f"a {kind}"
        case Thing(type=kind):
            return f"a {kind.rsplit('.', 1)[-1]}"
    return "this"


def _hint(value: object) -> str:
    return "keras.layers.Lambda(...) makes a layer of a function" if isinstance(value, Function) else ""
