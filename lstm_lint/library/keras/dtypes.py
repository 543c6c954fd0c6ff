"""The dtypes of tensors: what layers, functions and operators make of them, and which they refuse, as real Keras told.

A tensor whose dtype is not surely known has none. Its dtype is that of a run; Keras 3 may tell another before.
"""

from collections.abc import Sequence

from lstm_lint.findings import Target
from lstm_lint.library.arrays.spelling import parts
from lstm_lint.library.keras.calling import EAGER, SYMBOLIC, LayerCall
from lstm_lint.library.keras.feeding import Again
from lstm_lint.library.keras.late import meet, meet_between
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.trained import trained
from lstm_lint.library.keras.wrongkinds import kind_of, told
from lstm_lint.library.registry import Registry
from lstm_lint.records import replace
from lstm_lint.values.library import Call, Clash, Engine
from lstm_lint.values.value import NONE, Const, Symbol, Tensor, Thing, Tuple, Value, truth

TENSORS = (SYMBOLIC, EAGER)
TABLE = "input dtype"
ITSELF = "gives it"
INTEGERS = ("int32", "int64", "uint8", "int8", "uint16", "int16", "uint32")
FLOATS = ("float32", "float16", "bfloat16", "float64")
DTYPES = ("bool", *INTEGERS, *FLOATS, "complex64", "string")
NUMBERS = ("int", "float")
"""Of Python's: the second operand of an operator."""
AS_FLOATS = ("keras.layers.Lambda", "keras.layers.TimeDistributed")
FOLLOWED = ("keras.Model", "keras.Sequential", "keras.layers.InputLayer", *AS_FLOATS)
"""What these give is known by what is in them; of some Keras 3 tells that it is floats."""
TELLING = {
    "invert": "false",
    "output_mode": "",
    "interpolation": "",
    "score_mode": "",
    "mask_value": "float",
    "mask_zero": "false",
    "negative_slope": "zero",
    "use_scale": "as the class",
    "normalize": "false",
}
"""Arguments that change it, and the kind of value that does not; what they were asked with stands behind the name."""
FLAGS = ("invert", "mask_zero", "use_scale", "normalize")
FORMER = {"binary": "multi_hot", "tf-idf": "tf_idf"}
HOLDING = {"keras.layers.RNN": "cell", "keras.layers.StackedRNNCells": "cells"}
HOLDING |= dict.fromkeys(("keras.layers.Bidirectional", "keras.layers.SpectralNormalization"), "layer")
"""Where the layer is that computes, by the name of an argument."""
DROPPING = {f"keras.layers.{name}": "rate" for name in ("Dropout", "GaussianDropout", "AlphaDropout")}
DROPPING |= {f"keras.layers.SpatialDropout{n}D": "rate" for n in (1, 2, 3)} | {"keras.layers.GaussianNoise": "stddev"}
"""What computes in training alone, and the argument that may say that it does not."""
SEVERAL = ("query", "value", "key")


def check_dtype(call: LayerCall) -> None:
    """No layer of its class takes such numbers, or texts."""
    if not call.symbolic and not in_a_run(call):
        return
    if call.kind == "keras.layers.Softmax" and call.keras3 and call.input.mask is not None:
        return  # what is added for the mask are floats
    kinds = _cast([tensor.dtype if tensor.type in TENSORS else None for tensor in _tensors(call)])
    outcome = outcome_of(_table(call), kinds)
    if outcome is None or outcome.startswith("gives"):
        return
    stage, *raises = outcome.split()
    if call.keras3:  # symbolic tensors may tell of another dtype
        stage = "run" if call.symbolic else "call"
    meet(call, call.clash("input-dtype", (), tuple(raises), dtype=_both(kinds), stage=stage))


def in_a_run(call: LayerCall) -> bool:
    """Is it followed as a run meets it?"""
    return isinstance(call.call.engine, Again) and call.call.engine.running


def check_given(call: LayerCall, declared: Sequence[Tensor]) -> None:
    """No model makes numbers of texts, or texts of numbers."""
    for mine, theirs in zip(declared, call.inputs, strict=False):
        known = theirs.dtype in DTYPES and mine.dtype in DTYPES and theirs.type == SYMBOLIC
        if known and (mine.dtype == "string") != (theirs.dtype == "string"):
            raises = ("UnimplementedError", "ValueError")
            meet(call, call.clash("input-dtype", (), raises, dtype=theirs.dtype, stage="run"))


def carried(call: LayerCall, result: Value) -> Value:
    """The result with the dtype that such a layer gives; with none where that is not known."""
    if call.kind in FOLLOWED or not isinstance(result, (Tensor, Tuple)):
        floats = call.keras3 and call.kind in AS_FLOATS
        return (
            _with(result, result.dtype, _unless(result.dtype, "float32"))
            if floats and isinstance(result, Tensor)
            else result
        )
    table, tensors = _table(call), _tensors(call)
    really = _always(table) or outcome_of(table, _cast([tensor.dtype for tensor in tensors])) or ""
    if really.startswith("run"):  # the symbolic tensor is what it gives of others
        really = _given(table) or call.keras3 and _outcome(table, "float32") or ""
    before = outcome_of(table, _cast(list(map(_told, tensors)))) if any(map(_differs, tensors)) else really
    if call.keras3 and call.kind == "keras.layers.Activation":
        before = "gives float32"
    return _with(result, *_both_of(really, before or ""))


def _cast(kinds: list[str | None]) -> list[str | None]:
    """A layer makes floats of one size of those of several."""
    several = len(set(kinds)) > 1
    return ["float32" if several and each in FLOATS else each for each in kinds]


def _told(tensor: Tensor) -> str | None:
    return tensor.dtype if tensor.told is None else tensor.told or None


def _differs(tensor: Tensor) -> bool:
    return tensor.told is not None


def _both_of(really: str, before: str) -> tuple[str | None, str | None]:
    """The dtype of a run, and what is told before where that is another."""
    dtype = really.split()[1] if really.startswith("gives") else None
    told = before.split()[-1] if before.startswith("gives") else ""
    return dtype, _unless(dtype, told)


def _unless(dtype: str | None, told: str) -> str | None:
    return None if told == (dtype or "") else told


def _with(value: Value, dtype: str | None, told: str | None) -> Value:
    match value:
        case Tensor(type=kind):
            told = told if kind == SYMBOLIC else None
            same = value.dtype == dtype and value.told == told
            return value if same else replace(value, dtype=dtype, told=told)
        case Tuple(items=items, kind=kind):
            return Tuple(tuple(_with(item, dtype, told) for item in items), kind)
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
    if asked in DROPPING and trained(call) and truth(argument(call.layer, DROPPING[asked])) is True:
        return known.get(asked, {}).get(f"{TABLE}, in training", {})
    held: Value | None = call.layer
    if asked == "keras.layers.Activation":
        function = call.value("activation")
        if not isinstance(function, Thing) or TELLING.keys() & (function.get(GIVEN) or ()):
            return known.get(function_path(function), {}).get(TABLE, {})
        held = function
    while isinstance(held, Thing) and held.type in HOLDING:
        held = _first(argument(held, HOLDING[held.type]))
    tables = known.get(held.type, {}) if isinstance(held, Thing) else {}
    for name in TELLING if held is call.layer and not _limited(call) else ():
        if name in given:
            value = call.value(name)
            kind = (
                _mode(value.value)
                if not TELLING[name] and value != NONE and isinstance(value, Const)
                else kind_of(value)
            )
            kind = str(truth(value)).lower() if name in FLAGS else kind
            return tables.get(TABLE if kind == TELLING[name] else f"{TABLE}, {name} {kind}", {})
    return tables.get(TABLE, {})


def _limited(call: LayerCall) -> bool:
    """A ReLU of Keras 2 with a limit or a threshold, which keeps the dtype, whatever its slope."""
    named = call.kind == "keras.layers.ReLU" and not call.keras3
    return named and (not call.is_none("max_value") or truth(call.value("threshold")) is True)


def _mode(text: object) -> object:
    """By its newer name."""
    return FORMER.get(str(text), text)


def _first(value: Value) -> Value:
    """The first of several cells."""
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    return items[0] if isinstance(items, tuple) and items else value


def _always(table: dict[str, str]) -> str | None:
    """What it gives of numbers of every kind."""
    given = {_outcome(table, kind) for kind in ("int32", "int64", "float32")}
    only = given.pop()
    return only if not given and only and only.startswith("gives") else None


def _given(table: dict[str, str]) -> str:
    """What it gives of all that it takes, where that is one."""
    several = [outcome for outcome in table if outcome.startswith("gives")]
    return several[0] if len(several) == 1 and not several[0].startswith(ITSELF) else ""


def _both(kinds: Sequence[str | None]) -> str:
    return " and ".join(dict.fromkeys(map(str, kinds)))


def outcome_of(table: dict[str, str], kinds: Sequence[str | None]) -> str | None:
    """Of one dtype, or of the first two that differ."""
    several = list(dict.fromkeys(kinds))
    if not table or not several or None in several:
        return None
    if len(several) == 1:
        return _outcome(table, str(several[0]))
    if "string" in several:  # with numbers of any kind it is the same
        several = [each if each in ("string", *NUMBERS) else "float32" for each in several]
    found = _outcome(table, f"{several[0]}+{several[1]}")
    return found or (_outcome(table, "mixed") if several[1] not in NUMBERS else None)


def _outcome(table: dict[str, str], kind: str) -> str | None:
    """Behind each outcome stand the dtypes that have it."""
    found = next((outcome for outcome, kinds in table.items() if kind in kinds.split()), None)
    return found.replace(ITSELF, f"gives {kind}") if found else None


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


def given_by(path: str, target: Target, given: Sequence[Tensor | str], engine: Engine) -> tuple[str | None, str | None]:
    """The dtype that a function or operator gives, and what Keras tells before; raises Clash for what it refuses."""
    tensors = [each for each in given if isinstance(each, Tensor)]
    eager = all(each.type == EAGER for each in tensors)
    own = eager and path.startswith("operator") and not isinstance(engine, Again)  # TensorFlow's, not Keras'
    table = told(target).get(f"eager {path}" if own else path, {}).get(TABLE, {})
    kinds = [each.dtype if isinstance(each, Tensor) else each for each in given]
    before = [_told(each) if isinstance(each, Tensor) else each for each in given]
    first, really = (outcome_of(table, each) or "" for each in (before, kinds))
    for stage, outcome, dtypes in (("call", first, before), ("run", really, kinds)):
        if outcome.startswith(stage):
            raises = (*outcome.split()[1:], "InvalidArgumentError")
            facts = {"function": path, "dtype": _both(dtypes), "tensor": tensors[0], "shape": tensors[0].shape}
            clash = Clash("input-dtype", raises, (), {**facts, "stage": stage})
            if stage == "call" or eager:
                raise clash
            meet_between(engine, tensors, clash)
    return _both_of(really, first)


OPERATORS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "true_divide": "/", "floor_divide": "//"}
OPERATORS |= {"power": "**", "mod": "%"}
COMPARED = (
    "less",
    "less_equal",
    "greater",
    "greater_equal",
    "equal",
    "not_equal",
    "maximum",
    "minimum",
    "fmax",
    "fmin",
)
OF_TWO = (*COMPARED, "dot", "inner", "outer", "vdot", "kron")


def dtype_by(registry: Registry, call: Call) -> tuple[str | None, str | None]:
    """The dtype that a function gives for tensors, where it is known, and what is told before."""
    tensors = [tensor for argument in call.arguments for tensor in parts(argument.value)]
    if not tensors or any(tensor.type not in TENSORS for tensor in tensors):
        return None, None
    home, _, name = call.callee.rpartition(".")
    if len(tensors) == 1 and name in OPERATORS and home == "keras.ops" and _number(call):
        return given_by(f"operator {OPERATORS[name]}", registry.target, (tensors[0], _number(call)), call.engine)
    whole = tensors[0].dtype == "bool" and not all(isinstance(each.value, Tensor) for each in call.positional()[:2])
    like = name.endswith("_like") and len(call.positional()) > 1
    if whole and name in OF_TWO or like or call.value("dtype", None, NONE) != NONE:
        return None, None  # a number beside truth values makes numbers of them
    found = given_by(call.callee, registry.target, tensors, call.engine)
    return found if _by_tensors(call, tensors) else (None, None)


def _number(call: Call) -> str:
    """The kind of the number beside a tensor."""
    kinds = [type(each.value.value).__name__ for each in call.positional()[:2] if isinstance(each.value, Const)]
    return next((kind for kind in kinds if kind in NUMBERS), "")


def _by_tensors(call: Call, tensors: Sequence[Tensor]) -> bool:
    """Does nothing else tell the dtype: another that is asked for, or floats beside integers?"""
    others = [each.value for each in call.arguments if isinstance(each.value, Const)]
    whole = any(str(each.dtype)[:5] not in ("float", "bfloa") for each in tensors)
    told = any(isinstance(each.value, str) for each in others[1:])
    told = told or call.callee.endswith("where") and len(tensors) < 3
    told = told or bool(others) and isinstance(others[0].value, str) and others[0] is not call.arguments[0].value
    return not told and not (whole and any(isinstance(each.value, float) for each in others))
