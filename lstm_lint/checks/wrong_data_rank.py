"""The data has more or fewer axes than the model's input."""

from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, ranks, says, way_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Shape, Tensor, show_shape

RULE = "wrong-data-rank"


def wrong_data_rank(case: Case[Clashed]) -> Claim | None:
    shape, wanted = fact(case, "shape"), _wanted(case)
    if not isinstance(shape, tuple) or wanted is None:
        return None
    declared = _declared(case)
    like = f", like {show_shape(declared)}" if declared is not None else ""
    return claim(
        case,
        RULE,
        f"the model takes data of {wanted} axes{like}, and gets {len(shape)}: {show_shape(shape)}; {says(case)}",
        hint=_hint(shape, wanted, declared),
        end=f"{fact(case, 'method') or 'the model'}: takes {wanted} axes, gets {len(shape)}",
    )


def _wanted(case: Case[Clashed]) -> int | None:
    """How many axes the model takes, if it is the data itself that has another number."""
    if is_kind(case, "data-rank", "data-shape"):
        declared, inner = _declared(case), fact(case, "inner")
        if is_kind(case, "data-shape"):
            other = declared is not None and len(declared) != len(fact(case, "shape"))
            return len(declared) if declared is not None and other else None
        wanted = inner.get("expected") if inner is not None else declared and len(declared)
        return wanted if isinstance(wanted, int) else None
    counted = ranks(case)
    fed = counted is not None and fact(case, "model") is not None and layer_of(case) is not None
    return counted[0] if counted is not None and fed and len(way_of(case)) == 1 else None


def _declared(case: Case[Clashed]) -> Shape | None:
    mine = fact(case, "input")
    return mine.shape if isinstance(mine, Tensor) and isinstance(mine.shape, tuple) else None


def _hint(shape: Shape, wanted: int, declared: Shape | None) -> str:
    if len(shape) == wanted - 1 and declared is not None and shape == declared[1:]:
        return "this is one sample without its batch axis: data[np.newaxis]"
    if len(shape) == 2 and wanted == 3:
        return "recurrent layers read (samples, timesteps, features): data.reshape(len(data), timesteps, features)"
    return ""
