"""Keras' own data: utilities that shape it, and data sets of documented shapes."""

from typing import Any

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.arrays.spelling import NDARRAY
from lstm_lint.library.keras.provenance import bounds
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.tables import op
from lstm_lint.library.tensorflow.data import dataset
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Shape, Tensor, Thing, Tuple, Value, number

OLD = ("keras.utils.np_utils.to_categorical",)


@op("keras.utils.to_categorical", *OLD)
def to_categorical(registry: Any, call: Call) -> Value:
    """(n,) of classes, or (n, 1) -> (n, num_classes)."""
    data = call.value("y" if call.find("y") else "x", 0)
    shape, asked = array_shape(data, call.engine), call.value("num_classes", 1, NONE)
    _check_classes(data, number(asked))
    kind = "float32" if registry.target == "keras2" and call.find("dtype", 2) is None else None
    count = number(asked) if asked != NONE else _classes(data)
    if isinstance(shape, Unknown):
        return Tensor(shape, NDARRAY, kind)
    if len(shape) > 1 and shape[-1] == 1:
        shape = shape[:-1]
    elif len(shape) > 1 and not isinstance(shape[-1], int):
        return Tensor(Unknown("classes of an array whose last axis may be 1"), NDARRAY, kind)
    return Tensor((*shape, count), NDARRAY, kind)


def _classes(data: Value) -> Dim:
    """The greatest class and one, where the classes are written."""
    known = _known(data)
    return known[1] + 1 if known is not None else dims.symbol("classes")


def _known(data: Value) -> tuple[int, int] | None:
    from lstm_lint.library.arrays.making import content_of

    content = content_of(data, array_shape(data))
    whole = content and all(isinstance(each, int) for each in content)
    return (min(content), max(content)) if whole else bounds(data)


def _check_classes(data: Value, count: Dim) -> None:
    """A class for which there is no column."""
    known = _known(data) if isinstance(count, int) else None
    if known is not None and isinstance(count, int) and known[1] >= count:
        facts = {"size": count, "greatest": known[1], "least": known[0], "what": "to_categorical", "value": data}
        words = (f"is out of bounds for axis 1 with size {count}",)
        raise Clash("value-out-of-range", ("IndexError",), words, facts)


@op("keras.utils.pad_sequences")
def pad_sequences(registry: Any, call: Call) -> Value:
    """Lists of any lengths -> (n, maxlen)."""
    _check_padding(call)
    data, asked = call.value("sequences", 0), call.value("maxlen", 1, NONE)
    rows, inner = _rows(call, data)
    length: Dim = number(asked) if asked != NONE else _longest(call, data)
    kind = "int32" if call.find("dtype", 2) is None else None
    return Tensor(Unknown("sequences of unknown rank") if inner is None else (rows, length, *inner), NDARRAY, kind)


def _check_padding(call: Call) -> None:
    """Where zeros go and what is cut off; and rows of numbers, not numbers."""
    for index, (name, told) in enumerate((("padding", "Padding type"), ("truncating", "Truncating type")), 3):
        value = call.value(name, index, Const("pre"))
        if isinstance(value, Const) and value.value not in ("pre", "post"):
            facts = {"name": name, "value": value, "callee": "keras.utils.pad_sequences"}
            raise Clash("argument-value", ("ValueError",), (told, "not understood"), facts, at=name)
    data = call.value("sequences", 0)
    flat = isinstance(data, Tensor) and data.rank == 1 and data.dtype in ("float64", "float32")
    rows = listed(data) or ()
    if flat or rows and all(isinstance(row, Const) and isinstance(row.value, (int, float)) for row in rows):
        words, facts = (
            ("`sequences` must be a list of iterables",),
            {"value": data, "callee": "keras.utils.pad_sequences"},
        )
        raise Clash("argument-value", ("ValueError",), words, {"name": "sequences", **facts}, at="sequences")


def _check_windows(call: Call, rows: Dim) -> None:
    start, end = (call.value(name, None, NONE) for name in ("start_index", "end_index"))
    first, last = (
        each.value if isinstance(each, Const) and isinstance(each.value, int) else None for each in (start, end)
    )
    name, words = "", ""
    if first is not None and first < 0:
        name, words = "start_index", "`start_index` must be 0 or greater"
    elif first is not None and isinstance(rows, int) and first >= rows:
        name, words = "start_index", "`start_index` must be lower than the length of the data"
    elif first is not None and last is not None and last <= first:
        name, words = "end_index", "`end_index` must be higher than `start_index`"
    for each in ("sequence_stride", "sampling_rate"):
        if not name and call.value(each, None, NONE) in (Const(0), Const(-1)):
            name, words = each, f"`{each}` must be higher than 0"
    if name:
        facts = {"name": name, "value": call.value(name), "callee": "keras.utils.timeseries_dataset_from_array"}
        raise Clash("argument-value", ("ValueError",), (words,), facts, at=name)


def _rows(call: Call, data: Value) -> tuple[Dim, Shape | None]:
    """How many sequences, and the shape of what each holds: numbers, mostly."""
    shape = array_shape(data, call.engine)
    if isinstance(shape, tuple) and len(shape) > 2:
        return shape[0], shape[2:]
    if isinstance(shape, tuple) and shape:
        return shape[0], ()
    items = data.items if isinstance(data, Tuple) else data.get("items") if isinstance(data, Thing) else data
    element = items.element if isinstance(items, Many) else items[0] if isinstance(items, tuple) and items else NONE
    first = array_shape(element, call.engine)
    length = items.length if isinstance(items, Many) else len(items) if isinstance(items, tuple) else dims.symbol("n")
    return length, first[1:] if isinstance(first, tuple) and first else None


def _longest(call: Call, data: Value) -> Dim:
    shape = array_shape(data, call.engine)
    if isinstance(shape, tuple) and len(shape) > 1 and not isinstance(shape[1], Unknown):
        return shape[1]
    rows = call.engine.elements(data)
    lengths = [call.engine.elements(row) for row in rows or ()]
    if lengths and all(length is not None for length in lengths):
        return max(len(length or ()) for length in lengths)
    return dims.symbol("maxlen")


@op("keras.utils.set_random_seed", "keras.utils.get_file", "keras.utils.plot_model")
def nothing(registry: Any, call: Call) -> Value:
    return Unknown(f"what {call.callee} gives")


# Windows over a series.


@op("keras.preprocessing.sequence.TimeseriesGenerator")
def generator(registry: Any, call: Call) -> Value:
    """Batches of (batch, length // sampling_rate, ...) and the targets behind them."""
    data, targets = array_shape(call.value("data", 0), call.engine), array_shape(call.value("targets", 1), call.engine)
    length, rate = number(call.value("length", 2)), number(call.value("sampling_rate", 3, Const(1)))
    steps = dims.divide(dims.add(length, dims.subtract(rate, 1)), rate)
    batch_ = Unknown("the size of a batch")
    x = Unknown("windows") if isinstance(data, Unknown) else (batch_, steps, *data[1:])
    y = Unknown("targets") if isinstance(targets, Unknown) else (batch_, *targets[1:])
    return Thing(call.callee, {"element": Tuple((Tensor(x, NDARRAY), Tensor(y, NDARRAY)))})


@op("keras.preprocessing.sequence.TimeseriesGenerator.__getitem__")
def batch(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    return call.receiver.fields["element"]  # type: ignore[no-any-return]


@op("keras.preprocessing.sequence.TimeseriesGenerator.__iter__")
def batches(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    return Many(call.receiver.fields["element"], Unknown("a number of batches"))


@op("keras.preprocessing.timeseries_dataset_from_array")
def timeseries(registry: Any, call: Call) -> Value:
    """(batch, sequence_length, ...) and, where targets are given, (batch, ...)."""
    data, targets = array_shape(call.value("data", 0), call.engine), call.value("targets", 1)
    _check_windows(call, data[0] if isinstance(data, tuple) and data else None)
    length, size = number(call.value("sequence_length", 2)), call.value("batch_size", 5, Const(128))
    head: Shape = () if size == NONE else (None,)
    x = Tensor(Unknown("windows") if isinstance(data, Unknown) else (*head, length, *data[1:]), "tensorflow.Tensor")
    if targets == NONE:
        return dataset(x)
    shape = array_shape(targets, call.engine)
    y = Tensor(Unknown("targets") if isinstance(shape, Unknown) else (*head, *shape[1:]), "tensorflow.Tensor")
    return dataset(Tuple((x, y)))


# Data sets.

IMAGES: dict[str, tuple[Shape, Shape, Shape, Shape]] = {
    "mnist": ((60000, 28, 28), (60000,), (10000, 28, 28), (10000,)),
    "fashion_mnist": ((60000, 28, 28), (60000,), (10000, 28, 28), (10000,)),
    "cifar10": ((50000, 32, 32, 3), (50000, 1), (10000, 32, 32, 3), (10000, 1)),
    "cifar100": ((50000, 32, 32, 3), (50000, 1), (10000, 32, 32, 3), (10000, 1)),
}
WORDS: dict[str, tuple[int, int]] = {"imdb": (25000, 25000), "reuters": (8982, 2246)}


def _pairs(shapes: tuple[Shape, Shape, Shape, Shape]) -> Value:
    x, y, x_test, y_test = (Tensor(shape, NDARRAY) for shape in shapes)
    return Tuple((Tuple((x, y)), Tuple((x_test, y_test))))


@op(*(f"keras.datasets.{name}.load_data" for name in IMAGES))
def images(registry: Any, call: Call) -> Value:
    return _pairs(IMAGES[call.callee.split(".")[2]])


@op(*(f"keras.datasets.{name}.load_data" for name in WORDS))
def words(registry: Any, call: Call) -> Value:
    """Rows of lists of word indices, of any lengths."""
    name = call.callee.split(".")[2]
    train, test = WORDS[name]
    if call.find("maxlen", 3) is not None or call.find("test_split") is not None and name == "reuters":
        train, test = dims.symbol("n_train"), dims.symbol("n_test")  # type: ignore[assignment]
    return _pairs(((train,), (train,), (test,), (test,)))


@op("keras.datasets.boston_housing.load_data")
def boston(registry: Any, call: Call) -> Value:
    share = call.value("test_split", 1, Const(0.2))
    train: Dim = int(506 * (1 - share.value)) if isinstance(share, Const) else dims.symbol("n_train")
    test = dims.subtract(506, train)
    return _pairs(((train, 13), (train,), (test, 13), (test,)))


@op("keras.datasets.california_housing.load_data")
def california(registry: Any, call: Call) -> Value:
    rows = 600 if call.value("version", 0, Const("large")) == Const("small") else 20640
    share = call.value("test_split", 2, Const(0.2))
    train: Dim = int(rows * (1 - share.value)) if isinstance(share, Const) else dims.symbol("n_train")
    test = dims.subtract(rows, train)
    return _pairs(((train, 8), (train,), (test, 8), (test,)))


@op("keras.datasets.imdb.get_word_index", "keras.datasets.reuters.get_word_index")
def word_index(registry: Any, call: Call) -> Value:
    return Thing("dict", {"items": Unknown("the words of a data set")})


# The old tokenizer.

TOKENIZER = "keras.preprocessing.text.Tokenizer"


@op(TOKENIZER)
def tokenizer(registry: Any, call: Call) -> Value:
    """What it counts is known only when it runs; `num_words` is what it was made with."""
    words_ = Thing("dict", {"items": Unknown("the words of a text")})
    return Thing(TOKENIZER, {("set", "num_words"): call.value("num_words", 0, NONE), ("set", "word_index"): words_})


@op(f"{TOKENIZER}.fit_on_texts", f"{TOKENIZER}.fit_on_sequences")
def fit_on_texts(registry: Any, call: Call) -> Value:
    return NONE


@op(f"{TOKENIZER}.texts_to_sequences")
def to_sequences(registry: Any, call: Call) -> Value:
    """A list of numbers for each text."""
    shape = array_shape(call.value("texts", 0), call.engine)
    rows = shape[0] if isinstance(shape, tuple) and shape else dims.symbol("texts")
    return Thing("list", {"items": Many(_sequence(), rows)})


def _sequence() -> Thing:
    return Thing("list", {"items": Many(dims.symbol("word"), Unknown("the length of a sequence"))})


@op(f"{TOKENIZER}.texts_to_matrix", f"{TOKENIZER}.sequences_to_matrix")
def to_matrix(registry: Any, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    given = call.positional()[0].value if call.positional() else NONE
    shape, asked = array_shape(given, call.engine), call.receiver.get(("set", "num_words"), NONE)
    rows = shape[0] if isinstance(shape, tuple) and shape else dims.symbol("texts")
    return Tensor((rows, dims.symbol("words") if asked == NONE else number(asked)), NDARRAY)


@op("keras.preprocessing.text.one_hot", "keras.preprocessing.text.text_to_word_sequence")
def sequence(registry: Any, call: Call) -> Value:
    return _sequence()
