"""The masks that travel with tensors: who makes them, who uses them, and where they end without a word.

A mask that no layer has used yet is fresh: where it ends, padded steps count like all others, as if there were none.
Which layers pass it on was measured in Keras 2.15 and 3.15.
"""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.arrays.spelling import in_a_layer
from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall
from lstm_lint.library.keras.graph import OPERATION, Node
from lstm_lint.library.keras.mask_shapes import handed_on
from lstm_lint.library.keras.states import given_states
from lstm_lint.records import dataclass, field, replace
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Tensor, Thing, Tuple, Value

USED = "mask used"
"""The field of what made a mask that tells that some layer used it."""

SKIPPING = "mask skips steps of"
"""The field of what made a mask that holds the first recurrent layer that skips steps by it."""

LEAVE_IT = (
    "Dense",
    "Activation",
    "Dropout",
    "SpatialDropout1D",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "BatchNormalization",
    "LayerNormalization",
    "ActivityRegularization",
    "LeakyReLU",
)
END_IT = (
    "Flatten",
    "Reshape",
    "Permute",
    "Conv1D",
    "MaxPooling1D",
    "AveragePooling1D",
    "GlobalMaxPooling1D",
    "UpSampling1D",
    "ZeroPadding1D",
    "Cropping1D",
)
LEAVES = frozenset(f"keras.layers.{name}" for name in LEAVE_IT)
ENDS = frozenset(f"keras.layers.{name}" for name in END_IT)
RECURRENT = ("keras.layers.RNN", "keras.layers.Bidirectional")


@dataclass(frozen=True)
class Mask:
    """`maker` is the Embedding or Masking that it surely comes from; `used` tells whether a layer has skipped steps by it.

    `tensor` is the mask itself where it is one of the graph's: in Keras 3, outside the user's own layers. `runs` is its
    shape in a run, where open axes have sizes.
    """

    maker: Thing | None
    used: bool = False
    tensor: Tensor | None = field(default=None, compare=False)
    shape: Shape | Unknown = field(default=NO_RANK, compare=False)
    runs: Shape | Unknown = field(default=NO_RANK, compare=False)


def travel(call: LayerCall, result: Value) -> None:
    """Hand the masks of the inputs on, remark where one is lost, or make one."""
    if _makes(call):
        _give(result, Mask(call.layer, tensor=_in_graph(call), shape=_shape(call)))
    elif any(each.mask is not None for each in call.inputs) and call.call.find("mask") is None and not call.call.open:
        _further(call, result, call.input.mask)


def in_a_run(mask: Mask | None) -> Mask | None:
    """The mask that a run meets: what is silent about it was said."""
    return Mask(None, True, None, mask.runs) if mask is not None else None


def note_run(tensor: Tensor, found: Tensor) -> None:
    """The mask of what a run gives goes along with that of the symbolic tensor."""
    if tensor.mask is not None and found.mask is not None:
        tensor.mask = replace(tensor.mask, runs=found.mask.shape)


def _makes(call: LayerCall) -> bool:
    if call.kind == "keras.layers.Embedding":
        return call.flag("mask_zero") is True
    return call.kind == "keras.layers.Masking"


def _shape(call: LayerCall) -> Shape | Unknown:
    shape = call.input.shape
    return shape if isinstance(shape, Unknown) or call.kind == "keras.layers.Embedding" else shape[:-1]


def _in_graph(call: LayerCall) -> Tensor | None:
    """The operations by which Keras 3 makes a mask of a symbolic tensor."""
    if not call.keras3 or not call.symbolic or in_a_layer(call.call.engine):
        return None
    unequal = _operation("NotEqual", call.input, call.input.shape)
    if call.kind == "keras.layers.Embedding":
        return unequal
    shape = call.input.shape
    return _operation("Any", unequal, shape[:-1] if isinstance(shape, tuple) else shape)


def _operation(cls: str, given: Tensor, shape: Shape | Unknown) -> Tensor:
    made = Tensor(shape, SYMBOLIC, "bool")
    made.history = Node(Thing(OPERATION, {"built": (None,), "class": cls}), given, (given,), made)
    return made


def _give(result: Value, mask: Mask) -> None:
    main = result.items[0] if isinstance(result, Tuple) and result.items else result
    if isinstance(main, Tensor):
        main.mask = mask


def _further(call: LayerCall, result: Value, mask: Mask | None) -> None:
    if mask is not None and call.kind in ENDS:
        return _end(call, mask)
    if mask is not None and call.kind in LEAVES:
        return _give(result, mask)
    for each in call.inputs:
        if each.mask is not None and each.mask.maker is not None:
            call.call.engine.heap.put(each.mask.maker, USED, True)
    if mask is not None and any(kind in RECURRENT for kind in call.registry.types(call.layer)):
        return _recurrent(call, result, mask)
    shape = handed_on(call)
    if shape is not None:
        _give(result, Mask(None, True, mask.tensor if mask is not None and len(call.inputs) == 1 else None, shape))
    return None


def _recurrent(call: LayerCall, result: Value, mask: Mask) -> None:
    """It skips the masked steps; the whole sequence that it gives carries the mask on."""
    main = result.items[0] if isinstance(result, Tuple) and result.items else result
    if isinstance(main, Tensor) and main.rank == call.input.rank:
        _give(result, replace(mask, used=True))
        second = result.items[1] if isinstance(result, Tuple) and call.is_none("merge_mode") else None
        if isinstance(second, Tensor):
            second.mask = main.mask
    if mask.maker is None:
        return
    if mask.maker.get(SKIPPING) is None:
        call.call.engine.heap.put(mask.maker, SKIPPING, call.layer)
    if call.keras3 and given_states(call):
        call.call.engine.remark(_clash(call, "silent-mask-beside-states", mask))


def _end(call: LayerCall, mask: Mask) -> None:
    """After a recurrent layer only Flatten is surely wrong: the maximum, say, is the same over repeated steps."""
    shape = call.input.shape
    one_step = isinstance(shape, tuple) and len(shape) > 1 and shape[1] == 1
    if mask.maker is not None and not one_step and (call.kind == "keras.layers.Flatten" or not mask.used):
        call.call.engine.remark(_clash(call, "silent-mask-dropped", mask))


def _clash(call: LayerCall, kind: str, mask: Mask) -> Clash:
    facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
    return Clash(kind, (), (), {**facts, "maker": mask.maker, "fresh": not mask.used})
