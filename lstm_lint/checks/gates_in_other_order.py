"""The weights of an LSTM or GRU are cut into gates that are named in another order than they lie in."""

import re
from collections.abc import Sequence
from typing import Any

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.trace import AttributeRead, Called, ItemRead, Operation
from lstm_lint.values.library import Clash
from lstm_lint.values.value import Const, Slice, Tensor, Thing, Tuple, Value, number

RULE = "gates-in-other-order"
GATES = {"LSTM": ("i", "f", "cgj", "o"), "GRU": ("z", "r", "hnc")}
WEIGHTS = ("kernel", "recurrent_kernel", "bias")
NAMED = re.compile(r"(?:\w*_|[A-Za-z]{0,2})([ifcgjozrhn])(?:_\w)?")
"""`W_f`, `kernel_f`, `bf`: the letter at the end tells the gate."""


def gates_in_other_order(case: Case[Any]) -> Claim | None:
    operation = case.operation
    whole = _cut(operation)
    layer = _holder(whole) if isinstance(whole, Tensor) else None
    kind = layers.name(layer).removesuffix("Cell") if layer is not None else ""
    if layer is None or kind not in GATES or not isinstance(whole, Tensor):
        return None
    bound = _bound(case, operation, whole, len(GATES[kind]))
    letters = [_letter(name) for name in bound]
    order = [next((at for at, gate in enumerate(GATES[kind]) if letter in gate), -1) for letter in letters]
    if len(order) != len(GATES[kind]) or sorted(order) != list(range(len(order))) or order == sorted(order):
        return None
    lie = ", ".join(gate[0] for gate in GATES[kind])
    told = f"{', '.join(bound)} stand for parts of the weights of {kind} in another order than these lie in: {lie}"
    return Claim(
        RULE,
        operation.place,
        f"{told}; {case.keras} runs it without a word",
        hint=f"the order is {lie}",
        operation=operation,
        clash=Clash("silent-gates", (), (), {"layer": layer}),
    )


def _cut(operation: Operation) -> Value | None:
    """What is cut into parts along its last axis."""
    if isinstance(operation, ItemRead):
        return operation.owner
    if isinstance(operation, Called) and operation.callee.rpartition(".")[2] == "split" and operation.arguments:
        return operation.arguments[0].value if operation.receiver is None else None
    return None


def _holder(tensor: Tensor) -> Thing | None:
    """The layer of which the tensor is a weight."""
    operation = tensor.origin.operation if tensor.origin is not None else None
    if isinstance(operation, Called) and operation.callee == "numpy" and isinstance(operation.receiver, Tensor):
        return _holder(operation.receiver)
    holder = operation.receiver if isinstance(operation, Called) and operation.callee == "get_weights" else None
    if isinstance(operation, AttributeRead) and operation.name in WEIGHTS:
        holder = operation.owner
    return holder if isinstance(holder, Thing) and holder.type != "instance" else None


def _bound(case: Case[Any], operation: Operation, whole: Tensor, count: int) -> Sequence[str]:
    """The names of the parts, in the order in which these lie."""
    found: dict[int, str] = {}
    for each in case.trace.bindings:
        origin = each.value.origin if isinstance(each.value, Tensor) else None
        at = None
        if origin is not None and origin.operation is operation and isinstance(operation, Called):
            at = origin.path[0] if len(origin.path) == 1 else None
        elif origin is not None and isinstance(origin.operation, ItemRead) and isinstance(operation, ItemRead):
            at = _place(origin.operation, count) if origin.operation.owner is whole else None
        if at is not None:
            found[at] = each.name
    return [found[at] for at in sorted(found)] if sorted(found) == list(range(count)) else ()


def _place(read: ItemRead, count: int) -> int | None:
    """Which part of the last axis a slice takes."""
    owner, index = read.owner, read.index
    wide = owner.shape[-1] if isinstance(owner, Tensor) and isinstance(owner.shape, tuple) and owner.shape else None
    last = index.items[-1] if isinstance(index, Tuple) and index.items else index
    if not isinstance(wide, int) or wide % count or not isinstance(last, Slice) or wide < 2 * count:
        return None
    ends = [number(end) for end in (last.start, last.stop)]
    start, stop = 0 if ends[0] is None else ends[0], wide if ends[1] is None else ends[1]
    if not isinstance(start, int) or not isinstance(stop, int) or last.step != Const(None):
        return None
    part = wide // count
    start, stop = start % wide, stop % wide or wide
    return start // part if start % part == 0 and stop - start == part else None


def _letter(name: str) -> str:
    match = NAMED.fullmatch(name)
    return match[1].lower() if match else "?"
