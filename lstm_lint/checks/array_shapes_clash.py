"""Two arrays are added, multiplied, stacked or split, and their shapes do not allow it."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "array-shapes-clash"


def array_shapes_clash(case: Case[Clashed]) -> Claim | None:
    if not is_kind(case, "broadcast", "concatenate", "split"):
        return None
    told = _what(case)
    return claim(case, RULE, f"{told}; {says(case).replace(case.keras, 'the call', 1)}", end=told)


def _what(case: Case[Clashed]) -> str:
    if is_kind(case, "split"):
        return f"{fact(case, 'size')} entries cannot be split into {fact(case, 'parts')} equal parts"
    found = [fact(case, side) for side in ("left", "right")]
    several = found if all(isinstance(each, tuple) for each in found) else fact(case, "shapes") or ()
    shapes = [show_shape(each.shape if isinstance(each, Tensor) else each) for each in several]
    listed = f"{' and '.join(shapes)} " if shapes else "the shapes "
    return listed + ("cannot be joined" if is_kind(case, "concatenate") else "do not fit together")
