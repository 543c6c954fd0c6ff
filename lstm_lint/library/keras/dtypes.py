"""The dtypes of tensors: what layers, functions and operators make of them, and which they refuse, as real Keras told.

A tensor whose dtype is not surely known has none.
"""

from collections.abc import Sequence

from lstm_lint.findings import Target
from lstm_lint.library.arrays.spelling import parts
from lstm_lint.library.keras.calling import EAGER, SYMBOLIC, LayerCall
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.wrongkinds import kind_of, told
from lstm_lint.library.registry import Registry
from lstm_lint.records import replace
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.value import NONE, Const, Symbol, Tensor, Thing, Tuple, Value, truth

TENSORS = (SYMBOLIC, EAGER)
TABLE = "input dtype"
ASKED = ("bool", "int32", "int64", "float32", "string")
NUMBERS = ("int", "float")
"""Of Python's: the second operand of an operator."""
FOLLOWED = tuple(
    f"keras.{name}"
    for name in ("Model", "Sequential", *(f"layers.{name}" for name in ("InputLayer", "Lambda", "TimeDistributed")))
)
"""What these give is known by what is in them."""
TELLING = {
    "output_mode": "",
    "mask_value": "float",
    "mask_zero": "false",
    "negative_slope": "zero",
    "use_scale": "as the class",
    "normalize": "false",
}
"""Arguments that change it, and the kind of value that does not; what they were asked with stands behind the name."""
FLAGS = ("mask_zero", "use_scale", "normalize")
HOLDING = {"keras.layers.RNN": "cell", "keras.layers.StackedRNNCells": "cells", "keras.layers.Bidirectional": "layer"}
"""Where the layer is that computes, by the name of an argument."""
SEVERAL = ("query", "value", "key")


def check_dtype(call: LayerCall) -> None:
    """No layer of its class takes such numbers, or texts."""
    tensors = _tensors(call) if call.symbolic else []
    kinds = [tensor.dtype if tensor.type == SYMBOLIC else None for tensor in tensors]
    outcome = outcome_of(_table(call), kinds) if kinds else None
    if outcome is None or outcome.startswith("gives"):
        return
    stage, *raises = outcome.split()
    if call.keras3 and call.kind == "keras.layers.Activation":  # it does not call its function before it runs
        stage = "run"
    meet(call, call.clash("input-dtype", (), tuple(raises), dtype=_both(kinds), stage=stage))


def check_given(call: LayerCall, declared: Sequence[Tensor]) -> None:
    """No model makes numbers of texts, or texts of numbers."""
    for mine, theirs in zip(declared, call.inputs, strict=False):
        known = theirs.dtype in ASKED and mine.dtype in ASKED and theirs.type == SYMBOLIC
        if known and (mine.dtype == "string") != (theirs.dtype == "string"):
            raises = ("UnimplementedError", "ValueError")
            meet(call, call.clash("input-dtype", (), raises, dtype=theirs.dtype, stage="run"))


def carried(call: LayerCall, result: Value) -> Value:
    """The result with the dtype that such a layer gives; with none where that is not known."""
    if call.kind in FOLLOWED or not isinstance(result, (Tensor, Tuple)):
        return result
    table = _table(call)
    outcome = _always(table) or outcome_of(table, [tensor.dtype for tensor in _tensors(call)]) or ""
    if outcome.startswith("run"):  # the symbolic tensor is what it gives of others
        outcome = _given(table)
    return _with(result, outcome.removeprefix("gives ") if outcome.startswith("gives") else None)


def _with(value: Value, dtype: str | None) -> Value:
    match value:
        case Tensor():
            return value if value.dtype == dtype else replace(value, dtype=dtype)
        case Tuple(items=items, kind=kind):
            return Tuple(tuple(_with(item, dtype) for item in items), kind)
    return value


def _tensors(call: LayerCall) -> list[Tensor]:
    """All that it computes with."""
    if call.kind != "keras.layers.MultiHeadAttention":
        return call.inputs
    given = (call.call.find(name, place) for place, name in enumerate(SEVERAL))
    return [each.value for each in given if each is not None and isinstance(each.value, Tensor)]


def _table(call: LayerCall) -> dict[str, str]:
    """What is known of the layer with its arguments: of what it is made of, where that tells."""
    given = call.layer.get(GIVEN) or ()
    if "dtype" in given:
        return {}
    known, asked = told(call.registry.target), call.layer.type
    if asked == "keras.layers.Activation":
        return known.get(function_path(call.value("activation")), {}).get(TABLE, {})
    held: Value | None = call.layer
    while isinstance(held, Thing) and held.type in HOLDING:
        held = _first(argument(held, HOLDING[held.type]))
    tables = known.get(held.type, {}) if isinstance(held, Thing) else {}
    for name in TELLING if held is call.layer else ():
        if name in given:
            value = call.value(name)
            kind = (
                value.value if name == "output_mode" and value != NONE and isinstance(value, Const) else kind_of(value)
            )
            kind = str(truth(value)).lower() if name in FLAGS else kind
            return tables.get(TABLE if kind == TELLING[name] else f"{TABLE}, {name} {kind}", {})
    return tables.get(TABLE, {})


def _first(value: Value) -> Value:
    """The first of several cells."""
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return items[0] if isinstance(items, tuple) and items else value


def _always(table: dict[str, str]) -> str | None:
    """What it gives of numbers of every kind."""
    given = {table.get(kind) for kind in ("int32", "int64", "float32")}
    only = given.pop()
    return only if not given and only and only.startswith("gives") else None


def _given(table: dict[str, str]) -> str:
    """What it gives of all that it takes, where that is one."""
    several = {outcome for outcome in table.values() if outcome.startswith("gives")}
    return several.pop() if len(several) == 1 else ""


def _both(kinds: list[str | None]) -> str:
    return " and ".join(dict.fromkeys(map(str, kinds)))


def outcome_of(table: dict[str, str], kinds: list[str | None]) -> str | None:
    """Of one dtype, or of the first two that differ."""
    several = list(dict.fromkeys(kinds))
    if not table or not several or any(kind not in (*ASKED, *NUMBERS) for kind in several):
        return None
    if len(several) == 1:
        return table.get(str(several[0]))
    pair = f"{several[0]} {several[1]}"
    return table.get(pair) if several[1] in NUMBERS else table.get(pair) or table.get("mixed")


def function_path(value: Value) -> str:
    """Of an activation by its name, or the function itself."""
    match value:
        case Const(value=str() as name):
            return f"keras.activations.{name}"
        case Const(value=None):
            return "keras.activations.linear"
        case Symbol(path=path):
            return path
    return ""


def given_by(path: str, target: Target, dtypes: list[str | None], tensor: Tensor) -> str | None:
    """The dtype that a function or operator gives, None where it is not known; raises Clash for what it refuses."""
    outcome = outcome_of(told(target).get(path, {}).get(TABLE, {}), dtypes) or ""
    stage, *words = outcome.split() or [""]
    if stage == "call":
        facts = {"function": path, "dtype": _both(dtypes), "tensor": tensor, "shape": tensor.shape}
        raise Clash("input-dtype", (*words, "InvalidArgumentError"), (), facts)
    return words[0] if stage == "gives" else None


def dtype_by(registry: Registry, call: Call) -> str | None:
    """The dtype that a function gives for tensors, where it is known."""
    tensors = [tensor for argument in call.arguments for tensor in parts(argument.value)]
    if not tensors or any(tensor.type not in TENSORS for tensor in tensors):
        return None
    return given_by(call.callee, registry.target, [tensor.dtype for tensor in tensors], tensors[0])
