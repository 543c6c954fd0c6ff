"""Which question Keras asks of which parameter: the tables."""

from lstm_lint.library.keras import everywhere
from lstm_lint.library.keras import predicates as ask
from lstm_lint.library.keras.checking import (
    EVERYWHERE,
    FAMILIES,
    Asked,
    Predicate,
    Refusal,
    check,
    is_layer,
    kind_of,
    plain,
)
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.shapes_given import input_shape
from lstm_lint.library.keras.windows import listed
from lstm_lint.values.value import NONE, Const, Thing

RECURRENT = tuple(f"keras.layers.{name}{cell}" for name in ("LSTM", "GRU", "SimpleRNN") for cell in ("", "Cell"))
CONV_LSTM = tuple(f"keras.layers.ConvLSTM{n}D" for n in (1, 2, 3))

FAMILIES["activation"] = everywhere.identifier(
    "activation",
    {"keras2": "Unknown activation function", "keras3": "Could not interpret activation function identifier"},
    dict.fromkeys(("keras2", "keras3"), "Could not interpret activation function identifier"),
    {"keras2": "TypeError", "keras3": "ValueError"},
)
FAMILIES["initializer"] = everywhere.identifier(
    "initializer",
    {"keras2": "Unknown initializer", "keras3": "Could not interpret initializer identifier"},
    dict.fromkeys(("keras2", "keras3"), "Could not interpret initializer identifier"),
    dict.fromkeys(("keras2", "keras3"), "ValueError"),
)
FAMILIES["regularizer"] = everywhere.identifier(
    "regularizer",
    {"keras3": "Could not interpret regularizer identifier"},
    dict.fromkeys(("keras2", "keras3"), "Could not interpret regularizer identifier"),
    dict.fromkeys(("keras2", "keras3"), "ValueError"),
)
FAMILIES["constraint"] = everywhere.identifier(
    "constraint",
    {"keras2": "Unknown constraint", "keras3": "Could not interpret constraint identifier"},
    {"keras2": "Could not interpret constraint function", "keras3": "Could not interpret constraint identifier"},
    dict.fromkeys(("keras2", "keras3"), "ValueError"),
)
EVERYWHERE["name"] = everywhere.name
EVERYWHERE["dtype"] = everywhere.dtype
EVERYWHERE["trainable"] = everywhere.a_bool
EVERYWHERE["input_shape"] = input_shape

# Recurrent layers and cells.

check(*RECURRENT, units=ask.above_zero("expected a positive integer, got"))
check(*RECURRENT, *CONV_LSTM, dropout=ask.comparable, recurrent_dropout=ask.comparable)
check(
    "keras.layers.LSTM",
    "keras.layers.GRU",
    since="keras3",
    use_cudnn=ask.one_of(("auto", True, False), "Invalid valid received for argument `use_cudnn`"),
)

# Dense, Embedding and their neighbours.


def units_as_int(asked: Asked) -> Refusal | None:
    """Keras 2 makes an int of what it can, and refuses what is below zero."""
    kind, value = kind_of(asked.value), plain(asked.value)
    if kind in ("NoneType", "tuple", "list", "dict"):
        return Refusal("TypeError", "int() argument must be")
    below = isinstance(value, (int, float)) and value <= -1
    return (
        Refusal("ValueError", "Received an invalid value for `units`, expected a positive integer") if below else None
    )


check("keras.layers.Dense", until="keras3", units=units_as_int)
check("keras.layers.Dense", since="keras3", units=ask.positive_int("Received an invalid value for `units`"))
BOTH_POSITIVE = ask.above_zero("Both `input_dim` and `output_dim` should be positive")
check("keras.layers.Embedding", until="keras3", input_dim=BOTH_POSITIVE, output_dim=BOTH_POSITIVE)
check("keras.layers.RepeatVector", n=ask.an_int("Expected an integer value for `n`"))
check("keras.layers.RepeatVector", since="keras3", n=ask.positive_int("Argument `n` should be a positive integer"))

EMBEDDED = ask.positive_int("must be a positive integer")
check("keras.layers.Embedding", since="keras3", input_dim=EMBEDDED, output_dim=EMBEDDED)


def no_array(asked: Asked) -> Refusal | None:
    """Numbers, texts and rows of them have no shape."""
    several = leaves(asked.value)
    plainly = kind_of(asked.value) == "dict" or is_layer(asked.registry, asked.value)
    wrong = asked.value != NONE and (plainly or all(isinstance(each, Const) for each in several))
    return Refusal("AttributeError", "has no attribute 'shape'") if wrong else None


check("keras.layers.Embedding", since="keras3", weights=no_array)
DROPOUTS = ("keras.layers.Dropout", *(f"keras.layers.SpatialDropout{n}D" for n in (1, 2, 3)))
check(*DROPOUTS, until="keras3", rate=ask.rate("received for `rate`, expected a value between 0 and 1"))
NOISES = ("keras.layers.GaussianDropout", "keras.layers.AlphaDropout")
check(*DROPOUTS, *NOISES, since="keras3", rate=ask.rate("Invalid value received for argument `rate`", strict=True))
STDDEV = ask.rate("Invalid value received for argument `stddev`", strict=True)
check("keras.layers.GaussianNoise", since="keras3", stddev=STDDEV)
check("keras.layers.Lambda", function=ask.callable_("unsupported callable"))


def seed(asked: Asked) -> Refusal | None:
    """An int, where there is something to draw: True is one, but no tensor holds it beside a 0."""
    rates = [asked.arguments[name] for name in ("rate", "stddev", "dropout") if name in asked.arguments]
    drawn = asked.callee in (*RECURRENT, *CONV_LSTM) or any(
        isinstance(n := plain(r), (int, float)) and n > 0 for r in rates[:1]
    )
    kind = kind_of(asked.value)
    if not drawn or kind in (None, "int", "NoneType"):
        return None
    return Refusal("ValueError", () if kind == "bool" else "Argument `seed` must be an integer")


ATTENTIONS = tuple(f"keras.layers.{name}Attention" for name in ("", "Additive", "MultiHead", "GroupQuery"))
check(*DROPOUTS, *NOISES, *ATTENTIONS, "keras.layers.GaussianNoise", since="keras3", seed=seed)
check(*RECURRENT, *CONV_LSTM, since="keras3", seed=seed)

SLOPE = "value of a Leaky ReLU layer cannot be None"
check("keras.layers.LeakyReLU", until="keras3", alpha=ask.not_none(SLOPE))
check("keras.layers.LeakyReLU", since="keras3", negative_slope=ask.not_none(SLOPE, negative=False))
check("keras.layers.ELU", until="keras3", alpha=ask.not_none("Alpha of an ELU layer cannot be None"))
check(
    "keras.layers.ReLU",
    max_value=ask.not_below_zero("max_value of a ReLU layer cannot be"),
    negative_slope=ask.not_none("negative_slope of a ReLU layer cannot be", negative=False),
    threshold=ask.not_none("threshold of a ReLU layer cannot be", negative=False),
)

# Windows.

PADDING = "The `padding` argument must be a list/tuple or one of"
BOTH = ("valid", "same")
ALL = (*BOTH, "causal")
FILTERS = ask.above_zero("Invalid value for argument `filters`. Expected a strictly positive value")


def filters(asked: Asked) -> Refusal | None:
    return None if plain(asked.value) is None else FILTERS(asked)


def whole_groups(asked: Asked) -> Refusal | None:
    """Filters fall into groups of whole numbers, one group if no more."""
    value, groups = plain(asked.value), plain(asked.arguments.get("groups", NONE))
    parts = isinstance(value, float) and isinstance(groups, int) and groups > 0 and bool(value % groups)
    return Refusal("ValueError", "evenly divisible") if parts else filters(asked)


def no_row_of_groups(asked: Asked) -> Refusal | None:
    return Refusal("TypeError") if kind_of(asked.value) == "tuple" and listed(asked.value) else None


for n in (1, 2, 3):
    named = {name: (f"keras.layers.{name}{n}D",) for name in ("Conv", "SeparableConv", "DepthwiseConv", "ConvLSTM")}
    wide = (*named["Conv"], f"keras.layers.Conv{n}DTranspose", *named["SeparableConv"])
    plain_ones = (*wide, *named["DepthwiseConv"])
    every = (*plain_ones, *named["ConvLSTM"])
    pools = tuple(f"keras.layers.{name}Pooling{n}D" for name in ("Max", "Average"))
    global_pools = tuple(f"keras.layers.Global{name}Pooling{n}D" for name in ("Max", "Average"))
    check(*wide, filters=filters)
    check(*named["Conv"], since="keras3", filters=whole_groups)
    check(*every, kernel_size=ask.per_axis(n), dilation_rate=ask.per_axis(n))
    check(*plain_ones, strides=ask.per_axis(n, words="strides"))
    check(*named["ConvLSTM"], strides=ask.per_axis(n, zero=True))
    check(*every, *pools, *global_pools, data_format=ask.data_format)
    check(*every, until="keras3", padding=ask.text_of(ALL, PADDING))
    check(*named["Conv"], f"keras.layers.Conv{n}DTranspose", until="keras3", groups=no_row_of_groups)
    causal = named["Conv"] if n == 1 else ()
    check(*causal, since="keras3", padding=ask.text_of(ALL, PADDING))
    check(*(k for k in every if k not in causal), since="keras3", padding=ask.text_of(BOTH, PADDING))
    check(*pools, pool_size=ask.per_axis(n))
    check(*pools, until="keras3", padding=ask.text_of(ALL, PADDING))
    check(*pools, strides=ask.per_axis(n, zero=True, none=True))

    check(f"keras.layers.Conv{n}DTranspose", output_padding=ask.per_axis(n, zero=True, none=True))
    check(f"keras.layers.Cropping{n}D", cropping=ask.per_axis(2, zero=True) if n == 1 else ask.ends(n))
    check(f"keras.layers.ZeroPadding{n}D", padding=ask.per_axis(2, zero=True) if n == 1 else ask.ends(n, below=True))
    if n > 1:
        check(f"keras.layers.UpSampling{n}D", size=ask.per_axis(n))
ONCE = "Expected an integer value for `size`"
check("keras.layers.UpSampling1D", since="keras3", size=ask.an_int(ONCE))
check("keras.layers.UpSampling1D", since="keras3", size=ask.positive_int("should be a positive integer"))
check(
    "keras.layers.DepthwiseConv1D",
    "keras.layers.DepthwiseConv2D",
    since="keras3",
    depth_multiplier=ask.above_zero("Expected a strictly positive value"),
)

# Order and shape.


def permutation(asked: Asked) -> Refusal | None:
    """1, 2, ... each once."""
    kind, items = kind_of(asked.value), listed(asked.value)
    if kind in ("int", "float", "bool", "NoneType"):
        return Refusal("TypeError", "is not iterable")
    numbers = [plain(item) for item in items or ()]
    if not numbers or not all(isinstance(number, int) for number in numbers):
        return None
    if sorted(numbers) == list(range(1, len(numbers) + 1)):  # type: ignore[type-var]
        return None
    return Refusal("ValueError", "Invalid permutation argument `dims` for Permute Layer")


def iterable(asked: Asked) -> Refusal | None:
    kind = kind_of(asked.value)
    plain_layer = isinstance(asked.value, Thing) and asked.value.type == "keras.layers.Dense"
    wrong = plain_layer or kind in ("int", "float", "bool", "NoneType")
    return Refusal("TypeError", "is not iterable") if wrong else None


check("keras.layers.Permute", dims=permutation)
check("keras.layers.Reshape", target_shape=iterable)

# Several inputs.


def dot_axes(asked: Asked) -> Refusal | None:
    """An int, or a list or tuple of two."""
    kind, items = kind_of(asked.value), listed(asked.value)
    if kind in ("float", "str", "NoneType", "dict"):
        return Refusal("TypeError", "Invalid type for argument `axes`: it should be a list or an int")
    if items is not None and len(items) != 2:
        return Refusal("ValueError", "Invalid format for argument `axes`: it should contain two elements")
    if any(kind_of(item) in ("float", "str", "NoneType") for item in items or ()):
        return Refusal("ValueError", "Invalid format for argument `axes`")
    return None


check("keras.layers.Dot", axes=dot_axes)
check(
    "keras.layers.Attention",
    until="keras3",
    score_mode=ask.one_of(("dot", "concat"), "Acceptable values are"),
)
check(
    "keras.layers.Attention",
    since="keras3",
    score_mode=ask.one_of(("dot", "concat"), "Invalid value for argument score_mode"),
)
HEADS = "Received an invalid value for argument"
check("keras.layers.MultiHeadAttention", since="keras3", num_heads=ask.positive_int(f"{HEADS} `num_heads`"))
check("keras.layers.MultiHeadAttention", since="keras3", key_dim=ask.positive_int(f"{HEADS} `key_dim`"))


def sliding(asked: Asked) -> Refusal | None:
    return None if asked.value == NONE else ask.positive_int("`sliding_window` must be `None` or a positive")(asked)


check(ATTENTIONS[-1], "keras.layers.GroupedQueryAttention", since="keras3", sliding_window=sliding)


def width_of_values(asked: Asked) -> Refusal | None:
    return None if asked.value == NONE else ask.positive_int(f"{HEADS} `value_dim`")(asked)


def output_shape(asked: Asked) -> Refusal | None:
    """A size, or several; what is as good as None is taken for it."""
    value = plain(asked.value)
    wrong = isinstance(value, float) and value or is_layer(asked.registry, asked.value)
    return Refusal("ValueError", "Invalid `output_shape`") if wrong else None


check("keras.layers.MultiHeadAttention", since="keras3", value_dim=width_of_values, output_shape=output_shape)

# Preprocessing.

INTERPOLATIONS = "bilinear nearest bicubic area lanczos3 lanczos5 gaussian mitchellcubic"
check(
    "keras.layers.Resizing",
    "keras.layers.UpSampling2D",
    until="keras3",
    interpolation=ask.one_of(tuple(INTERPOLATIONS.split()), (), ("NotImplementedError", "AttributeError"), fold=True),
)

LOOKUPS = ("keras.layers.StringLookup", "keras.layers.TextVectorization", "keras.layers.IntegerLookup")
ENCODINGS = ("int", "one_hot", "multi_hot", "count", "tf_idf")
OLD_ENCODINGS = ("binary", "tf-idf")
"""Former names of multi_hot and tf_idf, taken all the same."""


def no_empty_row(asked: Asked) -> Refusal | None:
    """It is compared with each of several words."""
    several = len(listed(asked.arguments.get("vocabulary", NONE)) or ()) > 1
    return Refusal(("ValueError", "TypeError")) if several and listed(asked.value) == () else None


check(*LOOKUPS, max_tokens=ask.more_than(1, "must be greater than 1"))
check(*LOOKUPS[::2], mask_token=no_empty_row)
check(LOOKUPS[2], vocabulary_dtype=ask.one_of(("int64",), (), ("ValueError", "TypeError", "NotFoundError")))
check(*LOOKUPS[::2], num_oov_indices=ask.not_below_zero("`num_oov_indices` must be greater than or equal to 0"))
check(*LOOKUPS[::2], output_mode=ask.one_of((*ENCODINGS, *OLD_ENCODINGS), "value for `output_mode` argument"))
TEXT_MODES = ask.one_of((*ENCODINGS[:1], *ENCODINGS[2:], *OLD_ENCODINGS), "value for `output_mode` argument")


def text_mode(asked: Asked) -> Refusal | None:
    """None leaves the words as they are."""
    return None if asked.value == NONE else TEXT_MODES(asked)


check(LOOKUPS[1], until="keras3", output_mode=text_mode)
check(
    LOOKUPS[1],
    since="keras3",
    output_mode=ask.one_of((*ENCODINGS, *OLD_ENCODINGS), "value for `output_mode` argument"),
)
ENCODED = {"until": "value for `output_mode` argument", "since": "output_mode"}
for when, said in ENCODED.items():
    modes = ask.one_of((*ENCODINGS[1:4], OLD_ENCODINGS[0]), said)
    check("keras.layers.CategoryEncoding", output_mode=modes, **{when: "keras3"})  # type: ignore[arg-type]
check("keras.layers.Hashing", output_mode=ask.one_of(ENCODINGS[:4], "output_mode"))
check(LOOKUPS[2], since="keras3", oov_method=ask.one_of(("floormod", "farmhash"), "`oov_method`"))


def one_of_or_function(*names: str) -> Predicate:
    """None, one of the names, or something to call."""
    known = ask.one_of((None, *names), "value for")

    def question(asked: Asked) -> Refusal | None:
        return None if kind_of(asked.value) in ("object", "callable") else known(asked)

    return question


STRIPPED = ("lower_and_strip_punctuation", "lower", "strip_punctuation")
check(LOOKUPS[1], standardize=one_of_or_function(*STRIPPED), split=one_of_or_function("whitespace", "character"))


def salt(asked: Asked) -> Refusal | None:
    items = listed(asked.value)
    return Refusal("ValueError", "The `salt` argument for") if items is not None and len(items) != 2 else None


check("keras.layers.Hashing", salt=salt)
check(*LOOKUPS[::2], since="keras3", salt=salt)
check("keras.layers.CategoryEncoding", num_tokens=ask.not_none("num_tokens must be set to use this layer"))
check("keras.layers.Discretization", output_mode=ask.one_of(ENCODINGS[:4], "output_mode"))


def words(asked: Asked) -> Refusal | None:
    """No number is a word."""
    numbers = [kind_of(item) in ("int", "float") for item in listed(asked.value) or ()]
    return Refusal("ValueError") if any(numbers) and all(numbers) else None


check(*LOOKUPS[:2], vocabulary=words)


def length(asked: Asked) -> Refusal | None:
    indices = plain(asked.arguments.get("output_mode", asked.value)) == "int"
    return Refusal("ValueError") if indices and kind_of(asked.value) in ("tuple", "list") else None


check(LOOKUPS[1], output_sequence_length=length)


def no_row(asked: Asked) -> Refusal | None:
    return Refusal("ValueError") if kind_of(asked.value) in ("tuple", "list") else None


check("keras.layers.ActivityRegularization", l1=no_row, l2=no_row)
PENALTY = ask.not_below_zero("expected a non-negative float")
check("keras.layers.ActivityRegularization", since="keras3", l1=PENALTY, l2=PENALTY)
check("keras.layers.GroupNormalization", since="keras3", groups=no_row)
check("keras.layers.Hashing", num_bins=ask.above_zero("cannot be `None` or non-positive values"))
