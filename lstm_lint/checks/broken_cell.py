"""What RNN asks of a cell: `state_size`, and a `call` that gives its output and its new states."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.findings import Place
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.value import Thing, UserClass

RULE = "broken-cell"
WHAT = {
    "cell-gives-no-pair": "its `call` must give a pair: the output, and a list of the new states",
    "initial-state-signature": "its `get_initial_state` does not take what RNN passes",
    "number-of-states": "its state_size tells {expected} states, and its `call` gives {found}",
    "state-width": "its state_size tells a width of {expected}, and its `call` gives {found}",
    "argument-value": "its {name} is none that RNN can use",
}


def broken_cell(case: Case[Clashed]) -> Claim | None:
    layer, words = layer_of(case), WHAT.get(case.operation.clash.kind)
    cell = _own_cell(case, layer)
    if words is None or cell is None:
        return None
    if is_kind(case, "argument-value") and fact(case, "name") not in ("state_size", "output_size", "cell"):
        return None
    if fact(case, "name") == "cell":
        words = "a cell needs a `call` and a `state_size`"
    told = f"{cell.name}: " + words.format(**{each: fact(case, each) for each in ("expected", "found", "name")})
    return claim(case, RULE, f"{told}; {says(case)}", hint=_hint(case), place=_place(case), end=told)


def _own_cell(case: Case[Clashed], layer: Thing | None) -> UserClass | None:
    """The user's class of the cell."""
    held = layers.argument(layer, "cell") if layer is not None else fact(case, "value")
    cls = held.get("__class__") if isinstance(held, Thing) else None
    return cls if isinstance(cls, UserClass) else None


def _place(case: Case[Clashed]) -> Place | None:
    operation = case.operation.operation
    return operation.place if isinstance(operation, Called) else None


def _hint(case: Case[Clashed]) -> str:
    if is_kind(case, "initial-state-signature"):
        given = "inputs=None, batch_size=None, dtype=None" if case.target == "keras2" else "batch_size=None"
        return f"def get_initial_state(self, {given})"
    if fact(case, "name") == "cell":
        return "self.state_size = units"
    return "return output, [state]"
