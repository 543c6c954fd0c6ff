"""What layers, functions and operators make of tensors of each dtype, and of two dtypes together.

Each is called on symbolic tensors and run: the stage at which it fails and the exception, or the dtype that it gives.
"""

import operator
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

DTYPES = ("bool", "int32", "int64", "float32", "string")
PAIRS = tuple(f"{one} {other}" for one in DTYPES for other in DTYPES if one != other)
NUMBERS = {"int": 2, "float": 2.5}
TELLING: dict[str, dict[str, object]] = {
    "output_mode": {"none": None, **{mode: mode for mode in ("int", "one_hot", "multi_hot", "count", "tf_idf")}},
    "mask_value": {"zero": 0, "positive": 1, "negative": -1},
    "mask_zero": {"true": True},
    "negative_slope": {"float": 0.5, "positive": 1, "true": True},
    "use_scale": {"true": True, "false": False},
    "normalize": {"true": True},
}
"""Arguments that may change it."""
FOLLOWED = re.compile(r".*\.(Lambda|Activation|TimeDistributed|Bidirectional|RNN|StackedRNNCells|InputLayer)")
"""What these do to a dtype, what is inside of them tells."""
HOMES = ("activations", "backend")
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "operator +": operator.add,
    "operator -": operator.sub,
    "operator *": operator.mul,
    "operator /": operator.truediv,
    "operator //": operator.floordiv,
    "operator %": operator.mod,
    "operator **": operator.pow,
    "operator @": operator.matmul,
}
SHAPE = (2, 4, 4)
CALLS: tuple[Callable[[Any, list[Any]], Any], ...] = (
    lambda function, given: function(given[0]),
    lambda function, given: function(given),
    lambda function, given: function(*given),
    lambda function, given: function(given[0], 0),
    lambda function, given: function(given[0], (2, 1)),
    lambda function, given: function(given[0], (0, 2, 1)),
)
"""The ways in which a function is called; the first that works counts."""


def of_layer(probe: Any, path: str) -> dict[str, dict[str, str]]:
    """Under `input dtype`, and with the name and kind of an argument behind it."""
    if FOLLOWED.fullmatch(path):
        return {}
    found = {"input dtype": _asked(probe, {}, probe.way)}
    for name, values in TELLING.items():
        for kind, value in values.items() if name in probe.parameters() else ():
            way = probe.working({name: value})
            told = _asked(probe, {name: value}, way) if way else {}
            if told:
                found[f"input dtype, {name} {kind}"] = told
    return found


def _asked(probe: Any, given: dict[str, object], way: Any) -> dict[str, str]:
    shape, _, call = way
    return _table(lambda dtype: _of_dtype(probe, given, (shape, dtype, call)), call != "one")


def _table(ask: Callable[[str], str], two: bool, numbers: bool = False) -> dict[str, str]:
    """Of one dtype, of `two`, of one and a number; `mixed` where all pairs have one outcome."""
    found = {dtype: ask(dtype) for dtype in DTYPES}
    if two:
        pairs = {dtype: ask(dtype) for dtype in PAIRS}
        found |= {"mixed": pairs[PAIRS[0]]} if len(set(pairs.values())) == 1 else pairs
    if numbers:
        found |= {f"{dtype} {number}": ask(f"{dtype} {number}") for dtype in DTYPES for number in NUMBERS}
    return {dtype: outcome for dtype, outcome in found.items() if outcome}


def _of_dtype(probe: Any, given: dict[str, object], way: Any) -> str:
    from keras_refusals import called

    refused = probe.outcome(given, way)
    if refused:
        return " ".join(refused)
    layer = probe.make(**given)
    layer = probe.keras.layers.RNN(layer) if probe.cell else layer
    zeros = [probe.tensorflow.zeros(way[0], each) for each in way[1].split()]
    return _gives(called(layer, zeros, way[2]))


def _gives(value: Any) -> str:
    dtype = getattr(value, "dtype", None)
    return f"gives {getattr(dtype, 'name', dtype)}" if dtype else ""


def of_functions(keras: Any, tensorflow: Any, only: str) -> dict[str, Any]:
    """Of the functions of tensors, by their paths, and of the operators, as `operator +`."""
    found = {}
    for path, function in _functions(keras):
        ways = CALLS if re.search(only, path) else ()
        call = next(
            (each for each in ways if _outcome(keras, tensorflow, function, each, "float32")[:5] == "gives"), None
        )
        if call is not None:
            found[path] = _table(partial(_outcome, keras, tensorflow, function, call), call in CALLS[1:3])
    for path, function in OPERATORS.items():
        if re.search(only, path):
            found[path] = _table(partial(_outcome, keras, tensorflow, function, CALLS[2]), True, path[-1] != "@")
    return {path: {"input dtype": told} for path, told in found.items()}


def _functions(keras: Any) -> Iterator[tuple[str, Any]]:
    for home in HOMES:
        for name, function in sorted(vars(getattr(keras, home)).items()) if hasattr(keras, home) else ():
            if callable(function) and not re.search(r"^_|fft", name) and not isinstance(function, type):
                yield f"keras.{home}.{name}", function


def ones(tensorflow: Any, dtype: Any) -> Any:
    """Zeros cannot be divided by."""
    return tensorflow.fill(SHAPE, "") if dtype == "string" else tensorflow.cast(tensorflow.ones(SHAPE), dtype)


def _outcome(keras: Any, tensorflow: Any, function: Any, call: Any, dtype: str) -> str:
    stage = "call"
    kinds = (dtype.split() * 2)[:2]
    try:
        given = [NUMBERS.get(each) or keras.Input(batch_shape=SHAPE, dtype=each) for each in kinds]
        result = call(function, given)
        stage = "run"
        tensors = [each for each in given if type(each) not in (int, float)]
        keras.Model(tensors, result)([ones(tensorflow, each.dtype) for each in tensors])
        return _gives(result)
    except Exception as error:  # noqa: BLE001, whatever it raises is the answer
        return f"{stage} {type(error).__name__}"
