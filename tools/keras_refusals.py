"""Which kinds of values each argument of a layer surely refuses.

Each layer is made, called on a symbolic tensor and run on zeros, with one argument at a time replaced by many values of
one kind (texts, floats, tuples ...). A kind is refused if every value of it is; what is noted is the last stage at which
one was, and the exceptions.
"""

import inspect
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import keras_dtypes as dtypes
import keras_makers as makers

FREE = re.compile(
    r".*(initializer|regularizer|constraint|activation|dtype|policy)|name|seed|equation|output_shape|target_shape|weights|kwargs|.*config|go_backwards|time_major|return_sequences|lora.*|gptq.*|flash_attention|use_cudnn"
)
"""What is asked of these is known by other means, or what they take is open."""
LEFT_OUT = re.compile(
    r"Adaptive|Random|Mix|Aug|Mel|STFT|Flax|Jax|Torch|TFSM|Contrast|Equalization|Solarization|Pipeline|Wrapper"
)
"""What changes images at random, or wraps another library."""
LEFT = {
    ("vocabulary", "str"),  # it names a file, which may be there
    ("vocabulary", "digits"),
    ("max_tokens", "float"),  # how many are too few hangs on the vocabulary, and so with the token
    ("mask_token", "empty"),
    ("bin_boundaries", "none"),  # the bins may be counted
}
"""What hangs on more than the argument."""
NUMBERS = ("true", "false", "zero", "negative", "positive")
ROW_KINDS = ("tuple", "list")
STAGES = ("make", "call", "run")
INPUTS = ((2, 6, 4), (2, 8), (2, 8, 8, 4), (2, 6, 8, 8, 4), (2, 4, 8, 8, 8, 2))
TEXTS = [
    "wrong",
    "relu",
    "same",
    "valid",
    "causal",
    "channels_last",
    "channels_first",
    "sum",
    "concat",
    "mul",
    "ave",
    "auto",
    "nearest",
    "bilinear",
    "reflect",
    "area",
    "int",
    "one_hot",
    "multi_hot",
    "count",
    "tf_idf",
    "dot",
    "float32",
    "a",
    "d",
    "y",
    "lower",
    "whitespace",
    "character",
    "lower_and_strip_punctuation",
    "batch",
    "all",
    "none",
    "constant",
    "wrap",
    "edge",
    "symmetric",
    "zeros",
    "l2",
    "uniform",
    "horizontal",
    "vertical",
    "horizontal_and_vertical",
    "rgb",
]
ROWS: tuple[tuple[object, ...], ...] = (
    *(
        (),
        (1,),
        (2,),
        (1, 2),
        (2, 1),
        (2, 2),
        (0, 1),
        (1, 1, 1),
        (2, 1, 3),
        (3, 2, 1),
        (1, 2, 3, 4),
        (None, 4),
        (0.1, 0.5),
    ),
    *(((1, 1), (1, 1)), ((1, 1), (1, 1), (1, 1)), ("a", "b"), (-1,), (-2, -1), (-1, 2), (24,), (4, 6), (None, 1, 4)),
)


def kinds(keras: Any, default: object) -> dict[str, list[Callable[[], object]]]:
    """Values of each kind; made anew each time, because layers hold state."""
    layers = keras.layers
    constants: dict[str, tuple[object, ...]] = {
        "none": (None,),
        "true": (True,),
        "false": (False,),
        "zero": (0,),
        "negative": (-1, -2, -7),
        "positive": (1, 2, 3, 4, 8),
        "float": (0.5, 0.1, 2.5, 1.0, 2.0, 0.0, -1.0),
        "digits": ("4", "1", "7"),
        "str": (*TEXTS, *([default] if isinstance(default, str) else [])),
        "tuple": ROWS,
        "list": tuple(list(row) for row in ROWS[1:]),
        "empty": ([],),
        "dict": ({}, {"a": 1}),
    }
    found = {kind: [lambda value=value: value for value in values] for kind, values in constants.items()}
    made = (lambda: layers.Dense(2), lambda: layers.LSTM(3), lambda: layers.LSTMCell(3), lambda: layers.Embedding(5, 2))
    return {**found, "layer": list(made)}  # type: ignore[dict-item]


def certain(kind: str, stage: str, errors: list[str]) -> bool:
    """Whether a number is refused late may hang on the input or on other arguments, and so with rows of numbers."""
    return stage == "make" or kind not in (*NUMBERS, *ROW_KINDS) or kind in ROW_KINDS and errors == ["TypeError"]


def called(layer: Any, tensors: list[Any], way: str) -> Any:
    several = (tensors * 2)[:2]
    if way == "training":
        return layer(tensors[0], training=True)
    return layer(several) if way == "list" else layer(*several) if way == "two" else layer(tensors[0])


class Probe:
    """One layer class, and the input and way of calling with which it works."""

    def __init__(self, keras: Any, tensorflow: Any, path: str, cls: type) -> None:
        self.keras, self.tensorflow, self.cls = keras, tensorflow, cls
        self.make = makers.maker(keras, path, cls)
        self.cell = path.endswith("Cell")
        self.way = self.working({})

    def _ways(self) -> Iterator[tuple[tuple[int, ...], str, str]]:
        for call in ("one", "list", "two"):
            for shape in INPUTS:
                yield shape, "float32", call
            yield (2, 4), "int32", call
            yield (2, 1), "string", call

    def working(self, given: dict[str, object]) -> tuple[tuple[int, ...], str, str] | None:
        return next((way for way in self._ways() if self.outcome(given, way) is None), None)

    def outcome(self, given: dict[str, object], way: Any = None) -> tuple[str, str] | None:
        """The stage at which it is refused, and how; None if it works. The dtype may be two, for two tensors."""
        shape, dtype, call = way or self.way
        stage = "make"
        try:
            layer = self.make(**given)
            stage = "call"
            layer = self.keras.layers.RNN(layer) if self.cell else layer
            called(layer, [self.keras.Input(batch_shape=shape, dtype=each) for each in dtype.split()], call)
            stage = "run"
            called(layer, [self.tensorflow.zeros(shape, each) for each in dtype.split()], call)
        except Exception as error:  # noqa: BLE001, whatever it raises is the answer
            return stage, type(error).__name__
        return None

    def parameters(self) -> dict[str, object]:
        """Name to default."""
        takes = inspect.signature(self.cls.__init__).parameters.values()  # type: ignore[misc]
        plain = [p for p in takes if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name != "self"]
        return {p.name: None if p.default is p.empty else p.default for p in plain if not FREE.fullmatch(p.name)}

    def refused(self, name: str, default: object) -> dict[str, str]:
        found = {}
        for kind, values in kinds(self.keras, default).items():
            outcomes = self._all(name, values) if (name, kind) not in LEFT else []
            if outcomes:
                stage = max((stage for stage, _ in outcomes), key=STAGES.index)
                errors = sorted({error for _, error in outcomes})
                if certain(kind, stage, errors):
                    found[kind] = " ".join([stage, *errors])
        if "zero" not in found or "positive" not in found:
            for rows in ROW_KINDS:  # where one number is taken, rows of the right numbers may be
                if found.get(rows, "").split()[1:] != ["TypeError"]:
                    found.pop(rows, None)
        if "zero" not in found:
            found.pop("positive", None)  # as an output padding, which must be below the stride
        if "true" in found and "false" not in found:
            return {}  # a flag that hangs on other arguments
        taken = set(kinds(self.keras, default)) - found.keys() - {"none"}
        return found if taken else {}

    def _all(self, name: str, values: list[Callable[[], object]]) -> list[tuple[str, str]]:
        """How each is refused; nothing as soon as one is taken."""
        outcomes = []
        for value in values:
            outcome = self.outcome({name: value()})
            if outcome is None:
                return []
            outcomes.append(outcome)
        return outcomes


def classes(keras: Any) -> Iterator[tuple[str, type]]:
    """The public layers, by the name under which the other data has them."""
    seen: set[type] = set()
    for name, cls in sorted(vars(keras.layers).items()):
        named = isinstance(cls, type) and issubclass(cls, keras.layers.Layer) and cls not in seen
        if named and (cls.__name__ == name or not hasattr(keras.layers, cls.__name__)):
            seen.add(cls)
            yield f"keras.layers.{name}", cls


def refusals(keras: Any, tensorflow: Any, only: str) -> dict[str, Any]:
    """Of the layers whose path matches `only`."""
    found: dict[str, Any] = {}
    for path, cls in classes(keras):
        if not re.search(only, path) or LEFT_OUT.search(path):
            continue
        probe = Probe(keras, tensorflow, path, cls)
        if probe.way is None:
            continue
        each = {name: probe.refused(name, default) for name, default in probe.parameters().items()}
        each |= dtypes.of_layer(probe, path)
        if any(each.values()):
            found[path] = {name: kinds for name, kinds in each.items() if kinds}
    return found | dtypes.of_functions(keras, tensorflow, only)


def text(found: dict[str, Any]) -> str:
    """One layer per line."""
    lines = (f" {json.dumps(path)}: {json.dumps(each, sort_keys=True)}" for path, each in sorted(found.items()))
    return "{\n" + ",\n".join(lines) + "\n}\n"
