"""What layers of Keras 3 say that they make of inputs of a rank that they do not take: no shape is asked for before a run.

So it is where a layer inside TimeDistributed or a model that is called is asked for its shape alone
(`compute_output_shape`, Keras 3.15).
"""

from lstm_lint.library.arguments import NO_RANK, integers
from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall, apply_layer
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.wide_steps import between
from lstm_lint.library.keras.windows import joined, split
from lstm_lint.records import replace
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, number, truth

SAME = ("BatchNormalization", "GroupNormalization", "PReLU", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")
RECURRENT = ("SimpleRNN", "LSTM", "GRU")
FORMATS = (NONE, Const("channels_last"), Const("channels_first"))


def told_shape(call: LayerCall, held: Thing, shape: Shape) -> Shape | Unknown | None:
    """None where it cannot tell."""
    name = held.type.rpartition(".")[2]
    if name in SAME:
        return shape
    if name == "Dense":
        return (*shape[:-1], number(argument(held, "units")))
    if name in RECURRENT:
        return _recurrent(held, shape)
    if name.endswith("Transpose") and len(shape) < int(name[4]) + 2:
        between = (Unknown("an axis of a kernel with more") for _ in shape[2:])
        filters = number(argument(held, "filters"))
        first = argument(held, "data_format") == Const("channels_first")
        return (shape[0], filters, *between) if first else (shape[0], *between, filters)
    if name == "RepeatVector":
        return (shape[0], number(argument(held, "n")), *shape[1:2])
    if name == "Permute":
        places = integers(argument(held, "dims"))
        known = places is not None and max(places, default=0) < len(shape)
        return (shape[0], *(shape[place] for place in places or ())) if known else NO_RANK
    windows = name.startswith(("Global", "Cropping", "UpSampling", "ZeroPadding", "MaxPool", "AveragePool"))
    return _windows(call, held, name, shape) if windows and argument(held, "data_format") in FORMATS else NO_RANK


def _recurrent(held: Thing, shape: Shape) -> Shape | Unknown:
    whole, states = (truth(argument(held, flag)) for flag in ("return_sequences", "return_state"))
    steps = shape[1:2] if whole else ()
    return NO_RANK if whole is None or states is not False else (shape[0], *steps, number(argument(held, "units")))


def of_wide_steps(held: Thing, step: Tensor) -> Shape | Unknown:
    """A plain sum with states, which are as many as the batch; gates come apart in other ways."""
    whole, shape = truth(argument(held, "return_sequences")), step.shape
    if not held.type.endswith("SimpleRNN") or whole is None or isinstance(shape, Unknown) or len(shape) < 4:
        return NO_RANK
    return (shape[0], *(shape[1:2] if whole else ()), *between(shape), number(argument(held, "units")))


def _windows(call: LayerCall, held: Thing, name: str, shape: Shape) -> Shape | Unknown | None:
    count, first = int(name[-2]), argument(held, "data_format") == Const("channels_first")
    if name.startswith("Global"):
        kept = (1,) * (len(shape) - 2) if truth(argument(held, "keepdims")) is True else ()
        return (shape[0], shape[1], *kept) if first else (shape[0], *kept, shape[-1])
    if name.startswith(("Cropping", "UpSampling")):
        return shape_of(call, held, shape[: count + 2]) if len(shape) >= count + 2 else None
    if name.startswith("ZeroPadding"):
        size = count + 1 + first
        padded = shape_of(call, held, (*shape[:size], *(() if first else (1,)))) if len(shape) >= size else None
        return padded if padded is None or isinstance(padded, Unknown) else (*padded[:size], *shape[size:])
    return _pooled(call, held, shape, count, first)


def _pooled(call: LayerCall, held: Thing, shape: Shape, count: int, first: bool) -> Shape | Unknown | None:
    """One window goes over each axis between the first and the last, several over one."""
    spatial, channels = split(shape, first)
    if count > 1 and len(spatial) != 1:
        return None
    sizes: list[Dim] = []
    for size in spatial:
        given = shape_of(call, held, joined(shape[0], (size,) * count, channels, first))
        if isinstance(given, Unknown):
            return NO_RANK
        sizes += split(given, first)[0]
    return joined(shape[0], tuple(sizes), channels, first)


def shape_of(call: LayerCall, held: Thing, shape: Shape) -> Shape | Unknown:
    """What such a layer makes of a rank that it takes."""
    step = Tensor(shape, call.input.type, call.input.dtype)
    found = apply_layer(call.registry, held, [step], replace(call.call, arguments=(Argument(step),)))
    return found.shape if isinstance(found, Tensor) else NO_RANK


def told_after(call: LayerCall, held: Thing, shape: Shape, clash: Clash) -> Shape | Unknown | None:
    """What is told where a run refuses the input: of other channels, a kernel tells what it makes of its own."""
    told, expected = told_shape(call, held, shape), clash.facts.get("expected")
    last = not held.type.startswith("keras.layers.Depthwise") and argument(held, "data_format") in FORMATS[:2]
    if isinstance(told, Unknown) and clash.kind == "axis-size" and isinstance(expected, int) and last:
        return shape_of(call, held, (*shape[:-1], expected))
    return told


def told_alone(call: LayerCall, held: Thing, given: Tensor, clash: Clash) -> Tensor | None:
    """The symbolic tensor of a layer that no run goes through."""
    known = isinstance(given.shape, tuple) and given.type == SYMBOLIC
    shape = told_after(call, held, given.shape, clash) if known else None  # type: ignore[arg-type]
    if shape is None or isinstance(shape, Unknown):
        return None
    result = Tensor(shape, SYMBOLIC, "float32")
    result.runs = NO_RANK
    return result
