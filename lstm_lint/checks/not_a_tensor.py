"""A layer is called on something that is no tensor."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Symbol, Thing, UserClass

RULE = "not-a-tensor"


def not_a_tensor(case: Case[Clashed]) -> Claim | None:
    layer, value = layer_of(case), fact(case, "value")
    if not is_kind(case, "input-not-a-tensor") or layer is None:
        return None
    told = f"{layers.name(layer)} is called on {_shown(value)}, which is no tensor"
    hint = "call that layer first: second(first(x))" if isinstance(value, Thing) else ""
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, end=told)


def _shown(value: object) -> str:
    match value:
        case Thing(type="list"):
            return "a list of numbers"
        case Thing():
            return f"the layer {layers.text(value)}"
        case Symbol(path=path):
            return f"the class or function {path.rsplit('.', 1)[-1]}"
        case UserClass(name=name):
            return f"the class {name}"
        case Const(value=plain):
            return repr(plain)
    return "something else"
