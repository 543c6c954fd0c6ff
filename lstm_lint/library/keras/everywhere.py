"""What Keras asks of arguments that many layers take: names of functions, dtypes, names, flags."""

from lstm_lint.library.keras.checking import Asked, Predicate, Refusal, is_layer, kind_of, plain
from lstm_lint.values.value import NONE, Const, Thing, Value, truth

CUSTOM = Thing("custom objects")
"""Its field `of` is the heap of the program that gave Keras names of its own."""


def identifier(kind: str, words: dict[str, str], lost: dict[str, str], wrong: dict[str, str]) -> Predicate:
    """A name that Keras knows, or something that can be called; `words` for other names, `lost` for other things."""

    def ask(asked: Asked) -> Refusal | None:
        what, value, target = kind_of(asked.value), plain(asked.value), asked.registry.target
        if what in (None, "NoneType", "object", "callable") or (asked.callee, asked.name, target) in UNSEEN:
            return None
        if what == "dict":
            return Refusal("ValueError") if _no_config(asked.value) else None
        if not isinstance(value, str):
            arrays = kind == "initializer" and target == "keras3" and what == "tensor"
            return None if arrays else Refusal(wrong[target], lost[target])
        if target not in words or CUSTOM.get("of") is asked.engine.heap:
            return None
        known = value in asked.registry.knowledge.identifiers(kind)
        return None if known else Refusal("ValueError", words[target])

    return ask


UNSEEN = (
    ("keras.layers.SimpleRNN", "activity_regularizer", "keras3"),
    ("keras.layers.EinsumDense", "activity_regularizer", "keras2"),
)
"""What a class takes and never looks at."""


def _no_config(value: Value) -> bool:
    """A dict that surely tells of no object."""
    items = value.get("items") if isinstance(value, Thing) else None
    return isinstance(items, dict) and all(_key(key) not in ("class_name", ...) for key in items)


def _key(key: object) -> object:
    return plain(key) if isinstance(key, Const) else key if isinstance(key, str) else ...


MIXED = ("mixed_float16", "mixed_bfloat16")
PLAIN = [
    "bool",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "int8",
    "int16",
    "int32",
    "int64",
    "float16",
    "bfloat16",
    "float32",
    "float64",
    "complex64",
    "complex128",
    "string",
]
QUANTIZED = ("int4", "int8", "float8", "gptq", "awq")
"""How the names of Keras 3 for them begin."""
OF_TENSORFLOW = [
    "half",
    "float",
    "double",
    "int4",
    "uint4",
    "qint8",
    "qint16",
    "qint32",
    "quint8",
    "quint16",
    "resource",
    "variant",
    "float8_e4m3fn",
    "float8_e5m2",
]
NUMBERED = (*range(1, 26), 29, 30, *range(101, 126), 129, 130)
"""TensorFlow's numbers for them."""
STEMS = ("int", "uint", "float", "bool", "bfloat", "complex", "str", "half", "double")
TEXTS = "keras.layers.TextVectorization"
NO_POLICY = ("keras.layers.StringLookup", "keras.layers.IntegerLookup", "keras.layers.InputLayer")
OF_TEXTS = (NO_POLICY[0], TEXTS)
INTEGERS = tuple(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))
BINS = ("keras.layers.Hashing", "keras.layers.Discretization")


def dtype(asked: Asked) -> Refusal | None:
    """None, a name or an object."""
    kind, value = kind_of(asked.value), plain(asked.value)
    if asked.callee in INPUTS and asked.registry.target == "keras3":
        wrong = kind in ("int", "float", "bool", "tuple", "list") or is_layer(asked.registry, asked.value)
        wrong = wrong or isinstance(value, str) and not value.startswith(STEMS)
        return Refusal("ValueError", "Invalid dtype") if wrong else None
    free = asked.callee in (NO_POLICY if asked.registry.target == "keras3" else INPUTS)
    if kind == "dict":
        return Refusal(("ValueError", "TypeError")) if _no_config(asked.value) and not free else None
    if asked.registry.target == "keras2":
        return _dtype_of_tensorflow(asked, kind, value)
    if free:
        return None
    if isinstance(value, str):
        return None if value in (*PLAIN, *MIXED, "int") or value.startswith(QUANTIZED) else Refusal("ValueError")
    wrong = kind in ("int", "float", "bool", "tuple", "list") or is_layer(asked.registry, asked.value)
    return Refusal("ValueError") if wrong else None


def _dtype_of_tensorflow(asked: Asked, kind: str | None, value: object) -> Refusal | None:
    """Keras 2: what counts as False is none, but where it stands beside a default of the class."""
    if kind in (None, "object", "callable", "tensor"):
        return None
    if asked.callee == TEXTS or asked.callee in NO_POLICY and plain(asked.arguments.get("output_mode", NONE)) == "int":
        known = INTEGERS if asked.callee in NO_POLICY else ()
        return None if value in known or value == "string" and asked.callee in OF_TEXTS else Refusal("ValueError")
    if kind == "NoneType":
        return None
    known = (*PLAIN, *MIXED, *OF_TENSORFLOW) if isinstance(value, str) else NUMBERED
    if value in known or isinstance(value, str) and value.endswith("_ref"):
        return None
    taken = truth(asked.value) is False and asked.callee not in BINS
    return None if taken else Refusal(("TypeError", "ValueError"))


INPUTS = ("keras.Input", "keras.layers.InputLayer")
"""In Keras 2 they take what counts as False for no name."""


def name(asked: Asked) -> Refusal | None:
    """A text that both Keras and TensorFlow can make part of a path."""
    kind, value = kind_of(asked.value), plain(asked.value)
    if kind is None or value is None:
        return None
    if asked.registry.target == "keras3":
        good = isinstance(value, str) and "/" not in value
        return (
            None if good else Refusal("ValueError", "Argument `name` must be a string and cannot contain character `/`")
        )
    good = isinstance(value, str) or asked.callee in INPUTS and truth(asked.value) is False
    good = good or asked.callee == "keras.Model"  # which looks at none
    return None if good else Refusal("TypeError", "Expected `name` argument to be a string")


def a_bool(asked: Asked) -> Refusal | None:
    """Keras 3's lookups do not look at it, nor does BatchNormalization of Keras 2."""
    kind = kind_of(asked.value)
    if asked.registry.target == "keras3":
        wrong = kind not in (None, "bool") and asked.callee not in NO_POLICY
        return Refusal("ValueError", "Expected `trainable` to be a boolean") if wrong else None
    plain_thing = kind in ("object", "tensor") and not is_layer(asked.registry, asked.value)
    if kind in (None, "bool") or plain_thing or asked.callee == "keras.layers.BatchNormalization":
        return None
    return Refusal("TypeError", "Expected `trainable` argument to be a boolean")
