"""The input or output of a layer or Sequential that was never called on a symbolic tensor."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, remedy, says
from lstm_lint.claims import Change, Claim
from lstm_lint.trace import AttributeRead, Clashed

RULE = "never-called"


def never_called(case: Case[Clashed]) -> Claim | None:
    read, name, layer = case.operation.operation, fact(case, "name"), layer_of(case)
    if not is_kind(case, "never-called") or not isinstance(read, AttributeRead):
        return None
    if layer is not None:
        told = f"this {layers.name(layer)} was never called on a symbolic tensor, and has no `{name}`"
        return claim(case, RULE, f"{told}; {says(case)}", place=read.place)
    told = f"a Sequential has an `{name}` of its own only once it was called on a symbolic tensor; `{name}s` holds it"
    change = Change(read.name_place, "replace", f"{name}s[0]") if read.name_place is not None else None
    mended = remedy(case, f"Read `{name}s[0]`", change, at=read.place) if change is not None else None
    return claim(case, RULE, f"{told}; {says(case)}", place=read.place, remedy=mended)
