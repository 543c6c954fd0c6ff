"""A layer that folds the time steps away feeds one that reads them."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, layer_of, ranks, way_of
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.value import show_shape

RULE = "time-axis-lost"


def time_axis_lost(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    counted = ranks(case)
    if counted is None or layer is None or counted[1] >= counted[0]:
        return None
    lost = next((step for step in reversed(way_of(case)) if step.lost_an_axis()), None)
    if lost is None or lost.layer is None or not _folds(layers.name(lost.layer)):
        return None
    folder, reader = layers.name(lost.layer), layers.name(layer)
    return claim(
        case,
        RULE,
        f"{folder} leaves {show_shape(lost.gave.shape)}, without the time axis that {reader} reads behind it",
        hint=_hint(folder, reader),
        place=lost.place,
        end=f"{layers.text(layer)}: needs {fact(case, 'expected')} axes, gets {fact(case, 'found')}",
    )


def _folds(name: str) -> bool:
    return name == "Flatten" or name.startswith("Global")


def _hint(folder: str, reader: str) -> str:
    wrapped = f"TimeDistributed({folder}()) treats each time step by itself"
    return f"leave {folder} out, or put it behind {reader}; {wrapped}, where a step has several axes"
