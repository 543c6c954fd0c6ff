"""Bidirectional and TimeDistributed: a layer inside a layer."""

from lstm_lint.library.arguments import NO_RANK, integer
from lstm_lint.library.keras.calling import INSIDE, UNASKED, LayerCall, apply_layer, call_layer, called_on_one
from lstm_lint.library.keras.convolutional import in_groups
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.mask_shapes import beside, known_mask, mask_of
from lstm_lint.library.keras.masks import Mask
from lstm_lint.library.keras.other_ranks import of_wide_steps, shape_of, told_after, told_shape
from lstm_lint.library.keras.otherwise import told
from lstm_lint.library.keras.states import halves
from lstm_lint.library.keras.timesteps import check_rows, check_several, lead, over_list, over_several, rows_of
from lstm_lint.library.keras.weights import weights_for
from lstm_lint.library.keras.wide_steps import falls_apart
from lstm_lint.library.keras.windows import listed, of_numbers
from lstm_lint.library.tables import LEAST_RANKS, RANKS, layer
from lstm_lint.records import replace
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Either, Shape, Tensor, Thing, Tuple, Value, truth


def inner(call: LayerCall) -> Thing | None:
    """The wrapped layer."""
    held = call.value("layer")
    return held if isinstance(held, Thing) else None


@layer("keras.layers.Bidirectional")
def bidirectional(call: LayerCall) -> Value:
    """The inner layer's output twice, merged; with return_state all forward states, then all backward states."""
    forward = inner(call)
    if forward is None:
        return Unknown("a wrapped layer that is not known")
    backward = call.value("backward_layer")
    if (
        call.keras3
        and call.symbolic
        and truth(argument(forward, "stateful"))
        and truth(argument(forward, "return_state"))
    ):
        raise call.clash(
            "argument-value", (), ("TypeError", "ValueError"), name="layer", value=forward
        )  # Keras' own mistake
    ours_call, theirs_call = halves(call)
    result = apply_layer(call.registry, forward, call.inputs[:1], ours_call)
    alike = backward == NONE and theirs_call is ours_call
    other = result if alike else _backward(call, forward if backward == NONE else backward, theirs_call, result)
    if isinstance(result, Either) or isinstance(other, Either) or isinstance(result, Unknown):
        return Unknown("a wrapped layer with flags that are not known")
    ours, theirs = _parts(result), _parts(other)
    if not isinstance(ours[0], Tensor) or not isinstance(theirs[0], Tensor) or len(ours) != len(theirs):
        return Unknown("a wrapped layer that is not known")
    main = _merged(call, ours[0], theirs[0])
    states = [_renewed(call, state) for state in (*ours[1:], *theirs[1:])]
    return Tuple((*main, *states)) if states or len(main) > 1 else main[0]


def _backward(call: LayerCall, backward: Value, asked: Call, forward: Value) -> Value:
    """Keras 3 tells a shape by the forward layer alone."""
    if not isinstance(backward, Thing):
        return Unknown("a backward layer that is not known")
    try:
        return apply_layer(call.registry, backward, call.inputs[:1], asked)
    except Clash as clash:
        if clash.kind != "too-small" or not call.keras3 or not call.symbolic:
            raise
        clash.facts = {**clash.facts, "stage": "run"}
        meet(call, clash)
        return forward


def _parts(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Tuple) and value.items else (value,)


def _renewed(call: LayerCall, state: Value) -> Value:
    """A state, or the list of states of one cell among several."""
    if isinstance(state, Tensor):
        return call.of(state.shape)
    items = listed(state)
    return Thing("list", {"items": tuple(_renewed(call, item) for item in items)}) if items is not None else state


def _merged(call: LayerCall, forward: Tensor, backward: Tensor) -> list[Tensor]:
    mode = call.value("merge_mode")
    if mode == NONE:
        if call.keras3 and call.symbolic and forward.shape != backward.shape:  # it takes both for the forward one
            return [call.of(forward.shape), told(call, call.of(forward.shape), backward.shape)]
        return [call.of(forward.shape), call.of(backward.shape)]
    if isinstance(forward.shape, Unknown) or isinstance(backward.shape, Unknown) or not isinstance(mode, Const):
        return [call.of(NO_RANK)]
    _check_places(call, forward.shape, backward.shape, mode.value == "concat")
    ours, theirs = forward.shape[-1], backward.shape[-1]
    if mode.value == "concat" and call.keras3 and call.symbolic and dims.same(ours, theirs) is False:
        twice, really = call.give(*forward.shape[:-1], dims.add(ours, ours)), dims.add(ours, theirs)
        return [told(call, twice, (*forward.shape[:-1], really))]  # it takes both for as wide as the forward one
    if mode.value == "concat":
        return [call.give(*forward.shape[:-1], dims.add(ours, theirs))]
    if isinstance(ours, int) and isinstance(theirs, int) and ours != theirs and 1 not in (ours, theirs):
        stage = "run" if call.keras3 and call.symbolic else "call"
        clash = call.clash("merge-widths", (), left=forward.shape, right=backward.shape, stage=stage)
        clash.raises = ("ValueError", "InvalidArgumentError")
        meet(call, clash)
    pairs = zip(forward.shape, backward.shape, strict=False)
    wide = tuple(theirs if ours == 1 else ours for ours, theirs in pairs)
    if len(forward.shape) == len(backward.shape) == len(wide) and wide != forward.shape:
        # The wider one sets the size, in Keras 3 not before it runs.
        return [told(call, call.of(forward.shape), wide) if call.keras3 and call.symbolic else call.of(wide)]
    return [call.of(forward.shape)]


def _check_places(call: LayerCall, forward: Shape, backward: Shape, joined: bool) -> None:
    """Images of one size, where those of two directions are merged."""
    pairs = zip(forward[1:-1], backward[1:-1], strict=False)
    unlike = any(
        dims.same(*pair) is False and (joined or all(dims.same(size, 1) is False for size in pair)) for pair in pairs
    )
    if unlike and len(forward) == len(backward):
        stage = "run" if call.keras3 and call.symbolic else "call"
        errors = ("ValueError", "InvalidArgumentError")
        meet(call, call.clash("merge-widths", (), errors, left=forward, right=backward, stage=stage))


@layer("keras.layers.TimeDistributed")
def time_distributed(call: LayerCall) -> Value:
    """(batch, timesteps, ...) -> (batch, timesteps, *what the inner layer gives for (batch, ...))."""
    shape, held = call.input.shape, inner(call)
    if held is not None and call.keras3 and len(call.inputs) > 1:
        return over_list(call, held)
    if held is not None and not call.keras3 and not (len(call.inputs) == 1 and called_on_one(call)):
        check_several(call, held)
        return over_several(call, held)
    if isinstance(shape, Unknown) or held is None or len(call.inputs) > 1:
        return call.of(NO_RANK, None)
    if len(shape) < 3:
        raise call.clash("rank", "with at least 3 dimensions, received", expected=3, found=len(shape))
    _check_mask(call, held)
    if call.keras3 and shape[1] == 0:  # it puts the steps together one by one
        meet(call, call.clash("no-timesteps", (), stage="run" if call.symbolic else "call"))
    rows = rows_of(call, held, shape)
    step = replace(call.input, shape=(rows, *shape[2:]), mask=_of_a_step(call, rows), runs=None)
    if call.keras3 and _unasked(call, held, step):
        return _over_other_rank(call, held, step)
    named = tuple(argument for argument in call.call.arguments if argument.name not in ("", "inputs", "mask"))
    callee = UNASKED if call.keras3 else INSIDE
    asked = Call(callee, (Argument(step), *named), call.call.engine, call.call.place, held)
    if not call.keras3 and rows is None and step.mask is not None:
        check_rows(call, asked, step)
    try:
        result = call_layer(call.registry, asked)
    except Clash as clash:
        return _refused_inside(call, held, step, clash)
    if isinstance(result, Tuple):
        return _several(call)
    if not isinstance(result, Tensor) or isinstance(result.shape, Unknown):
        return call.of(NO_RANK, None)
    batch, steps = lead(call, held, rows, result.shape, shape)
    given = call.of((batch, steps, *result.shape[1:]), result.dtype)
    given.mask = None if call.keras3 else _put_together(call, result)
    if call.symbolic and result.runs is not None:
        really = result.runs
        told(call, given, really if isinstance(really, Unknown) else (batch, steps, *really[1:]))
    return given


def _refused_inside(call: LayerCall, held: Thing, step: Tensor, clash: Clash) -> Value:
    """What comes out all the same; raises what the layer inside surely refuses at once."""
    if clash.kind == "too-small" and not call.keras3 and of_numbers(call):
        return call.of(NO_RANK)
    found = _of_other_channels(call, held, step, clash) if clash.kind == "axis-size" and call.keras3 else None
    if found is not None:
        return found
    _reword(call, clash)
    meet(call, clash)
    if not call.keras3 or not isinstance(step.shape, tuple):
        return call.of(NO_RANK)
    before = told_after(call, held, step.shape, clash)
    return call.of(NO_RANK) if before is None else _of_steps(call, before, NO_RANK)


def _reword(call: LayerCall, clash: Clash) -> None:
    """What the layer inside refuses, when and as TimeDistributed comes to it."""
    unasked = (
        clash.kind in ("features", "axis-size") or clash.kind == "rank" and (_takes_steps(call) or _falls_short(call))
    )
    if unasked and call.keras3 and call.symbolic:
        clash.facts = {**clash.facts, "stage": "run"}
    if clash.kind == "data-shape" and not call.keras3:
        clash.facts = {**clash.facts, "stage": "call"}  # inside it, no tensors are Keras' own
    if clash.kind in ("rank", "features", "missing-argument") or clash.kind == "axis-size" and call.keras3:
        clash.words, clash.raises = (), ("ValueError", "TypeError", "NotImplementedError", "InvalidArgumentError")


def _takes_steps(call: LayerCall) -> bool:
    """Is it a recurrent layer, whose weights Keras 3 makes for any more axes than it goes over?"""
    held = inner(call)
    if held is not None and held.type == "keras.layers.Bidirectional":
        wrapped = argument(held, "layer")
        held = wrapped if isinstance(wrapped, Thing) else None
    return held is not None and held.type in RECURRENT and (call.input.rank or 0) > 4


def _falls_short(call: LayerCall) -> bool:
    """Is it a transposed kernel of more axes than a step, of which Keras 3 tells what the first ones give?"""
    held = inner(call)
    name = held.type.rpartition(".")[2] if held is not None else ""
    return name.startswith("Conv") and name.endswith("Transpose") and (call.input.rank or 0) < int(name[4]) + 3


def _of_other_channels(call: LayerCall, held: Thing, step: Tensor, clash: Clash) -> Value | None:
    """Keras 3 asks the layer inside for no number of them: a kernel goes over more in groups, a scale of one is stretched."""
    expected, found, shape, steps = clash.facts["expected"], clash.facts["found"], step.shape, call.input.shape
    name = held.type.rpartition(".")[2]
    if not isinstance(expected, int) or not isinstance(found, int) or isinstance(shape, Unknown):
        return call.of(NO_RANK)
    assert isinstance(steps, tuple)
    if name == "BatchNormalization" and 1 in (expected, found):
        wide = (*steps[:-1], max(expected, found))
        return told(call, call.of(steps), wide) if call.symbolic else call.of(wide)
    filters, groups = (integer(argument(held, each)) for each in ("filters", "groups"))
    if name not in ("Conv1D", "Conv2D", "Conv3D") or not in_groups(expected // max(groups or 1, 1), found, filters):
        return None
    if argument(held, "data_format") == Const("channels_first"):
        return call.of(NO_RANK)
    given = shape_of(call, held, (*shape[:-1], expected))
    return call.of(NO_RANK if isinstance(given, Unknown) else (*steps[:2], *given[1:]))


UNMASKED = (
    "AveragePooling1D AveragePooling2D AveragePooling3D CategoryEncoding CenterCrop Conv1D Conv1DTranspose Conv2D "
    "Conv2DTranspose Conv3D Conv3DTranspose Cropping1D Cropping2D Cropping3D DepthwiseConv1D DepthwiseConv2D Discretization "
    "EinsumDense Flatten GlobalAveragePooling2D GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D "
    "GlobalMaxPooling3D Hashing Identity IntegerLookup MaxPooling1D MaxPooling2D MaxPooling3D Normalization Permute "
    "RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D StringLookup UpSampling1D UpSampling2D "
    "UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D"
)
"""Layers of Keras 2 whose `supports_masking` is False."""


def _check_mask(call: LayerCall, held: Thing) -> None:
    """Keras 2 asks the layer inside what becomes of a mask; most have no answer."""
    home, _, name = held.type.rpartition(".")
    masked = call.input.mask is not None and call.call.find("mask") is None
    if masked and call.symbolic and not call.keras3 and home == "keras.layers" and name in UNMASKED.split():
        raise call.clash("inner-layer-takes-no-mask", (), ("TypeError", "ValueError", "IndexError"))


def _of_a_step(call: LayerCall, rows: Dim) -> Mask | None:
    """Keras 2 puts the steps of all samples under each other."""
    mask = known_mask(call.input)
    if mask is None or len(mask) < 2 or call.call.find("mask") is not None:
        return None
    return Mask(None, True, shape=(mask[0] if call.keras3 else rows, *mask[2:]))


def _put_together(call: LayerCall, result: Tensor) -> Mask | None:
    """The masks that the layer inside gives, in Keras 2; where it gives none, one for each step."""
    inside, mask = mask_of(result), mask_of(call.input)
    if inside is None:
        return Mask(None, True, shape=mask[:2]) if isinstance(mask, tuple) else None
    shape = call.input.shape
    if isinstance(inside, Unknown) or isinstance(shape, Unknown):
        return Mask(None, True)
    return Mask(None, True, shape=(*shape[:2], *inside[1:]))


def _unasked(call: LayerCall, held: Thing, step: Tensor) -> bool:
    """Keras 3 asks the layer inside for no rank; only making its weights may fail."""
    if held.type in RECURRENT and isinstance(step.shape, tuple) and len(step.shape) > 3:
        # A sum with the states may come out, by batch.
        units, lstm = argument(held, "units"), held.type.endswith("LSTM")
        whole = isinstance(units, Const) and isinstance(units.value, int)
        plain, unrolled = held.type.endswith("SimpleRNN"), truth(argument(held, "unroll"))
        return plain or not (whole and falls_apart(lstm, units.value, step.shape, unrolled))  # type: ignore[union-attr]
    for kind in call.registry.types(held):
        exact, least = _rank(kind), LEAST_RANKS.get(kind)
        wrong = exact is not None and step.rank != exact or least is not None and (step.rank or 0) < least
        if wrong and not weights_for(call.registry, held, (None, 1, 1, 1, 1, 1)):
            return True
    return False


def _rank(kind: str) -> int | None:
    """UpSampling3D looks at it for itself, in Keras 3 alone."""
    return 5 if kind == "keras.layers.UpSampling3D" else RANKS.get(kind)


def _over_other_rank(call: LayerCall, held: Thing, step: Tensor) -> Value:
    """What layers that ask for nothing do to steps of another rank than theirs."""
    name, exact = held.type.rpartition(".")[2], _rank(held.type) or 0
    shape, rank = step.shape, step.rank or 0
    if held.type in RECURRENT:
        return _without_rank(call, held, step)
    if name.startswith("SpatialDropout"):
        return call.of(call.input.shape, call.input.dtype)
    assert isinstance(shape, tuple)
    first = argument(held, "data_format") == Const("channels_first")
    short = rank < exact - (name.startswith("Global") and not first)
    strict = name.startswith("ZeroPadding") or name[:-2].endswith("Pooling") and name[-2:] in ("2D", "3D")
    strict = strict and not name.startswith("Global")
    fails = short and name[-1] == "D" or strict or name == "RepeatVector" and None not in shape[1:] and rank > exact
    mask = known_mask(step) if name == "GlobalAveragePooling1D" else None
    fails = fails or name == "MaxPooling1D" and rank > 5 or name == "UpSampling2D" and first and rank > exact
    fails = fails or mask is not None and not beside(mask, shape, 1 if first else 2)
    before = told_shape(call, held, shape)
    if fails:
        errors = ("ValueError", "IndexError", "InvalidArgumentError")
        stage = "run" if call.symbolic and before is not None else "call"
        meet(call, call.clash("rank", (), errors, expected=exact + 1, found=rank + 1, stage=stage))
    really = NO_RANK if fails or first or before is None else _really(held, name, shape, before)
    return _of_steps(call, NO_RANK if before is None else before, really)


RECURRENT = ("keras.layers.SimpleRNN", "keras.layers.LSTM", "keras.layers.GRU")


def _without_rank(call: LayerCall, held: Thing, step: Tensor) -> Value:
    batch = call.input.shape[0] if isinstance(call.input.shape, tuple) else Unknown("the batch")
    if truth(argument(held, "stateful")) and batch is None and call.symbolic:
        raise call.clash("stateful-batch", "the batch size must be static")
    if isinstance(step.shape, tuple) and step.shape[-1] is None and call.building:
        raise call.clash("features-open", (), ("ValueError", "TypeError"))
    if truth(argument(held, "return_state")):
        return _several(call)
    before = told_shape(call, held, step.shape) if isinstance(step.shape, tuple) else None
    return call.of(NO_RANK, None) if before is None else _of_steps(call, before, of_wide_steps(held, step))


def _of_steps(call: LayerCall, before: Shape | Unknown, really: Shape | Unknown) -> Value:
    """What is told of one step, and what a run gives, for all steps."""
    shape = call.input.shape
    if isinstance(shape, Unknown):
        return call.of(NO_RANK, None)
    whole, given = (each if isinstance(each, Unknown) else (*shape[:2], *each[1:]) for each in (before, really))
    return told(call, call.of(whole), given) if call.symbolic else call.of(given)


def _really(held: Thing, name: str, shape: Shape, before: Shape | Unknown) -> Shape | Unknown:
    """What a run gives."""
    if isinstance(before, Unknown) or name in ("MaxPooling1D", "AveragePooling1D"):
        return before
    if name.startswith("Global"):
        count = int(name[-2])
        return (shape[0], *(1,) * (count if truth(argument(held, "keepdims")) else 0), *shape[count + 1 :])
    return (*before, *shape[len(before) :]) if name.startswith(("Cropping", "UpSampling")) else NO_RANK


def _several(call: LayerCall) -> Value:
    """Keras 3 stacks what several outputs there are, when it runs."""
    if call.keras3 and not call.symbolic:
        return call.of(NO_RANK, None)
    raise Clash("several-outputs", ("ValueError", "AttributeError"), (), {"layer": call.layer, "tensor": call.input})
