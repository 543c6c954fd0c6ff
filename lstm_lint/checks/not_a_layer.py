"""A Sequential holds layers, and is given something else."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Function, Tensor, Thing, Tuple

RULE = "not-a-layer"
OTHERS = {
    "layers-without-list": ("a Sequential takes its layers in one list", "Sequential([first, second])"),
    "second-input": ("a Sequential has one Input, and gets a second", "leave it out: its shape is known here"),
}


def not_a_layer(case: Case[Clashed]) -> Claim | None:
    if is_kind(case, *OTHERS):
        told, hint = OTHERS[case.operation.clash.kind]
        return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)
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
        case Tensor():
            return "a tensor"
        case Thing(type=kind):
            return f"a {kind.rsplit('.', 1)[-1]}"
    return "this"


def _hint(value: object) -> str:
    return "keras.layers.Lambda(...) makes a layer of a function" if isinstance(value, Function) else ""
