"""A functional model is made between symbolic tensors, and is given something else."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Tensor, Thing, show_shape

RULE = "end-not-symbolic"


def end_not_symbolic(case: Case[Clashed]) -> Claim | None:
    value, name = fact(case, "value"), fact(case, "name")
    if not is_kind(case, "end-not-symbolic"):
        return None
    argument = blamed(case)
    told = f"`{name}` of a Model must be symbolic tensors, and {_shown(value)} is none"
    place = argument.place if argument is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", hint=_hint(value, name), place=place, end=told)


def _shown(value: object) -> str:
    match value:
        case Tensor(shape=shape):
            return f"an array {show_shape(shape)}"
        case Thing():
            return f"the layer {layers.text(value)}"
        case Const(value=plain):
            return repr(plain)
    return "this"


def _hint(value: object, name: object) -> str:
    if isinstance(value, Thing):
        return f"{layers.name(value)}(...)(x) is the tensor that the layer gives"
    return "keras.Input(shape=...) gives one" if name == "inputs" else "what a layer gives for an Input is one"
