"""A layer that reads time steps is fed by a recurrent layer that hands on only its last one."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, layer_of, ranks, remedy, way_of
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.findings import Place
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Thing, show_shape, truth

RULE = "missing-return-sequences"


def missing_return_sequences(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if ranks(case) != (3, 2) or layer is None:
        return None
    lost = next((step for step in reversed(way_of(case)) if step.lost_an_axis()), None)
    if lost is None or lost.layer is None or not _last_step_only(lost.layer):
        return None
    feeder, reader = layers.name(lost.layer), layers.name(layer)
    shape = show_shape(lost.gave.shape)
    return claim(
        case,
        RULE,
        f"this {feeder} gives {shape}, its last time step only; {_below(reader, feeder)} needs all of them, 3 axes",
        hint="return_sequences=True hands on every time step",
        place=_place(case, lost.layer) or lost.place,
        remedy=_mended(case, layers.inner(lost.layer)),
        end=f"{layers.text(layer)}: needs 3 axes, (batch, timesteps, features), gets {show_shape(fact(case, 'shape'))}",
    )


def _place(case: Case[Clashed], layer: Thing) -> Place | None:
    """Where a layer was made that an object keeps for its methods to call: there the argument goes."""
    objects = [
        value for value in case.operation.names.values() if isinstance(value, Thing) and value.type == "instance"
    ]
    return layers.made_at(layer) if any(_holds(each, layer) for each in objects) else None


def _holds(instance: Thing, layer: Thing) -> bool:
    held = list(instance.fields.values())
    lists = (value.get("items") for value in held if isinstance(value, Thing) and value.type == "list")
    return any(each is layer for several in (held, *lists) if isinstance(several, list | tuple) for each in several)


def _below(reader: str, feeder: str) -> str:
    return f"the {reader} it feeds" if reader == feeder else f"{reader}, which it feeds,"


def _last_step_only(layer: Thing) -> bool:
    inner = layers.inner(layer)
    recurrent = layers.name(layer) in layers.RECURRENT and "return_sequences" in (inner.get("arguments") or {})
    return recurrent and truth(layers.argument(inner, "return_sequences")) is False


def _mended(case: Case[Clashed], layer: Thing) -> Remedy | None:
    """The argument added, or its False made True."""
    made, written = layers.made_at(layer), layers.given(layer, "return_sequences")
    if made is None or written is None and "return_sequences" in (layer.get("given") or ()):
        return None
    text = "return_sequences=True"
    if written is None:
        return remedy(case, f"Add `{text}`", Change(made, "add-argument", text), at=made)
    if written.place is None or written.value != Const(False):
        return None
    return remedy(case, f"Set `{text}`", Change(written.place, "replace", text), at=made)
