"""What Keras asks of the layers that prepare data and of optimizers: choices, bounds, and what must not come together."""

from lstm_lint.library.keras import predicates as ask
from lstm_lint.library.keras.checking import Asked, Refusal, check, clash_of, plain, whole
from lstm_lint.library.keras.windows import listed
from lstm_lint.values.value import NONE, Const

LOOKUPS = ("keras.layers.StringLookup", "keras.layers.IntegerLookup")
TEXT = "keras.layers.TextVectorization"


def each_once(asked: Asked) -> Refusal | None:
    """A vocabulary holds no term twice."""
    items = listed(asked.value)
    terms = [plain(item) for item in items or () if isinstance(item, Const)]
    twice = len(terms) == len(items or ()) and len(set(terms)) < len(terms)
    return Refusal("ValueError", "The passed vocabulary has at least one repeated term") if twice else None


def split(asked: Asked) -> Refusal | None:
    """A name that is known, or a function."""
    value = plain(asked.value)
    wrong = isinstance(value, str) and value not in ("whitespace", "character")
    return Refusal("ValueError", "value for `split` argument") if wrong else None


def data_format(asked: Asked) -> Refusal | None:
    value = plain(asked.value)
    known = not isinstance(value, str) or value.lower() in ("channels_first", "channels_last")
    return None if known else Refusal("ValueError", "The `data_format` argument must be one of")


def share(asked: Asked) -> Refusal | None:
    """From 0 to 1."""
    value = plain(asked.value)
    beyond = type(value) in (int, float) and not 0 <= value <= 1  # type: ignore[operator]
    return Refusal("ValueError", ("`momentum` must be", "between [0, 1]")) if beyond else None


def no_text(asked: Asked) -> Refusal | None:
    told = isinstance(plain(asked.value), str)
    return Refusal(("ValueError", "TypeError")) if told else None


def groups(asked: Asked) -> Refusal | None:
    """Above zero, or -1 for one group per channel."""
    value = plain(asked.value)
    wrong = isinstance(value, int) and value <= 0 and value != -1
    return Refusal("ValueError", "Received an invalid value for argument `groups`") if wrong else None


def one_open(asked: Asked) -> Refusal | None:
    sizes = [plain(item) for item in listed(asked.value) or ()]
    return Refusal("ValueError", "There must be at most one unknown dimension") if sizes.count(-1) > 1 else None


check(*LOOKUPS, vocabulary=each_once)
check(TEXT, split=split)
check("keras.layers.CategoryEncoding", num_tokens=ask.more_than(0, "`num_tokens` must be >= 1"))
MODES = ("int", "one_hot", "multi_hot", "count")
check("keras.layers.Hashing", until="keras3", output_mode=ask.one_of(MODES, "value for `output_mode` argument"))
check("keras.layers.Hashing", since="keras3", output_mode=ask.one_of(MODES, "Invalid value for argument `output_mode`"))
check("keras.layers.Flatten", data_format=data_format)
check("keras.layers.GroupNormalization", since="keras3", groups=groups)
check("keras.layers.Reshape", since="keras3", target_shape=one_open)
check("keras.optimizers.SGD", momentum=share)
OPTIMIZERS = tuple(
    f"keras.optimizers.{name}" for name in ("Adam", "AdamW", "Nadam", "Adamax", "SGD", "RMSprop", "Adagrad")
)
check(*OPTIMIZERS, learning_rate=no_text)


@whole("keras.layers.Discretization")
def one_way_to_bins(asked: Asked) -> None:
    _not_both(asked, "num_bins", "bin_boundaries", "should not be set")


@whole(*OPTIMIZERS, since="keras3")
def one_way_to_clip(asked: Asked) -> None:
    names = ("clipnorm", "clipvalue", "global_clipnorm")
    for index, name in enumerate(names):
        for other in names[index + 1 :]:
            _not_both(asked, name, other, "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set")


def _not_both(asked: Asked, name: str, other: str, words: str) -> None:
    both = [asked.arguments.get(each, NONE) for each in (name, other)]
    if all(isinstance(value, Const) and value.value is not None or listed(value) for value in both):
        about = Asked(asked.registry, asked.engine, asked.callee, name, both[0], asked.arguments)
        raise clash_of(about, Refusal("ValueError", words))
