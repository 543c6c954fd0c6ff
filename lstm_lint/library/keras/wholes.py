"""What Keras asks of several arguments together, and of the layers and cells that others are made of."""

from collections.abc import Iterator

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.keras.cells import STACKED, cells_of
from lstm_lint.library.keras.checking import Asked, Refusal, clash_of, is_layer, kind_of, plain, whole
from lstm_lint.library.keras.later import of_keras
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.numbers import of_numpy
from lstm_lint.library.keras.usercells import own, wholly_known
from lstm_lint.library.keras.wide_steps import OF_ONE_STATE
from lstm_lint.library.keras.windows import axes_of, listed, per_axis
from lstm_lint.values.library import Clash
from lstm_lint.values.value import NONE, Const, Shape, Symbol, Tensor, Thing, Tuple, UserClass, Value, truth

PLAIN = tuple(f"keras.layers.Conv{n}D{more}" for n in (1, 2, 3) for more in ("", "Transpose"))
TRANSPOSED = tuple(name for name in PLAIN if name.endswith("Transpose"))
SEPARABLE = tuple(f"keras.layers.{kind}Conv{n}D" for n in (1, 2) for kind in ("Separable", "Depthwise"))
CONV_LSTM = tuple(f"keras.layers.ConvLSTM{n}D" for n in (1, 2, 3))


def refuse(asked: Asked, name: str, raises: str | tuple[str, ...], words: str | tuple[str, ...] = ()) -> Clash:
    about = Asked(asked.registry, asked.engine, asked.callee, name, asked.arguments.get(name, NONE), asked.arguments)
    return clash_of(about, Refusal(raises, words))


# Convolutions.


@whole(*PLAIN)
@whole(*SEPARABLE, until="keras3")
def strides_or_dilation(asked: Asked) -> None:
    """Not both above one."""
    if _above_one(asked, "strides") and _above_one(asked, "dilation_rate"):
        raise refuse(asked, "dilation_rate", "ValueError", "`strides > 1` not supported in conjunction with")


@whole(*TRANSPOSED)
def output_padding(asked: Asked) -> None:
    """Less than the stride, axis by axis."""
    extra, strides = (
        per_axis(asked.arguments.get(name, NONE), axes_of(asked.callee)) for name in ("output_padding", "strides")
    )
    pairs = zip(extra, strides, strict=True)
    if any(isinstance(more, int) and isinstance(stride, int) and more >= stride for more, stride in pairs):
        words = {"keras2": "Strides must be greater than output padding", "keras3": "strictly less than `strides`"}
        raise refuse(asked, "output_padding", "ValueError", words[asked.registry.target])


@whole(*CONV_LSTM, since="keras3")
def strides_or_dilation_of_lstm(asked: Asked) -> None:
    if _above_one(asked, "strides") and _above_one(asked, "dilation_rate"):
        raise refuse(asked, "dilation_rate", "ValueError", "Specifying `strides > 1` is not compatible with")


def _above_one(asked: Asked, name: str) -> bool:
    value = asked.arguments.get(name, NONE)
    return any(isinstance(size, int) and size > 1 for size in per_axis(value, axes_of(asked.callee)))


@whole(*PLAIN)
def groups(asked: Asked) -> None:
    """The filters must fall into the groups."""
    filters, count = (plain(asked.arguments.get(name, NONE)) for name in ("filters", "groups"))
    counts = int if asked.registry.target == "keras3" else (int, float)
    if not isinstance(filters, int) or not isinstance(count, counts):
        return
    if count <= 0 and asked.registry.target == "keras3":
        raise refuse(asked, "groups", "ValueError", "The number of groups must be a positive integer")
    if count and filters % count:
        raise refuse(asked, "groups", "ValueError", "evenly divisible by")


CAUSAL = ("keras.layers.Conv1D", "keras.layers.SeparableConv1D")


@whole(
    *(kind for kind in (*PLAIN, *SEPARABLE) if kind not in CAUSAL and kind != "keras.layers.Conv1DTranspose"),
    until="keras3",
)
def causal(asked: Asked) -> None:
    if str(plain(asked.arguments.get("padding", NONE))).lower() == "causal":
        raise refuse(asked, "padding", "ValueError", "Causal padding is only supported for")


@whole("keras.layers.Normalization")
def both_moments(asked: Asked) -> None:
    """Mean and variance are given together."""
    given = [kind_of(asked.arguments.get(name, NONE)) for name in ("mean", "variance")]
    if None not in given and (given[0] == "NoneType") != (given[1] == "NoneType"):
        raise refuse(asked, "mean", "ValueError", "both `mean` and `variance` must be set")


@whole("keras.layers.Normalization", since="keras3")
def alike_moments(asked: Asked) -> None:
    """They are of one shape, of no more axes than are kept."""
    mean, variance = (_numbers(asked.arguments.get(name, NONE)) for name in ("mean", "variance"))
    if mean is None or variance is None:
        return
    if mean != variance:
        raise refuse(asked, "variance", "ValueError", "`mean` and `variance` must have the same shape")
    axis = asked.arguments["axis"]
    several = listed(axis)
    kept = 0 if axis == NONE else 1 if kind_of(axis) in ("int", "bool") else None if several is None else len(several)
    if kept is not None and len(mean) > kept:
        raise refuse(asked, "mean", "ValueError", "The rank of `mean` must be less than or equal to the number of axes")


def _numbers(value: Value) -> Shape | None:
    """The shape that numpy gives it; no row is one thing."""
    if kind_of(value) == "dict" or of_keras(value):
        return ()
    shape = array_shape(value)
    return shape if isinstance(shape, tuple) and all(isinstance(dim, int) for dim in shape) else None


@whole("keras.layers.GroupQueryAttention", "keras.layers.GroupedQueryAttention", since="keras3")
def head_groups(asked: Asked) -> None:
    """The heads of the queries fall into those of keys and values."""
    queries, fewer = (plain(asked.arguments.get(n, NONE)) for n in ("num_query_heads", "num_key_value_heads"))
    for name in ("num_query_heads", "num_key_value_heads"):
        kind = kind_of(asked.arguments.get(name, NONE))
        if kind in ("NoneType", "tuple", "list", "str", "object"):
            raise refuse(asked, name, ("TypeError", "ValueError"))
    if isinstance(queries, (int, float)) and isinstance(fewer, (int, float)) and (fewer == 0 or queries % fewer):
        raise refuse(asked, "num_query_heads", ("ValueError", "ZeroDivisionError"))


# Wrappers.


def _wants_layer(asked: Asked, words: str) -> None:
    held = asked.arguments["layer"]
    if is_layer(asked.registry, held) is False:
        raise refuse(asked, "layer", "ValueError", words)


@whole("keras.layers.TimeDistributed")
def time_distributed(asked: Asked) -> None:
    _wants_layer(asked, "Please initialize `TimeDistributed` layer with a")


HOME = "keras.layers."
ACTIVATIONS = tuple(f"{HOME}{name}" for name in ("ReLU", "LeakyReLU", "PReLU", "ELU", "ThresholdedReLU", "Softmax"))
MODES = ("sum", "mul", "ave", "concat", None)


@whole("keras.layers.Bidirectional")
def bidirectional(asked: Asked) -> None:
    """A recurrent layer, and one that goes the other way and gives the same things."""
    _wants_layer(asked, "Please initialize `Bidirectional` layer with a")
    layer, back = asked.arguments["layer"], asked.arguments["backward_layer"]
    if back != NONE and is_layer(asked.registry, back) is False:
        raise refuse(asked, "backward_layer", "ValueError", "`backward_layer` need to be a")
    weights = asked.arguments.get("weights", NONE)
    if truth(weights) is True and (kind_of(weights) in ("int", "float", "bool") or of_keras(weights)):
        raise refuse(asked, "weights", "TypeError", "has no len()")
    mode = asked.arguments["merge_mode"]
    if kind_of(mode) is not None and plain(mode) not in MODES:
        raise refuse(asked, "merge_mode", "ValueError", "Invalid merge mode")
    if isinstance(layer, Thing) and layer.type != "instance":
        if "keras.layers.RNN" not in asked.registry.types(layer):
            raise refuse(asked, "layer", ("KeyError", "TypeError", "ValueError", "AttributeError"))
        if asked.registry.target == "keras3" and any(any(_layer_for_function(each)) for each in with_cells(layer)):
            alone = any(_layer_for_function(layer))
            raise refuse(asked, "layer", "ValueError" if alone else "TypeError", "Could not interpret" if alone else ())
        if asked.registry.target == "keras2" and any(map(_layer_by_name, with_cells(layer))):
            raise refuse(asked, "layer", ("ValueError", "TypeError"))
        _pair(asked, layer, back)


def _layer_for_function(layer: Thing) -> Iterator[bool]:
    """It is made anew from its config, in which a layer is no constraint and no initializer."""
    for name in layer.get(GIVEN) or ():
        held = argument(layer, name)
        of_keras = isinstance(held, Thing) and held.type.startswith("keras.layers.")
        yield of_keras and name.endswith(("_constraint", "_regularizer", "_initializer"))


def with_cells(layer: Thing) -> list[Thing]:
    several = [argument(layer, "cell"), *(cells_of(argument(layer, "cell")) or ())]
    return [layer, *(each for each in several if isinstance(each, Thing))]


def _layer_by_name(layer: Thing) -> bool:
    """Keras 2 makes it anew too, and knows some layers as activations."""
    held = [argument(layer, name) for name in layer.get(GIVEN) or () if name.endswith("activation")]
    return any(isinstance(each, Thing) and each.type.startswith(HOME) and each.type not in ACTIVATIONS for each in held)


def _pair(asked: Asked, forward: Thing, backward: Value) -> None:
    """Equal are what Python calls so: 1 is True, and no list is a tuple."""
    ours, same = argument(forward, "go_backwards"), "Forward layer and backward layer should have different"
    if backward == NONE:
        if asked.registry.target == "keras3" and _equal(ours, Const(True)):
            raise refuse(asked, "layer", "ValueError", same)
        return
    if not isinstance(backward, Thing) or backward.type == "instance":
        return
    if "keras.layers.RNN" not in asked.registry.types(backward):
        raise refuse(asked, "backward_layer", "AttributeError", "has no attribute 'go_backwards'")
    if _equal(ours, argument(backward, "go_backwards")):
        raise refuse(asked, "backward_layer", "ValueError", same)
    for name in ("stateful", "return_sequences", "return_state"):
        a, b = argument(forward, name), argument(backward, name)
        if name == "stateful" and asked.registry.target == "keras2":
            unlike = truth(a) is not None and truth(b) is not None and truth(a) != truth(b)
        else:
            unlike = _equal(a, b) is False
        if unlike:
            told = ("are expected to have the same value for attribute", name)
            raise refuse(asked, "backward_layer", "ValueError", told)


def _equal(left: Value, right: Value) -> bool | None:
    """What `==` says of them; None where that is not known."""
    kinds = kind_of(left), kind_of(right)
    if isinstance(left, Const) and isinstance(right, Const) and None not in kinds:
        return bool(left.value == right.value)
    if None in kinds or "tensor" in kinds or any(isinstance(v, Thing) and v.type == "instance" for v in (left, right)):
        return None
    if kinds[0] != kinds[1]:
        return False
    ours, theirs = listed(left), listed(right)
    if ours is not None and theirs is not None:
        several = [_equal(*pair) for pair in zip(ours, theirs, strict=False)]
        return False if len(ours) != len(theirs) or False in several else None if None in several else True
    return False if kinds[0] == "object" and left is not right else None


# Cells.


@whole(*(f"keras.layers.{name}" for name in ("LSTM", "GRU", "SimpleRNN", "RNN")), until="keras3")
def length_beside_shape(asked: Asked) -> None:
    """A length is part of the shape of the input, or no argument."""
    if "input_length" in asked.arguments and "input_shape" in asked.arguments:
        raise refuse(asked, "input_length", "TypeError", ("Keyword argument not understood", "input_length"))


@whole("keras.layers.RNN")
def rnn(asked: Asked) -> None:
    """Something with `call` and `state_size`, or a list of such."""
    cell = asked.arguments["cell"]
    several = listed(cell)
    if several is not None:
        _each(asked, "cell", several)
        return
    if _calls(asked, cell) is False:
        raise refuse(asked, "cell", "ValueError", "Argument `cell` should have a `call` method")
    if _has_size(asked, cell) is False:
        raise refuse(asked, "cell", "ValueError", "The RNN cell should have a `state_size` attribute")
    _size_told(asked, cell)


@whole(STACKED)
def stacked(asked: Asked) -> None:
    cells = asked.arguments["cells"]
    several, own_thing = listed(cells), isinstance(cells, Thing) and cells.type == "instance"
    if several is not None:
        _each(asked, "cells", several)
    elif isinstance(letters := plain(cells), str) and letters:
        raise refuse(asked, "cells", "ValueError", "All cells must have a `call` method")
    elif kind_of(cells) in ("int", "float", "bool", "NoneType", "object", "callable") and not own_thing:
        raise refuse(asked, "cells", "TypeError", "is not iterable")


def _each(asked: Asked, name: str, several: tuple[Value, ...]) -> None:
    for cell in several:
        if _calls(asked, cell) is False:
            raise refuse(asked, name, "ValueError", "All cells must have a `call` method")
        if _has_size(asked, cell) is False:
            raise refuse(asked, name, "ValueError", "All cells must have a `state_size` attribute")


def _calls(asked: Asked, cell: Value) -> bool | None:
    """Has it a `call`?"""
    match cell:
        case Symbol(path=path):
            return True if asked.registry.knowledge.kind(path) in ("layer", "model") else None
        case Thing(type="instance"):
            return True if own(cell, "call", asked.engine) else None
        case Thing() if is_layer(asked.registry, cell):
            return True
        case UserClass():
            return None
    return None if kind_of(cell) in (None, "object", "tensor") else False


SIZED = ("keras.layers.LSTMCell", *OF_ONE_STATE, STACKED)


def _has_size(asked: Asked, cell: Value) -> bool | None:
    """Has it a `state_size`? Classes have none, only their instances; in Keras 3 recurrent layers have one."""
    registry = asked.registry
    match cell:
        case Symbol(path=path):
            return False if path in SIZED[:3] else None
        case Thing(type="instance"):
            if own(cell, "state_size", asked.engine) is not None or not wholly_known(registry, cell):
                return None
            return None if cell.get("escaped") else False
        case Thing() if cell.type in SIZED:
            return True
        case Thing() if is_layer(registry, cell):
            recurrent = "keras.layers.RNN" in registry.types(cell)
            return None if recurrent and registry.target == "keras3" else False
    return None


def _size_told(asked: Asked, cell: Value) -> None:
    """Keras 3 wants ints."""
    if asked.registry.target != "keras3" or not isinstance(cell, Thing):
        return
    if cell.type == "instance":
        told = own(cell, "state_size", asked.engine)
    else:
        told = argument(cell, "units") if cell.type in OF_ONE_STATE else None
    kind = kind_of(told) if told is not None else None
    if of_numpy(told) or isinstance(told, Tuple) and told.kind == "shape":
        kind = "float"
    if kind == "NoneType":
        raise refuse(asked, "cell", "ValueError", "state_size must be specified as property on the RNN cell")
    if kind in ("str", "float", "dict", "set") or isinstance(told, Tensor):
        raise refuse(asked, "cell", "ValueError", "state_size must be an integer, or a list/tuple of integers")


# Weights that are given, and clipping.


@whole("keras.layers.Embedding", since="keras3")
def embedded_weights(asked: Asked) -> None:
    """They are set at once."""
    items = listed(asked.arguments.get("weights", NONE))
    first = items[0] if items is not None and len(items) == 1 else None
    sizes = tuple(plain(asked.arguments.get(name, NONE)) for name in ("input_dim", "output_dim"))
    known = isinstance(first, Tensor) and isinstance(first.shape, tuple) and all(isinstance(s, int) for s in sizes)
    if known and isinstance(first, Tensor) and first.shape != sizes and all(isinstance(d, int) for d in first.shape):  # type: ignore[union-attr]
        raise refuse(asked, "weights", "ValueError", "is not compatible with provided weight shape")


CLIPPING = ("clipnorm", "clipvalue", "global_clipnorm")
OPTIMIZERS = ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")


@whole(*(f"keras.optimizers.{name}" for name in OPTIMIZERS), since="keras3")
def clipping(asked: Asked) -> None:
    """One way of clipping."""
    given = [name for name in CLIPPING if isinstance(plain(asked.arguments.get(name, NONE)), int | float)]
    if len(given) > 1:
        raise refuse(
            asked, given[1], "ValueError", "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set"
        )
