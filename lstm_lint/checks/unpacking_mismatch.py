"""More or fewer names than a layer, or its weights, give values."""

from typing import Any

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, remedy
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import AttributeRead, Called, Clashed, Operation, Unpacked
from lstm_lint.values.value import Tensor, Thing, Tuple, Value, show_shape

RULE = "unpacking-mismatch"
WEIGHTS = ("kernel", "recurrent_kernel", "bias")


def unpacking_mismatch(case: Case[Clashed]) -> Claim | None:
    unpacked = case.operation.operation
    if not is_kind(case, "arity", "iterated") or not isinstance(unpacked, Unpacked):
        return None
    source = _source(unpacked.value)
    layer = getattr(source, "receiver", None) or getattr(source, "owner", None)
    if not isinstance(layer, Thing) or layer.type == "instance":
        return None
    if isinstance(unpacked.value, Tensor):
        return _one_tensor(case, unpacked, layer)
    gives = _parts(layer, unpacked, weights=not isinstance(source, Called) or source.callee != "__call__")
    listed = f": {', '.join(gives)}" if gives else ""
    what = "the weights of " if gives and gives[0] == "kernel" else ""
    message = (
        f"{what}{layers.name(layer)} {'are' if what else 'gives'} {unpacked.found} values{listed}; {_names(unpacked)}"
    )
    return claim(case, RULE, message, end=f"{unpacked.found} values for {unpacked.names} names")


def _names(unpacked: Unpacked) -> str:
    return f"{unpacked.names} name{'s stand' if unpacked.names > 1 else ' stands'} here"


def _source(value: Value) -> Operation | None:
    """The call or attribute that gave the values."""
    items: Any = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    parts = [value, *(items if isinstance(items, tuple) else ())]
    origins = (getattr(part, "origin", None) for part in parts)
    operation = next((origin.operation for origin in origins if origin is not None), None)
    return operation if isinstance(operation, Called | AttributeRead) else None


def _parts(layer: Thing, unpacked: Unpacked, weights: bool) -> tuple[str, ...]:
    """What the values are, where we know."""
    if weights:
        ours = layers.name(layer) in layers.STATES and unpacked.found == len(WEIGHTS)
        return WEIGHTS if ours else ()
    given = ("output", *_states(layer))
    return given if unpacked.found == len(given) else ()


def _states(layer: Thing) -> tuple[str, ...]:
    states = layers.STATES.get(layers.name(layers.inner(layer)), ())
    if layers.name(layer) != "Bidirectional":
        return states
    return tuple(f"{side} {state}" for side in ("forward", "backward") for state in states)


def _one_tensor(case: Case[Clashed], unpacked: Unpacked, layer: Thing) -> Claim | None:
    states = _states(layer)
    if not states:
        return None
    return claim(
        case,
        RULE,
        f"{layers.name(layer)} gives one tensor, {show_shape(fact(case, 'shape'))}; {_names(unpacked)}",
        hint=f"return_state=True gives {1 + len(states)} values: output, {', '.join(states)}",
        remedy=_mended(case, layers.inner(layer)) if unpacked.names == 1 + len(states) else None,
    )


def _mended(case: Case[Clashed], layer: Thing) -> Remedy | None:
    made = layers.made_at(layer)
    if made is None or "return_state" in (layer.get("given") or ()):
        return None
    text = "return_state=True"
    return remedy(case, f"Add `{text}`", Change(made, "add-argument", text), at=made)
