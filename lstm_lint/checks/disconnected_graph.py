"""An output of a functional model hangs on an Input that is not among its inputs."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "disconnected-graph"


def disconnected_graph(case: Case[Clashed]) -> Claim | None:
    left, given = fact(case, "left"), fact(case, "given")
    if not is_kind(case, "graph-disconnected") or not isinstance(left, Tensor):
        return None
    name = fact(case, "name")
    which = f"the Input {name!r}" if name else f"an Input {show_shape(left.shape)}"
    several = ", ".join(show_shape(each.shape) for each in given)
    told = f"an output is computed from {which}, which is not among the inputs of this model, {several}"
    return claim(case, RULE, f"{told}; {says(case)}", hint="name each Input in `inputs`", end=told)
