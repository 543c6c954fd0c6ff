"""The data has as many axes as the model's input, and one of them is of another size."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Shape, show_shape

RULE = "data-shape-mismatch"
NAMES = {3: ("samples", "time steps", "features")}


def data_shape_mismatch(case: Case[Clashed]) -> Claim | None:
    wanted, found, axis = fact(case, "expected"), fact(case, "found"), fact(case, "axis")
    if not is_kind(case, "data-shape") or not isinstance(wanted, tuple) or not isinstance(found, tuple):
        return None
    if len(wanted) != len(found):
        return None
    return claim(
        case,
        RULE,
        f"the model takes {show_shape(wanted)}, and gets {show_shape(found)}{_axis(wanted, found, axis)}; {says(case)}",
        hint=_hint(wanted, found),
        end=f"{fact(case, 'method') or 'the model'}: takes {show_shape(wanted)}, gets {show_shape(found)}",
    )


def _axis(wanted: Shape, found: Shape, axis: object) -> str:
    if not isinstance(axis, int):
        return ""
    names = NAMES.get(len(wanted))
    what = names[axis] if names else f"entries along axis {axis}"
    return f": {wanted[axis]} {what} are wanted, {found[axis]} are there"


def _hint(wanted: Shape, found: Shape) -> str:
    if len(wanted) == 3 and wanted[1:] == found[:0:-1]:
        return "time steps and features have changed places: np.transpose(data, (0, 2, 1)) puts them right"
    return "the shape of Input is that of the data behind its first axis: shape=data.shape[1:]"
