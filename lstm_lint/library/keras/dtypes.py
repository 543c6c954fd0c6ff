"""The dtypes of symbolic tensors: what layers make of them, and which they refuse, as real Keras told."""

from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall
from lstm_lint.library.keras.graph import OPERATION
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import GIVEN
from lstm_lint.library.keras.wrongkinds import told
from lstm_lint.records import replace
from lstm_lint.trace import Called
from lstm_lint.values.value import Tensor, Value

ASKED = ("bool", "int32", "int64", "float32", "string")
FOLLOWED = tuple(f"keras.{name}" for name in ("Model", "Sequential", "layers.InputLayer"))
"""What these give is known by what is in them."""


def check_dtype(call: LayerCall) -> None:
    """No layer of its class takes such numbers, or texts."""
    outcome = _outcome(call)
    if outcome is None or outcome.startswith("gives"):
        return
    stage, *raises = outcome.split()
    late = "run" if stage == "run" and call.keras3 else "call"
    meet(call, call.clash("input-dtype", (), tuple(raises), dtype=call.input.dtype, stage=late))


def carried(call: LayerCall, result: Value) -> Value:
    """The result with the dtype that such a layer gives; with none where that is not known."""
    if not isinstance(result, Tensor) or not call.symbolic or call.kind in FOLLOWED:
        return result
    outcome = _always(call) or ("" if "output_mode" in (call.layer.get(GIVEN) or ()) else _outcome(call) or "")
    if not outcome and all(sure(tensor) not in ASKED for tensor in call.inputs):
        return result
    return replace(result, dtype=outcome.removeprefix("gives ") if outcome.startswith("gives") else None)


def _always(call: LayerCall) -> str | None:
    """What it gives of numbers of every kind."""
    if {"dtype", "output_mode"} & set(call.layer.get(GIVEN) or ()):
        return None
    table = told(call.registry.target).get(call.layer.type, {}).get("input dtype", {})
    given = {table.get(kind) for kind in ("int32", "int64", "float32")}
    only = given.pop()
    return only if not given and only and only.startswith("gives") else None


def _outcome(call: LayerCall) -> str | None:
    kinds = {sure(tensor) for tensor in call.inputs}
    if len(kinds) != 1 or "dtype" in (call.layer.get(GIVEN) or ()):
        return None
    return told(call.registry.target).get(call.layer.type, {}).get("input dtype", {}).get(str(*kinds))


def sure(tensor: Tensor) -> str | None:
    """The dtype of what a layer or Input gave: what functions of tensors do to it is not followed."""
    operation = tensor.origin.operation if tensor.origin is not None else None
    given = tensor.history is not None and tensor.history.layer.type != OPERATION
    if (
        tensor.type != SYMBOLIC
        or not given
        and not (isinstance(operation, Called) and operation.callee == "keras.Input")
    ):
        return None
    return tensor.dtype if tensor.dtype != "float32" or not given else None
