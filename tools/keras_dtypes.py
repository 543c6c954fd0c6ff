"""What layers, functions and operators make of tensors of each dtype, and of two dtypes together.

Each is called on symbolic tensors and run: the stage at which it fails and the exception, or the dtype that it gives,
with the one that it told before where that is another. Behind each outcome stand the dtypes that have it.
"""

import operator
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from keras_identifiers import identifiers

ASKED = ("bool", "int32", "int64", "float32", "string")
"""Those that are asked two at a time."""
INTEGERS = ("uint8", "int8", "uint16", "int16", "uint32")
DTYPES = (*ASKED, *INTEGERS, "float16", "bfloat16", "float64", "complex64")
PAIRS = tuple(f"{one} {other}" for one in ASKED for other in ASKED if one != other)
NUMBERS = {"int": 2, "float": 2.5}
TELLING: dict[str, dict[str, object]] = {
    "output_mode": {"none": None, **{mode: mode for mode in ("int", "one_hot", "multi_hot", "count", "tf_idf")}},
    "mask_value": {"zero": 0, "positive": 1, "negative": -1},
    "mask_zero": {"true": True},
    "invert": {"true": True},
    "negative_slope": {"float": 0.5, "positive": 1, "true": True},
    "use_scale": {"true": True, "false": False},
    "normalize": {"true": True},
    "score_mode": {"concat": "concat"},
    "interpolation": {"nearest": "nearest", "bilinear": "bilinear"},
}
"""Arguments that may change it."""
FOLLOWED = re.compile(
    r".*\.(Lambda|Activation|TimeDistributed|Bidirectional|SpectralNormalization|RNN|StackedRNNCells|InputLayer)"
)
"""What these do to a dtype, what is inside of them tells."""
DROPPING = re.compile(r"\.(\w*Dropout(\dD)?|GaussianNoise)$")
"""They compute in training alone."""
JOINING = re.compile("concat|stack$")
"""They are asked of several."""
HOMES = ("activations", "backend", "ops")
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
ALONE = "operator - of one"
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
    if DROPPING.search(path):
        found["input dtype, in training"] = _asked(probe, {}, (*probe.way[:2], "training"))
    return found


def _asked(probe: Any, given: dict[str, object], way: Any) -> dict[str, str]:
    shape, _, call = way
    return _table(lambda dtype: _of_dtype(probe, given, (shape, dtype, call)), call in ("list", "two"))


def _table(ask: Callable[[str], str], two: bool, numbers: bool = False) -> dict[str, str]:
    """Of one dtype, of `two`, of one and a number; `mixed` where all pairs have one outcome."""
    found = {dtype: re.sub(rf"^gives {dtype}\b", "gives it", ask(dtype)) for dtype in DTYPES}
    if two:
        pairs = {dtype: ask(dtype) for dtype in PAIRS}
        found |= {"mixed": pairs[PAIRS[0]]} if len(set(pairs.values())) == 1 else pairs
    if numbers:
        found |= {f"{dtype} {number}": ask(f"{dtype} {number}") for dtype in DTYPES for number in NUMBERS}
    outcomes = sorted({outcome for outcome in found.values() if outcome})
    return {each: " ".join(key.replace(" ", "+") for key in found if found[key] == each) for each in outcomes}


def _of_dtype(probe: Any, given: dict[str, object], way: Any) -> str:
    from keras_refusals import called

    refused = probe.outcome(given, way)
    if refused:
        return " ".join(refused)
    shape, dtype, call = way
    layer = probe.make(**given)
    layer = probe.keras.layers.RNN(layer) if probe.cell else layer
    told = called(layer, [probe.keras.Input(batch_shape=shape, dtype=each) for each in dtype.split()], call)
    return _gives(told, called(layer, [probe.tensorflow.zeros(shape, each) for each in dtype.split()], call))


def _gives(told: Any, value: Any) -> str:
    """The dtype of what a run gave, and of the symbolic tensor where that is of another."""
    really, before = (
        (getattr(each.dtype, "name", each.dtype) if hasattr(each, "dtype") else "") for each in (value, told)
    )
    return "" if not really else f"gives {really}" if before in (really, "") else f"gives {really} told {before}"


def of_functions(keras: Any, tensorflow: Any, only: str) -> dict[str, Any]:
    """Of the functions of tensors, by their paths, and of the operators, as `operator +`; `eager`: between TensorFlow's own."""
    found = {}
    for path, function in _functions(keras):
        ways = (CALLS[1:2] if JOINING.search(path) else CALLS) if re.search(only, path) else ()
        if path.startswith("keras.activations."):  # some are none on symbolic tensors, but for a layer
            ways = (
                *ways[:1],
                *((lambda function, given: keras.layers.Activation(function)(given[0]),) if ways else ()),
            )
        ask = partial(_outcome, keras, tensorflow, function)
        call = next((each for each in ways if ask(each, "float32")[:5] == "gives"), None)
        if call is not None:
            found[path] = _table(partial(ask, call), call in CALLS[1:3])
    for path, function in (*OPERATORS.items(), (ALONE, operator.neg)):
        for eager in ("", "eager ") if re.search(only, path) else ():
            ask = partial(_eagerly if eager else _outcome, keras, tensorflow, function)
            two = path != ALONE
            found[eager + path] = _table(partial(ask, CALLS[2] if two else CALLS[0]), two, two and path[-1] != "@")
    return {path: {"input dtype": told} for path, told in found.items() if told}


def _functions(keras: Any) -> Iterator[tuple[str, Any]]:
    for home in HOMES:
        held = dict(vars(getattr(keras, home))) if hasattr(keras, home) else {}
        names = identifiers(keras)["activation"] if home == "activations" else held
        for name in sorted(names):
            function = held.get(name) or keras.activations.get(name)
            if callable(function) and not re.search(r"^_|fft|deserialize", name) and not isinstance(function, type):
                yield f"keras.{home}.{name}", function


def ones(tensorflow: Any, dtype: Any) -> Any:
    """Zeros cannot be divided by."""
    return tensorflow.fill(SHAPE, "") if dtype == "string" else tensorflow.cast(tensorflow.ones(SHAPE), dtype)


def _eagerly(keras: Any, tensorflow: Any, function: Any, call: Any, dtype: str) -> str:
    try:
        given = [NUMBERS.get(each) or ones(tensorflow, each) for each in (dtype.split() * 2)[:2]]
        return _gives(None, call(function, given))
    except Exception as error:  # noqa: BLE001, whatever it raises is the answer
        return f"call {type(error).__name__}"


def _outcome(keras: Any, tensorflow: Any, function: Any, call: Any, dtype: str) -> str:
    stage = "call"
    kinds = (dtype.split() * 2)[:2]
    try:
        given = [NUMBERS.get(each) or keras.Input(batch_shape=SHAPE, dtype=each) for each in kinds]
        result = call(function, given)
        stage = "run"
        tensors = [each for each in given if type(each) not in (int, float)]
        return _gives(result, keras.Model(tensors, result)([ones(tensorflow, each.dtype) for each in tensors]))
    except Exception as error:  # noqa: BLE001, whatever it raises is the answer
        return f"{stage} {type(error).__name__}"
