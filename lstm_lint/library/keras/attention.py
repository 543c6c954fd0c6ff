"""Attention: queries look at values."""

from functools import reduce

from lstm_lint.library.arguments import NO_RANK, integers
from lstm_lint.library.keras.again import check_heads, check_scale
from lstm_lint.library.keras.calling import LayerCall, input_tensors
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.mask_shapes import fits, known_mask, misfit
from lstm_lint.library.keras.otherwise import told
from lstm_lint.library.keras.several import check_nested, is_list, stacked
from lstm_lint.library.keras.weights import INPUTS, Weight
from lstm_lint.library.keras.windows import SOME, listed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values import dims, shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Shape, Tensor, Thing, Tuple, Value, either, number, truth

LISTED = ("keras.layers.Attention", "keras.layers.AdditiveAttention")
GROUPED = ("keras.layers.GroupQueryAttention", "keras.layers.GroupedQueryAttention")
RUN = ("InvalidArgumentError", "ValueError")
FAILS = ("IndexError", *RUN)
MASK = "attention_mask"
HEADS = ("keras.layers.MultiHeadAttention", *GROUPED)


@layer(*LISTED)
def attention(call: LayerCall) -> Value:
    """[(batch, Tq, d), (batch, Tv, dv), (batch, Tv, d)] -> (batch, Tq, dv), and the scores (batch, Tq, Tv)."""
    tensors = _listed(call)
    if not call.keras3 and tensors[1].rank == 1:
        _check_open(call, None)
    if not call.keras3 and any(tensor.rank == 1 for tensor in tensors[not _multiplies(call) :]):
        raise Clash("attention-ranks", FAILS, (), _ranks(call, 1) | {"stage": "call"})
    known = [t.shape for t in tensors if not isinstance(t.shape, Unknown) and len(t.shape) > (not call.keras3)]
    if len(known) < len(tensors):
        return call.of(NO_RANK)
    _remember(call, tensors)
    query, value, *keys = known
    key = keys[0] if keys else value
    _check_open(call, query[-1] if call.keras3 else value[-1])
    if any(len(shape) == 1 for shape in known):
        meet(call, Clash("attention-ranks", FAILS, (), _ranks(call, 1) | {"stage": _stage(call)}))
        return _with_scores(call, call.give(*query[:-1], value[-1]), call.of(NO_RANK))
    _check_widths(call, query, key)
    if call.kind == LISTED[1]:
        check_scale(call, query, key)
    if call.keras3:
        return _as_run(call, query, value, key)
    batches = _stretched(call, query, key, value)
    scores, output = (*batches, query[-2], key[-2]), (*batches, query[-2], value[-1])
    _check_masks(call, scores, output)
    return _with_scores(call, call.give(*output), call.give(*scores))


def _as_run(call: LayerCall, query: Shape, value: Shape, key: Shape) -> Value:
    """Keras 3 tells a shape by the queries, whatever the ranks; a run multiplies."""
    scores = _scores(call, query, key)
    output = shapes.multiplied(scores, value) if scores is not None else None
    told_scores, told_output = (*query[:-1], key[-2]), (*query[:-1], value[-1])
    if scores is None or output is None:
        facts = {"layer": call.layer, "tensor": call.input, "left": query, "right": value, "stage": _stage(call)}
        meet(call, Clash("attention-widths", ("ValueError", "InvalidArgumentError"), (), facts))
        return _with_scores(call, call.give(*told_output), call.give(*told_scores))
    _check_masks(call, scores, output)
    if not call.symbolic:
        return _with_scores(call, call.give(*output), call.give(*scores))
    return _with_scores(call, told(call, call.give(*told_output), output), told(call, call.give(*told_scores), scores))


def _scores(call: LayerCall, query: Shape, key: Shape) -> Shape | None:
    """Each query with each key: a product, or a sum over the features."""
    if _multiplies(call):
        return shapes.multiplied(query, (*key[:-2], key[-1], key[-2]))
    whole = shapes.broadcast((*query[:-1], 1, query[-1]), (*key[:-2], 1, *key[-2:]))
    return whole[:-1] if whole is not None else None


def _multiplies(call: LayerCall) -> bool:
    return call.kind == LISTED[0] and call.value("score_mode") == Const("dot")


def _listed(call: LayerCall) -> list[Tensor]:
    """The inputs, which must be a list of two or three."""
    first = call.call.find("inputs", 0)
    if first is not None and (isinstance(first.value, Tensor) or not _listed_in(call, first.value)):
        raise call.clash("inputs-not-a-list", "layer must be called on a list of inputs", found=1)
    check_nested(call, first.value if first is not None else None)
    if not 2 <= len(call.inputs) <= 3:
        clash = call.clash("number-of-inputs", "accepts inputs list of length 2 or 3", found=len(call.inputs))
        if call.kind == LISTED[1] and not call.keras3:
            clash.raises, clash.words = ("IndexError", "ValueError"), ()
        raise clash
    several = listed(first.value) if first is not None and not call.keras3 else None
    call.inputs = [each if isinstance(each, Tensor) else stacked(call, each) for each in several or call.inputs]
    return call.inputs


def _listed_in(call: LayerCall, value: Value) -> bool:
    """What a recurrent layer of Keras 2 gives with its states is a list, too."""
    return not isinstance(value, Tuple) or (value.kind == "list" if call.keras3 else is_list(value))


def _check_widths(call: LayerCall, query: Shape, key: Shape) -> None:
    """Keras 2 multiplies as soon as it is called, Keras 3 only when it runs."""
    a, b = query[-1], key[-1]
    if not dims.apart(a, b):
        return
    one = not dims.apart(a, 1) or not dims.apart(b, 1)
    if one and (call.kind == LISTED[1] or call.value("score_mode") != Const("dot")):
        return
    facts = {"layer": call.layer, "tensor": call.input, "left": query, "right": key, "stage": _stage(call)}
    meet(call, Clash("attention-widths", ("ValueError", "InvalidArgumentError"), (), facts))


def _stretched(call: LayerCall, query: Shape, key: Shape, value: Shape) -> Shape:
    """What stands before steps and features is stretched, in queries, keys and values alike."""
    scores = shapes.broadcast(query[:-2], key[:-2])
    whole = shapes.broadcast(scores, value[:-2]) if scores is not None else None
    if whole is None or dims.apart(key[-2], value[-2]):
        facts = {"layer": call.layer, "tensor": call.input, "left": query, "right": key}
        raise Clash("attention-widths", ("ValueError", "InvalidArgumentError"), (), facts)
    return whole


def _check_masks(call: LayerCall, scores: Shape, output: Shape) -> None:
    """That of the values meets the scores, that of the queries what comes out; Keras 3 takes one of more axes as it is."""
    ours, theirs = known_mask(call.input), known_mask(call.inputs[1])
    if theirs is not None:
        wide = theirs if call.keras3 and len(theirs) != 2 else (*theirs[:-1], 1, *theirs[-1:])
        if shapes.broadcast(wide, scores) is None or not fits(wide[-1:], scores[-1:]):
            meet(call, misfit(call, theirs, scores, late=True))
    if ours is not None and shapes.broadcast((*ours, 1), output) is None:
        meet(call, misfit(call, ours, output, late=True))


def _check_open(call: LayerCall, width: Dim) -> None:
    """Additive attention has a weight for each feature."""
    if call.kind == LISTED[1] and width is None and call.building and call.flag("use_scale"):
        raise Clash("features-open", ("ValueError", "TypeError"), (), {"layer": call.layer, "tensor": call.input})


def _stage(call: LayerCall) -> str:
    return "run" if call.keras3 and call.symbolic else "call"


def _with_scores(call: LayerCall, output: Tensor, scores: Tensor) -> Value:
    wanted = call.call.value("return_attention_scores", None, Const(False))
    asked = truth(wanted)
    pair = Tuple((output, scores))
    return either((output, pair)) if asked is None else pair if asked else output


def _remember(call: LayerCall, tensors: list[Tensor]) -> None:
    """The weights are made for all the inputs of the first call."""
    if call.layer.get(INPUTS) is None:
        call.call.engine.heap.put(call.layer, INPUTS, tuple(tensor.shape for tensor in tensors))


@layer(*HEADS)
def many_heads(call: LayerCall) -> Value:
    """query (batch, ..., Tq, d), value (batch, ..., Tv, dv) -> the query's shape, or output_shape on its last axis."""
    _check_lists(call)
    query, value = call.input.shape, _argument(call, "value", 1)
    if isinstance(query, Unknown) or value is None or isinstance(value.shape, Unknown):
        return call.of(NO_RANK)
    key = _argument(call, "key", 2)
    several = [call.input, value, value if key is None or call.call.find("key", 2) is None else key]
    _remember(call, several)
    _check_ranks(call, query, value)
    _check_heads(
        call, (query[-1], *(each.shape[-1] for each in (value, key) if each and isinstance(each.shape, tuple)))
    )
    if call.kind in GROUPED:
        _check_groups(call, query, value.shape)
    elif call.is_none("attention_axes") and len(query) == len(value.shape) > 2:
        _check_joint_mask(call, query, value, key if key is not None and call.call.find("key", 2) is not None else None)
    if not check_heads(call, several):
        return call.of(NO_RANK)
    width = _width(call.layer, query[-1:]) if call.kind not in GROUPED else query[-1:]
    batch = query[0] if call.keras3 else shapes.agreed(query[0], value.shape[0])
    output = call.of(NO_RANK) if width is None else call.give(batch, *query[1:-1], *width)
    if not call.keras3:
        _check_axes(call, len(query) + 1)
    if not call.is_none("attention_axes") or len(query) != 3:
        return _with_scores(call, output, call.of(NO_RANK))
    heads = call.dim("num_query_heads" if call.kind in GROUPED else "num_heads")
    return _with_scores(call, output, call.give(query[0], heads, query[1], _keys(call, query, value)))


def _check_lists(call: LayerCall) -> None:
    """Each is one tensor; Keras 3 asks masks for nothing before it runs."""
    for place, name in enumerate(("query", "value", "key", MASK)):
        found = call.call.find(name, place if name != MASK else None)
        several = listed(found.value) if found is not None else None
        if several and all(isinstance(each, Tensor) for each in several):
            late = name == MASK and call.keras3 and call.symbolic
            errors = ("ValueError", "TypeError", "IndexError", "AttributeError", "InvalidArgumentError")
            meet(call, call.clash("several-inputs", (), errors, outputs=len(several), stage="run" if late else "call"))


def _width(held: Thing, last: Shape) -> Shape | None:
    """That of the output; what counts as False stands for that of the queries."""
    wanted = argument(held, "output_shape")
    return last if truth(wanted) is False else integers(wanted)


def _check_axes(call: LayerCall, rank: int) -> None:
    """Each once, and none of those that hold the features of a head; `rank` counts the heads."""
    axes = integers(call.value("attention_axes"))
    places = [axis % rank for axis in axes or () if -rank <= axis < rank]
    if len(set(places) - {rank - 1}) < len(axes or ()):
        errors, value = ("ValueError", "IndexError"), call.value("attention_axes")
        raise call.clash("argument-value", (), errors, name="attention_axes", value=value)


def _check_heads(call: LayerCall, widths: tuple[Dim, ...]) -> None:
    """Each is projected from all its features."""
    if None in widths and call.building:
        raise Clash("features-open", ("ValueError", "TypeError"), (), {"layer": call.layer, "tensor": call.input})


def _check_groups(call: LayerCall, query: Shape, value: Shape) -> None:
    """Queries and values have three axes and features of one width, and fewer heads share them evenly."""
    several = (query, value)
    if any(len(shape) < 3 for shape in several):
        raise Clash("attention-ranks", ("IndexError", "ValueError"), (), _ranks(call, min(map(len, several))))
    if any(len(shape) > 3 for shape in several):
        facts = _ranks(call, max(map(len, several))) | {"stage": _stage(call)}
        meet(call, Clash("attention-ranks", ("ValueError", "InvalidArgumentError"), (), facts))
    if dims.same(query[-1], value[-1]) is False and call.symbolic:
        words = "The last dimension of `query_shape` and `value_shape`"
        raise call.clash("attention-widths", words, left=query, right=value)
    wide = call.integer("head_dim") != 1  # else it is stretched
    if wide and call.integer("num_query_heads") == 0 and call.flag("use_bias"):  # nothing to add it to
        name, facts = "num_query_heads", {"stage": _stage(call)}
        meet(call, call.clash("argument-value", (), RUN, name=name, value=call.value(name), **facts))


def _ranks(call: LayerCall, found: int) -> dict[str, object]:
    return {"layer": call.layer, "tensor": call.input, "expected": 3, "found": found}


def _check_joint_mask(call: LayerCall, query: Shape, value: Tensor, key: Tensor | None) -> None:
    """Those of queries, values and keys make one for the scores: (batch, heads, steps of queries ..., of values ...)."""
    assert isinstance(value.shape, tuple)
    rows, several = known_mask(call.input), [known_mask(each) for each in (value, key) if each is not None]
    wide = [_with_axis(rows, len(rows) if call.keras3 else 2)] if rows is not None else []
    wide += [_with_axis(each, len(each) - 1 if call.keras3 else 1) for each in several if each is not None]
    if not wide:
        return
    axes, scores = 2 * (len(query) - 2), (query[0], SOME, *query[1:-1], *value.shape[1:-1])
    joint: Shape | None = reduce(_together, wide)  # type: ignore[arg-type]
    if joint is not None and len(joint) >= axes:
        cut = len(joint) - axes
        joint = (*joint[:cut], *(1,) * (len(scores) - len(joint)), *joint[cut:])
        if shapes.broadcast(joint, scores) is not None:
            return
    clash = misfit(call, wide[0], scores)
    clash.facts = {**clash.facts, "stage": "run" if call.symbolic else "call"}
    meet(call, clash)


def _with_axis(mask: Shape, place: int) -> Shape:
    """Keras 2 counts from the first axis, Keras 3 from the last."""
    return (*mask[:place], 1, *mask[place:])


def _together(left: Shape | None, right: Shape) -> Shape | None:
    return None if left is None else shapes.broadcast(left, right)


def _keys(call: LayerCall, query: Shape, value: Tensor) -> Dim:
    """The shape that Keras 3 tells before it runs takes the queries' steps for the values'."""
    assert not isinstance(value.shape, Unknown)
    if call.keras3 and call.symbolic and dims.same(query[1], value.shape[1]) is not True:
        return Unknown("Keras 3 tells another number before it runs")
    return value.shape[1]


def _check_ranks(call: LayerCall, query: Shape, value: Tensor) -> None:
    if len(query) == 2 and call.kind not in GROUPED and call.is_none("attention_axes"):  # over no axis of steps
        meet(call, Clash("attention-ranks", FAILS, (), _ranks(call, 2) | {"stage": _stage(call)}))
        return
    if call.kind in GROUPED or isinstance(value.shape, Unknown) or len(query) == len(value.shape):
        return
    facts = {"layer": call.layer, "tensor": call.input, "expected": len(value.shape), "found": len(query)}
    meet(call, Clash("attention-ranks", ("ValueError", "InvalidArgumentError"), (), facts | {"stage": _stage(call)}))


def _argument(call: LayerCall, name: str, index: int) -> Tensor | None:
    found = call.call.find(name, index)
    several = input_tensors(found.value) if found is not None else None
    return several[0] if several and len(several) == 1 else None


# Weights.


@weights("keras.layers.Attention")
def attention_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """A scale if asked for, and a weight for concatenated scores: numbers both."""
    scaled, mode = truth(argument(held, "use_scale")), argument(held, "score_mode")
    if scaled is None or not isinstance(mode, Const):
        return None
    concat = [Weight("concat_score_weight", ())] if mode.value == "concat" else []
    return [Weight("scale", ()), *concat] if scaled else concat


@weights("keras.layers.AdditiveAttention")
def additive_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    scaled, shapes = truth(argument(held, "use_scale")), held.get(INPUTS)
    if scaled is None or not isinstance(shapes, tuple):
        return None
    told = shapes[0 if registry.target == "keras3" else 1]
    return None if isinstance(told, Unknown) else [Weight("scale", (told[-1],))] if scaled else []


@weights("keras.layers.MultiHeadAttention")
def head_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """Kernels for query, key, value and output, each with its bias."""
    shapes, biased = held.get(INPUTS), truth(argument(held, "use_bias"))
    if (
        biased is None
        or not isinstance(shapes, tuple)
        or len(shapes) != 3
        or any(isinstance(s, Unknown) for s in shapes)
    ):
        return None
    heads, key = number(argument(held, "num_heads")), number(argument(held, "key_dim"))
    wide = argument(held, "value_dim")
    value = key if truth(wide) is False else number(wide) or key
    out = _width(held, shape[-1:])
    if out is None:
        return None
    query, values, keys = (s[-1] for s in shapes)
    parts = [
        (Weight("query/kernel", (query, heads, key)), Weight("query/bias", (heads, key))),
        (Weight("key/kernel", (keys, heads, key)), Weight("key/bias", (heads, key))),
        (Weight("value/kernel", (values, heads, value)), Weight("value/bias", (heads, value))),
        (Weight("output/kernel", (heads, value, *out)), Weight("output/bias", tuple(out))),
    ]
    return _with_gate(held, parts, Weight("gate/kernel", (query, heads, value)), biased)


def _with_gate(held: Thing, parts: list[tuple[Weight, Weight]], gate: Weight, biased: bool) -> list[Weight] | None:
    """A gate is made as wide as what it closes."""
    gated = truth(argument(held, "use_gate"))
    if gated is None:
        return None
    pairs = [*parts[:2], (gate, Weight("gate/bias", gate.shape[1:])), *parts[2:]] if gated else parts
    return [weight for pair in pairs for weight in (pair if biased else pair[:1])]


@weights(*GROUPED)
def group_weights(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """As with many heads, but fewer of keys and values."""
    shapes, biased = held.get(INPUTS), truth(argument(held, "use_bias"))
    if (
        biased is None
        or not isinstance(shapes, tuple)
        or len(shapes) != 3
        or any(isinstance(s, Unknown) for s in shapes)
    ):
        return None
    names = ("num_query_heads", "num_key_value_heads", "head_dim")
    heads, fewer, wide = (number(argument(held, name)) for name in names)
    query, values, keys = (s[-1] for s in shapes)
    parts = [
        (Weight("query/kernel", (query, heads, wide)), Weight("query/bias", (heads, wide))),
        (Weight("key/kernel", (keys, fewer, wide)), Weight("key/bias", (fewer, wide))),
        (Weight("value/kernel", (values, fewer, wide)), Weight("value/bias", (fewer, wide))),
        (Weight("output/kernel", (heads, wide, query)), Weight("output/bias", (query,))),
    ]
    return _with_gate(held, parts, Weight("gate/kernel", (query, heads, wide)), biased)
