"""Kinds of values that an argument of a layer surely refuses, as real Keras told (tools/dump_keras.py).

Some are refused where the layer is made, some when it is called, some only when it runs.
"""

import json
from functools import cache
from pathlib import Path

from lstm_lint.findings import Target
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import asked_later, rows_of_numbers
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.versions import newest
from lstm_lint.values.library import Clash
from lstm_lint.values.value import NONE, Const, Thing, Tuple, Value, truth

AS_INITIALIZER = ("call", ("ValueError", "TypeError"))
"""A layer is called on a shape then; and matrices are for no other axes."""
VERSIONS = Path(__file__).parent.parent / "versions"


@cache
def told(target: Target) -> dict[str, dict[str, dict[str, str]]]:
    """Class, parameter and kind of value -> the stage and the exceptions."""
    text = newest(target, VERSIONS, "refused").read_text(encoding="utf-8")
    found: dict[str, dict[str, dict[str, str]]] = json.loads(text)
    return found


def refused(target: Target, path: str, name: str, value: Value) -> tuple[str, tuple[str, ...]] | None:
    """The stage and the exceptions; None if it is taken, or not known."""
    kinds = told(target).get(path, {}).get(name)
    kind = kind_of(value) if kinds else ""
    if kinds and kind == "blank" and "empty" in kinds:
        kind = "str"  # what counts as False is no exception
    outcome = kinds.get(kind) if kinds else None
    if outcome is None:
        return None
    stage, *raises = outcome.split()
    return stage, tuple(raises)


def kind_of(value: Value) -> str:
    match value:
        case Const(value=None):
            return "none"
        case Const(value=bool(flag)):
            return "true" if flag else "false"
        case Const(value=int(number)):
            return "positive" if number > 0 else "negative" if number < 0 else "zero"
        case Const(value=str(text)) if text:
            return "digits" if text.isdecimal() else "str"
        case Const(value=""):
            return "blank"
        case Const(value=plain):
            return type(plain).__name__
        case Tuple(kind="tuple", items=items) if _plain(items):
            return "tuple"
        case Thing(type="list", fields={"items": tuple() as items}) if _plain(items):
            return "list" if items else "empty"
        case Thing(type="dict"):
            return "dict"
        case Thing(type=path) if path.startswith("keras.layers."):
            return "layer"
    return "something else"


def _plain(items: tuple[Value, ...]) -> bool:
    """Rows of numbers and texts were tried, no rows of things."""
    rows = (None if isinstance(each, Const) else listed(each) for each in items)
    return all(
        isinstance(each, Const) or row is not None and _plain(row) for each, row in zip(items, rows, strict=True)
    )


def check_late(call: LayerCall, held: Thing) -> None:
    """What was taken when `held` was made, and is not when it is called or runs."""
    for name in sorted(held.get(GIVEN) or ()):
        value = argument(held, name)
        if _fits_none(call, held, name, value):
            continue
        made = name.endswith("_initializer") and _misfit(call, held, name, value)
        found = AS_INITIALIZER if made else refused(call.registry.target, held.type, name, value)
        found = found or asked_later(call, held, name)
        if found is None:
            continue
        stage, raises = found
        late = "run" if stage == "run" and call.symbolic else "call"
        meet(call, Clash("argument-value", raises, (), _facts(call, held, name) | {"stage": late}))


def _misfit(call: LayerCall, held: Thing, name: str, value: Value) -> bool:
    from lstm_lint.library.keras.initial import misfit

    return kind_of(value) == "layer" and _makes(call, held, name) or misfit(call, held, name)


def _fits_none(call: LayerCall, held: Thing, name: str, value: Value) -> bool:
    """An empty row meets an axis of one; over images Keras 2 has a kernel that takes no `epsilon` for its own."""
    if call.keras3 or name != "epsilon":
        return held is call.layer and listed(value) == () and name in rows_of_numbers(call)
    if value != NONE or held is not call.layer:
        return False
    from lstm_lint.library.keras.later_keras2 import fused

    return fused(call)


FLAGS = {"bias_initializer": "use_bias", "beta_initializer": "center", "gamma_initializer": "scale"}
"""Without these such weights are not made."""
SEPARABLE = ("keras.layers.SeparableConv1D", "keras.layers.SeparableConv2D")
"""They have other kernels."""


def _makes(call: LayerCall, held: Thing, name: str) -> bool:
    """Does it make the weight that an initializer is for?"""
    if name == "kernel_initializer" and held.type in SEPARABLE:
        return False
    if name.endswith(("kernel_initializer", "embeddings_initializer")):
        return True
    axes = name == "bias_initializer" and held.type == "keras.layers.EinsumDense"
    flag = argument(held, "bias_axes" if axes else FLAGS.get(name, ""))
    return name not in FLAGS or truth(flag) is True


def _facts(call: LayerCall, held: Thing, name: str) -> dict[str, object]:
    return {"layer": held, "tensor": call.input, "callee": held.type, "name": name, "value": argument(held, name)}
