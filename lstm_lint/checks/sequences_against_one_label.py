"""The model gives an output for every time step, and there is one target for the whole sample: the loss stretches it."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, says, way_of
from lstm_lint.checks.target_shape_mismatch import written
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Tensor, Thing, show_shape, truth

RULE = "sequences-against-one-label"


def sequences_against_one_label(case: Case[Clashed]) -> Claim | None:
    output, target = fact(case, "output"), fact(case, "target")
    if not is_kind(case, "silent-target-stretched") or not isinstance(output, Tensor) or not isinstance(target, Tensor):
        return None
    ours, theirs = output.shape, target.shape
    layer = _last_recurrent(case)
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple) or layer is None:
        return None
    if len(ours) != 3 or len(theirs) > 2:
        return None
    both = f"{layers.text(layer)} gives every time step, {show_shape(ours)} in the end, and the targets are one"
    return claim(
        case,
        RULE,
        f"{both} for each sample, {show_shape(theirs)}: {written(fact(case, 'loss'))} stretches them; {says(case)}",
        hint="return_sequences=False in the last recurrent layer gives one output for each sample",
        end=f"{fact(case, 'method')}: {show_shape(ours)} against {show_shape(theirs)}",
    )


def _last_recurrent(case: Case[Clashed]) -> Thing | None:
    """The last recurrent layer, if it hands on all its steps."""
    behind = [each.layer for each in way_of(case) if each.layer is not None]
    held = fact(case, "model").get("layers") if isinstance(fact(case, "model"), Thing) else None
    several = (
        [each for each in held or behind if isinstance(each, Thing)] if isinstance(held or behind, tuple | list) else []
    )
    last = next((each for each in reversed(several) if layers.name(each) in layers.RECURRENT), None)
    sequences = last is not None and truth(layers.argument(layers.inner(last), "return_sequences"))
    return last if sequences else None
