"""Steps of more axes than features, with which Keras 3 computes: where their gates come apart, and what a run gives.

A cell multiplies the last axis, adds states that are (batch, units), and parts gates along the second axis or the last
(`LSTMCell.call`, `GRUCell.call`, Keras 3.15).
"""

from collections.abc import Sequence

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Thing, Value, number

LSTM = "keras.layers.LSTMCell"
OF_ONE_STATE = ("keras.layers.GRUCell", "keras.layers.SimpleRNNCell")


def falls_apart(lstm: bool, units: int, shape: Shape, unrolled: bool | None) -> bool:
    """Do the gates of such steps surely not fit the states?"""
    several, second = (dim if isinstance(dim, int) else other for dim, other in zip(shape[1:3], (1, 4), strict=True))
    lasts = several > (2 if units == 1 and not lstm and unrolled is not False else 1)
    return lasts or lstm and (units > 1 or second % 4 != 0 and (second != 1 or len(shape) > 4))


def check_wide_steps(call: LayerCall, cells: Sequence[Value], shape: Shape) -> None:
    """Keras 3 takes gates apart along the second axis: with more axes they do not fit the states that come out."""
    for each in cells:
        kind, units = (each.type, number(argument(each, "units"))) if isinstance(each, Thing) else ("", None)
        if not call.keras3 or kind.endswith("SimpleRNNCell") or not isinstance(units, int):
            continue
        if falls_apart("LSTM" in kind, units, shape, call.flag("unroll")):
            errors, stage = ("InvalidArgumentError", "ValueError"), "run" if call.symbolic else "call"
            meet(call, call.clash("rank", (), errors, expected=3, found=call.input.rank, stage=stage))


def between(shape: Shape) -> tuple[Dim, ...]:
    """The axes between batch and features, where states are stretched over the last of them."""
    return (*shape[2:-2], Unknown("as many as the batch") if shape[-2] == 1 else shape[-2])


def of_a_run(cells: Sequence[Value], shape: Shape, before: Shape | Unknown) -> Shape | Unknown:
    """What a run over (batch, timesteps, ..., features) gives, where (batch, units) is told, or all steps of it."""
    kinds = {each.type if isinstance(each, Thing) else "" for each in cells}
    if isinstance(before, Unknown) or not (kinds <= set(OF_ONE_STATE) or kinds == {LSTM} and len(cells) == 1):
        return NO_RANK
    if kinds != {LSTM}:
        return (*before[:-1], *between(shape), before[-1])
    parts = [Unknown("a part of an axis, or as many as the batch") for _ in shape[2:-1]]
    return (*before[:-1], *parts, dims.multiply(before[-1], 4))
