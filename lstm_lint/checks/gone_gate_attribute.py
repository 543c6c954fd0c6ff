"""`lstm.kernel_c`: the weights of one gate, which are a slice of the cell's fused weights today."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, is_kind, remedy
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import AttributeRead, Clashed
from lstm_lint.values.value import Const, Thing, Value, alike, number, show, truth

RULE = "gone-gate-attribute"
GATES = {"LSTM": "ifco", "GRU": "zrh"}
WEIGHTS = {"W": "kernel", "U": "recurrent_kernel", "b": "bias", "input_bias": "bias", "recurrent_bias": "bias"}
MEANING = {"i": "input gate", "f": "forget gate", "c": "cell candidate", "o": "output gate"} | {
    "z": "update gate",
    "r": "reset gate",
    "h": "candidate state",
}


def gone_gate_attribute(case: Case[Clashed]) -> Claim | None:
    read = case.operation.operation
    if not is_kind(case, "attribute") or not isinstance(read, AttributeRead) or not isinstance(read.owner, Thing):
        return None
    kind = layers.name(read.owner).removesuffix("Cell")
    part, _, gate = read.name.rpartition("_")
    weight = WEIGHTS.get(part, part)
    if kind not in GATES or not gate or gate not in GATES[kind] or weight not in WEIGHTS.values():
        return None
    units, start = _units(case, read), GATES[kind].index(gate)
    new = f"{_holder(read.owner)}{weight}{_slice(read.owner, kind, part, weight, units, start)}"
    return claim(
        case,
        RULE,
        f"{layers.name(read.owner)} has no `{read.name}`: the {MEANING[gate]} is a slice of `cell.{weight}`, whose gates"
        f" lie in the order {', '.join(GATES[kind])}",
        hint=f"`{new}`" if units else "",
        remedy=_mended(case, read, part, new) if units else None,
    )


def _holder(owner: Thing) -> str:
    return "" if layers.name(owner).endswith("Cell") else "cell."


def _units(case: Case[Clashed], read: AttributeRead) -> str:
    """The name that the layer's units were given by, if it still means the same here; else the number."""
    assert isinstance(read.owner, Thing)
    holder = read.owner.get("layer") or read.owner
    units: Value = layers.argument(read.owner, "units")
    call = holder.get("call")
    written = next(iter(call.positional()), None) if call is not None else None
    written = layers.given(holder, "units") or written
    if written is not None and written.text:
        found = case.operation.names.get(written.text)
        if found is not None and alike(found, units):
            return written.text
    return show(number(units)) if isinstance(units, Const) else ""


def _slice(owner: Thing, kind: str, part: str, weight: str, units: str, start: int) -> str:
    stretch = f"{_times(start, units)}:{_times(start + 1, units)}"
    if weight != "bias":
        return f"[:, {stretch}]"
    if kind == "GRU" and truth(layers.argument(owner, "reset_after")):
        return f"[{1 if part == 'recurrent_bias' else 0}, {stretch}]"
    return f"[{stretch}]"


def _times(count: int, units: str) -> str:
    if units.isdigit():
        return str(count * int(units)) if count else ""
    return f"{count} * {units}" if count > 1 else units if count else ""


def _mended(case: Case[Clashed], read: AttributeRead, part: str, new: str) -> Remedy | None:
    """A GRU of today holds two biases, so which one a plain `bias_z` means is a guess."""
    if read.name_place is None:
        return None
    guess = "[0, " in new and part in ("b", "bias")
    change = Change(read.name_place, "replace", new)
    return remedy(case, f"Read `{new}`", change, at=read.place, applicability="unsafe" if guess else "safe")
