"""A stateful layer goes on from batch to batch, and `fit` shuffles the samples."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of, remedy, says
from lstm_lint.claims import Change, Claim
from lstm_lint.trace import Clashed

RULE = "stateful-shuffled"


def stateful_shuffled(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "silent-stateful-shuffled") or layer is None:
        return None
    given = any(argument.name == "shuffle" for argument in getattr(case.operation.operation, "arguments", ()))
    told = f"{layers.text(layer)} starts each batch of {fact(case, 'size')} from the states of the one before, and fit"
    told += f" puts the {fact(case, 'samples')} samples into another order each epoch: the states belong to others"
    mended = remedy(
        case,
        "Leave the samples in their order",
        Change(case.operation.operation.place, "add-argument", "shuffle=False"),
        at=case.operation.operation.place,
        applicability="unsafe",
    )
    return claim(case, RULE, f"{told}; {says(case)}", hint="shuffle=False", remedy=None if given else mended)
