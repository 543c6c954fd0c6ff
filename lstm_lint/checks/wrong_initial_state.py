"""A recurrent layer is started with states that are not its own: another number, width, rank or batch."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of
from lstm_lint.checks.keras_raises import what
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, show_shape

RULE = "wrong-initial-state"
KINDS = ("state-count", "state-width", "state-rank", "state-batch", "state-kind", "state-shape")


def wrong_initial_state(case: Case[Clashed]) -> Claim | None:
    layer, argument = layer_of(case), blamed(case)
    if not is_kind(case, *KINDS) or layer is None:
        return None
    own = layers.STATES.get(layers.name(layers.inner(layer)), ())
    has = f"{layers.text(layer)} starts from {', '.join(own)}" if own else layers.text(layer)
    shapes = [show_shape(each.shape) for each in fact(case, "states") or () if isinstance(each, Tensor)]
    given = f", and is given {', '.join(shapes)}" if shapes else ""
    return claim(
        case,
        RULE,
        f"{what(case)}: {has}{given}",
        hint="the states of an encoder fit a decoder of the same kind and the same units",
        place=argument.place if argument is not None else None,
        end=f"{layers.text(layer)}: {what(case)}",
    )
