"""What the arguments of layers that look words up, or sort numbers into bins, must be to each other."""

from lstm_lint.library.keras.checking import Asked, kind_of, plain, whole
from lstm_lint.library.keras.wholes import refuse
from lstm_lint.library.keras.windows import listed
from lstm_lint.values.value import NONE, Const, truth

TEXTS = "keras.layers.TextVectorization"
LOOKUPS = ("keras.layers.StringLookup", "keras.layers.IntegerLookup", TEXTS)
BINS = ("keras.layers.Hashing", "keras.layers.Discretization")
FORMER = {"binary": "multi_hot", "tf-idf": "tf_idf"}


def _mode(asked: Asked) -> str | None:
    """None where it is not known, or no mode; words that are left as they are have indices inside."""
    mode = plain(asked.arguments["output_mode"])
    if mode is None and asked.callee == TEXTS:
        return "int"
    return FORMER.get(mode, mode) if isinstance(mode, str) else None


def _given(asked: Asked, name: str) -> bool:
    return kind_of(asked.arguments.get(name, NONE)) not in (None, "NoneType")


def _set(asked: Asked, name: str) -> bool:
    """Does it count as True?"""
    return truth(asked.arguments.get(name, NONE)) is True


@whole(*LOOKUPS, *BINS)
def rows(asked: Asked) -> None:
    """Indices make no sparse rows."""
    if _mode(asked) == "int" and _set(asked, "sparse"):
        raise refuse(asked, "sparse", "ValueError", "may only be")


@whole(*LOOKUPS)
def encoded(asked: Asked) -> None:
    """What goes with indices alone, with rows of weights alone, or with a number of words."""
    mode = _mode(asked)
    if _set(asked, "pad_to_max_tokens") and asked.arguments["max_tokens"] == NONE:
        raise refuse(asked, "pad_to_max_tokens", "ValueError", "must set `max_tokens`")
    if mode is None:
        return
    if mode != "int" and _set(asked, "invert"):
        raise refuse(asked, "invert", "ValueError", "must be `'int'` when `invert` is true")
    weighted = _given(asked, "idf_weights")
    if weighted and mode != "tf_idf":
        raise refuse(asked, "idf_weights", "ValueError", "should only be set if `output_mode` is")
    if not weighted and mode == "tf_idf" and _given(asked, "vocabulary") and asked.arguments["idf_weights"] == NONE:
        raise refuse(asked, "idf_weights", "ValueError", "the `idf_weights` argument must also be provided")


@whole(TEXTS)
def ragged(asked: Asked) -> None:
    """Only rows of indices have lengths of their own, and in Keras 2 no other length."""
    if not _set(asked, "ragged"):
        return
    if (
        isinstance(plain(asked.arguments["output_mode"]), (str, type(None)))
        and plain(asked.arguments["output_mode"]) != "int"
    ):
        raise refuse(asked, "ragged", "ValueError", "`ragged` must not be true if `output_mode` is")
    if asked.registry.target == "keras2" and _given(asked, "output_sequence_length"):
        raise refuse(asked, "output_sequence_length", "ValueError", "must not be set if ragged is True")


@whole(LOOKUPS[1], since="keras3")
def salted(asked: Asked) -> None:
    """Integers are not hashed."""
    if _given(asked, "salt") and plain(asked.arguments["oov_method"]) == "floormod":
        raise refuse(asked, "salt", "ValueError", "`salt` can only be used when `oov_method='farmhash'`")


@whole("keras.layers.Discretization")
def bins_twice(asked: Asked) -> None:
    if _given(asked, "num_bins") and _given(asked, "bin_boundaries"):
        raise refuse(asked, "num_bins", "ValueError", "Both `num_bins` and `bin_boundaries` should not be")


@whole("keras.layers.Discretization", since="keras3")
def some_bins(asked: Asked) -> None:
    """A number of bins, or their boundaries."""
    given = [kind_of(asked.arguments.get(name, NONE)) for name in ("num_bins", "bin_boundaries")]
    if given == ["NoneType", "NoneType"]:
        raise refuse(asked, "num_bins", "ValueError", ("You need to set", "num_bins"))


@whole(*LOOKUPS)
def vocabulary(asked: Asked) -> None:
    """Each word once."""
    words = listed(asked.arguments.get("vocabulary", NONE)) or ()
    known = [word.value for word in words if isinstance(word, Const)]
    if len(set(known)) < len(known):
        raise refuse(asked, "vocabulary", "ValueError", "repeated term")
    most, spare = plain(asked.arguments["max_tokens"]), plain(asked.arguments.get("num_oov_indices", Const(1)))
    of_texts = asked.callee == TEXTS  # it keeps a place for the padding of indices, too
    spare = 1 + (plain(asked.arguments["output_mode"]) == "int") if of_texts else spare
    special = set(known) & {"", "[UNK]", -1} or asked.arguments.get("mask_token", NONE) != NONE
    if isinstance(most, (int, float)) and isinstance(spare, int) and not special and len(known) + spare > most:
        raise refuse(asked, "vocabulary", "ValueError", "larger than the maximum vocab size")


@whole(TEXTS)
def length_of_indices(asked: Asked) -> None:
    """Only rows of indices are cut to a length."""
    mode, length = (plain(asked.arguments.get(name, NONE)) for name in ("output_mode", "output_sequence_length"))
    given = isinstance(length, int) or kind_of(asked.arguments.get("output_sequence_length", NONE)) in ("tuple", "list")
    if (mode is None or isinstance(mode, str)) and mode != "int" and given:
        raise refuse(asked, "output_sequence_length", "ValueError", "must not be set if `output_mode` is not")
