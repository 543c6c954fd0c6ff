"""Preprocessing layers, as far as shapes go: lookups, encodings, images."""

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.keras import otherwise, trained
from lstm_lint.library.keras.calling import BUILT, LayerCall, called_on_one
from lstm_lint.library.keras.checking import kind_of
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import RUN, of_keras, refused_argument
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.weights import Weight
from lstm_lint.library.keras.windows import channels_first, joined, listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Thing, Value, truth

IMAGES = tuple(
    f"keras.layers.Random{name}"
    for name in ["Flip", "Rotation", "Zoom", "Translation", "Contrast", "Brightness", "Height", "Width"]
)
UNKNOWN_SIZE = Unknown("a size that a vocabulary tells")


@layer("keras.layers.Discretization")
def discretized(call: LayerCall) -> Value:
    """The number of the bin, or a row as wide as there are bins."""
    if not called_on_one(call):
        return call.of(NO_RANK)
    mode, bounds, bins = call.text("output_mode"), listed(call.value("bin_boundaries")), call.integer("num_bins")
    if mode == "int":
        return call.of(call.input.shape, "int64")
    text = call.text("bin_boundaries")  # letter by letter
    count = len(bounds) if bounds is not None else None if text is None else len(text)
    wide: Dim = count + 1 if count is not None else UNKNOWN_SIZE if bins is None else bins
    return _encoded(call, mode, wide)


@layer("keras.layers.Normalization")
def normalization(call: LayerCall) -> Value:
    """The shape stays; what is kept apart along `axis` must be known."""
    shape, axes = call.input.shape, () if call.is_none("axis") else call.integers("axis")
    if isinstance(shape, Unknown) or axes is None or not called_on_one(call):
        return call.of(NO_RANK)
    built = call.layer.get(BUILT)
    if isinstance(built, tuple) and not call.keras3:
        from lstm_lint.library.keras.moments import normalized

        return normalized(call, built, shape)
    if any(not -len(shape) <= axis < len(shape) for axis in axes):
        raise call.clash("axis-out-of-range", "must be in the range", axis=axes)
    if call.building and any(shape[axis] is None for axis in axes):
        raise call.clash("weights-for-an-open-axis", "All `axis` values to be kept must have")
    twice = [axis for axis in axes if sum(axis % len(shape) == each % len(shape) for each in axes) > 1]
    if call.keras3 and call.building and call.is_none("mean") and any(shape[axis] != 1 for axis in twice):
        errors = ("InvalidArgumentError", "ValueError")
        raise call.clash("argument-value", (), errors, name="axis", value=call.value("axis"))
    if built is None and not call.keras3:
        _check_moments(call, shape, axes)
    if built is None and call.keras3 and not call.is_none("mean"):
        _check_broadcast(call, shape, sorted(axis % len(shape) for axis in axes))
    return call.of(shape)


def _check_broadcast(call: LayerCall, shape: Shape, kept: list[int]) -> None:
    """Keras 3 makes numbers of means and variances, and stretches them over the kept axes."""
    for name in ("mean", "variance"):
        if any(_no_number(each) for each in (call.value(name), *leaves(call.value(name)))):
            raise refused_argument(call, name, "call", ("UnimplementedError", "ValueError", "TypeError"))
    given = array_shape(call.value("mean"))
    if isinstance(given, Unknown) or len(given) > len(kept):
        return
    places = dict(zip(reversed(kept), reversed(given), strict=False))
    lost = dims.same(dims.product(places.values()), dims.product(given)) is False
    if lost or any(dims.same(dim, shape[axis]) is False and dim != 1 for axis, dim in places.items()):
        raise refused_argument(call, "mean", "call")


def _no_number(value: Value) -> bool:
    return kind_of(value) in ("NoneType", "str", "dict") or of_keras(value)


def _check_moments(call: LayerCall, shape: Shape, axes: tuple[int, ...]) -> None:
    """Keras 2 stretches means and variances over the kept axes at once, and wants one for each of their places."""
    kept = tuple(shape[axis] for axis in axes)
    places = [shape[axis] for axis in {axis % len(shape) for axis in axes}]
    for name in ("mean", "variance"):
        value, given = call.value(name), listed(call.value(name))
        if of_keras(value) or isinstance(value, Const) and isinstance(value.value, str):
            raise refused_argument(call, name, raises=("TypeError",))
        if given is not None and not all(isinstance(each, Const) for each in given):
            continue
        whole = kept if given is None else shapes.broadcast((len(given),), kept)
        if whole is None or dims.same(dims.product(whole), dims.product(places)) is False:
            raise refused_argument(call, "axis" if given is None else name)


@layer(*IMAGES[:6])
def unchanged(call: LayerCall) -> Value:
    """The shape stays."""
    trained.note(call)
    return call.of(call.input.shape if called_on_one(call) else NO_RANK)


@layer("keras.layers.Hashing")
def hashed(call: LayerCall) -> Value:
    """The shape stays, or the last axis makes room for the bins; Keras 3 says so of every axis that it will keep."""
    mode, shape, bins = call.text("output_mode"), call.input.shape, call.value("num_bins")
    if mode in (None, "int") or not called_on_one(call):
        return call.of(shape if called_on_one(call) else NO_RANK)
    if not call.keras3:
        return _encoded(call, mode, call.dim("num_bins"))
    if isinstance(shape, Unknown) or len(shape) < 2:
        return call.of(NO_RANK)
    if isinstance(bins, Const) and isinstance(bins.value, float):
        raise refused_argument(call, "num_bins", "call")
    one = mode == "one_hot"
    kept = shape[:-1] if len(shape) == 2 or shape[-1] == 1 else (shape[0], *shape[2:])
    really = shape if one and shape[-1] != 1 else kept
    return _as_told(call, (*shape[:-1], call.dim("num_bins")), (*really, call.dim("num_bins")))


@layer("keras.layers.Resizing", "keras.layers.CenterCrop", "keras.layers.RandomCrop")
def resized(call: LayerCall) -> Value:
    """(batch, height, width, channels) with another height and width."""
    shape, first = call.input.shape, channels_first(call)
    trained.note(call)
    if isinstance(shape, Unknown) or first is None or not called_on_one(call):
        return call.of(NO_RANK)
    if len(shape) not in (3, 4):
        return _no_image(call, len(shape))
    size = (call.dim("height"), call.dim("width"))
    if call.keras3 and call.kind.endswith("CenterCrop"):
        _check_crop(call, (shape[-2:] if first else shape[-3:-1]), size)
    if call.kind.endswith("Resizing"):
        _check_some(call, dict(zip(("height", "width"), size, strict=True)))
    if not call.keras3 and not first:
        _check_window(call, shape[-3:-1], size)
    if len(shape) == 3:
        return call.give(shape[0], *size) if first else call.give(*size, shape[2])
    return call.give(*joined(shape[0], size, shape[1] if first else shape[-1], first))


def _check_crop(call: LayerCall, found: Shape, size: Shape) -> None:
    """Where the image is smaller on one side it is resized, which divides by both."""
    less = any(isinstance(a, int) and isinstance(b, int) and a < b for a, b in zip(found, size, strict=True))
    if less and 0 in size:
        name = ("height", "width")[size.index(0)]
        meet(call, refused_argument(call, name, raises=("ZeroDivisionError",)))


def _check_some(call: LayerCall, size: dict[str, Dim]) -> None:
    """No image without pixels is made when it runs."""
    name = next((name for name, dim in size.items() if isinstance(dim, int) and dim < 1), None)
    if name is not None:
        late = "run" if call.symbolic and (call.keras3 or call.flag("crop_to_aspect_ratio") is False) else "call"
        meet(call, call.clash("argument-value", (), RUN, name=name, value=call.value(name), stage=late))


def _check_window(call: LayerCall, image: Shape, wanted: Shape) -> None:
    """Keras 2 enlarges the largest window of the wanted form, which may be thinner than a pixel."""
    always = call.kind.endswith("Resizing") and call.flag("crop_to_aspect_ratio") is True
    smaller = any(isinstance(a, int) and isinstance(b, int) and a < b for a, b in zip(image, wanted, strict=True))
    if not always and (not smaller or not call.kind.endswith("CenterCrop")):
        return
    for mine, ours, theirs in zip(image, wanted, reversed(wanted), strict=True):
        if (
            isinstance(mine, int)
            and isinstance(ours, int)
            and isinstance(theirs, int)
            and 0 < ours > mine * theirs >= 0
        ):
            stage = "run" if call.symbolic else "call"
            meet(call, call.clash("argument-value", (), RUN, name="height", value=call.value("height"), stage=stage))
            return


def _no_image(call: LayerCall, rank: int) -> Value:
    if call.kind == "keras.layers.RandomCrop":
        return call.of(NO_RANK)
    late = call.keras3 and call.symbolic and call.kind == "keras.layers.Resizing" and rank > 1
    errors = ("ValueError", "IndexError")
    meet(call, call.clash("rank", (), errors, expected=4, found=rank, stage="run" if late else "call"))
    shape = call.input.shape
    if channels_first(call) is not False or isinstance(shape, Unknown):
        return call.of(NO_RANK)
    return call.give(call.dim("height"), call.dim("width"), *shape[2:])


@layer("keras.layers.StringLookup", "keras.layers.IntegerLookup")
def lookup(call: LayerCall) -> Value:
    """Indices of the same shape, or a row as wide as the vocabulary."""
    mode, inverted = call.text("output_mode"), truth(call.value("invert"))
    if not called_on_one(call):
        return call.of(NO_RANK)
    if inverted and call.input.dtype == "string":
        late, errors = "run" if call.symbolic else "call", ("UnimplementedError", "ValueError")
        meet(call, call.clash("input-dtype", (), errors, dtype="string", stage=late))
    if mode == "int":
        return call.of(call.input.shape, "int64")
    words, spare = listed(call.value("vocabulary")), call.integer("num_oov_indices")
    wide: Dim = UNKNOWN_SIZE
    if call.flag("pad_to_max_tokens"):
        wide = call.dim("max_tokens")
    elif words is not None and spare is not None and call.is_none("mask_token") and _none_special(words):
        wide = len(words) + spare
    return _encoded(call, mode, wide)


def _none_special(words: tuple[Value, ...]) -> bool:
    """Those that stand for words that are not known have their places already."""
    return all(isinstance(each, Const) and each.value not in ("[UNK]", -1) for each in words)


@layer("keras.layers.CategoryEncoding")
def category_encoding(call: LayerCall) -> Value:
    """(batch, n) -> (batch, num_tokens)."""
    return _encoded(call, call.text("output_mode"), call.dim("num_tokens"))


def _encoded(call: LayerCall, mode: str | None, wide: Dim) -> Value:
    """One row for all of a sample's tokens; `one_hot` one for each of them."""
    shape = call.input.shape
    if isinstance(shape, Unknown) or mode is None or len(shape) == 0 or not called_on_one(call):
        return call.of(NO_RANK)
    if mode == "one_hot":
        several = shape[-1] is None or isinstance(shape[-1], int) and shape[-1] != 1
        if not call.keras3 and (len(shape) > 2 or len(shape) == 2 and several):
            raise call.clash("one-hot-of-several", (), found=len(shape))
        return call.give(*(shape[:-1] if shape[-1] == 1 else shape), wide)
    if mode in ("multi_hot", "count", "tf_idf"):
        if not call.keras3 and len(shape) > 2:
            raise call.clash("one-hot-of-several", (), found=len(shape))
        if len(shape) < 3:
            return call.give(*shape[:-1], wide)
        if call.kind.endswith("Discretization"):
            return call.give(shape[0], *shape[2:], wide)
        return _as_told(call, (*shape[:-1], wide), (shape[0], *shape[2:], wide))
    return call.of(NO_RANK)


def _as_told(call: LayerCall, told: Shape, really: Shape | Unknown, dtype: str = "float32") -> Value:
    """Keras 3 tells another shape before it runs."""
    if not call.keras3 or not call.symbolic:
        return call.of(NO_RANK)
    return otherwise.told(call, call.of(told, dtype), really)


def _above_one(size: Dim) -> bool:
    return isinstance(size, int) and size > 1


@layer("keras.layers.TextVectorization")
def text_vectorization(call: LayerCall) -> Value:
    """(batch, 1) or (batch,) of texts -> (batch, output_sequence_length), or one row as wide as the vocabulary."""
    shape, mode = call.input.shape, call.text("output_mode")
    if isinstance(shape, Unknown):
        return call.of(NO_RANK)
    _check_columns(call, shape)
    more = len(shape) not in (1, 2)
    ragged = not call.is_none("ragged") and _ragged(call)
    if more and (not call.keras3 or ragged):
        return call.of(NO_RANK)
    if call.is_none("output_mode"):
        return call.of(shape if call.is_none("split") else (shape[0], None), "string")
    if mode == "int":
        length = None if call.is_none("output_sequence_length") else call.dim("output_sequence_length")
        if not call.keras3 and call.is_none("split"):  # a word is a text as it is
            return call.of(shape if length is None and len(shape) == 2 else NO_RANK, "int64")
        row = (shape[0], length)
        uneven = more or ragged and call.keras3 and call.symbolic
        return _as_told(call, row, NO_RANK, "int64") if uneven else call.of(row, "int64")
    words = listed(call.value("vocabulary"))
    padded = call.flag("pad_to_max_tokens")
    if mode not in ("multi_hot", "binary", "count", "one_hot") or words is None or padded is None:
        return call.of(NO_RANK)
    wide: Dim = call.dim("max_tokens") if padded else len(words) + 1 if _none_special(words) else UNKNOWN_SIZE
    row = (shape[0], wide)
    if mode == "one_hot":
        return _as_told(call, (*shape, None, row[1]), NO_RANK if more else (shape[0], None, row[1]))
    if call.keras3 and len(shape) > 1:
        return _as_told(call, (*shape, row[1]), NO_RANK if more else row)
    return call.give(*row)


def _check_columns(call: LayerCall, shape: Shape) -> None:
    """Texts are taken apart one by one: Keras 2 wants to see that there is one column, Keras 3 looks when it runs."""
    if len(shape) < 2 or call.text("split") is None:
        return
    unseen = call.symbolic and not call.keras3 and shape[-1] is None
    if _above_one(shape[-1]) or unseen:
        late = "run" if call.keras3 and call.symbolic else "call"
        meet(call, call.clash("texts-in-columns", (), found=shape[-1], stage=late))


def _ragged(call: LayerCall) -> bool:
    return call.flag("ragged") is not False


# Weights.


@weights("keras.layers.Normalization")
def normalization_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """Mean, variance and count, unless the first two are given."""
    from lstm_lint.library.arguments import integers

    if argument(held, "mean") != NONE:
        return []
    axis = argument(held, "axis")
    axes = () if axis == NONE else integers(axis)
    if axes is None or any(not -len(shape) <= each < len(shape) for each in axes):
        return None
    sizes = tuple(shape[each] for each in axes)
    return [Weight("mean", sizes, False), Weight("variance", sizes, False), Weight("count", (), False)]


@weights("keras.layers.Discretization")
def discretization_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """What Keras 2 learns the bins from is open."""
    if argument(held, "bin_boundaries") != NONE:
        return []
    return None if registry.target == "keras3" else [Weight("summary", (2, None), False)]


NONE_AT_ALL = (
    "StringLookup",
    "IntegerLookup",
    "TextVectorization",
    "CategoryEncoding",
    "Hashing",
    "Resizing",
    "CenterCrop",
    "RandomCrop",
)


@weights(*(f"keras.layers.{name}" for name in NONE_AT_ALL), *IMAGES[:6])
def nothing(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    return []
