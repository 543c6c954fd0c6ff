"""The masks that travel with tensors: who makes them, who uses them, and where they end without a word.

A mask that no layer has used yet is fresh: where it ends, padded steps count like all others, as if there were none.
Which layers pass it on was measured in Keras 2.15 and 3.15.
"""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.arrays.spelling import in_a_layer
from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall
from lstm_lint.library.keras.graph import OPERATION, Node
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
    """`maker` is the Embedding or Masking that it comes from; `used` tells whether a layer has skipped steps by it.

    `tensor` is the mask itself where it is one of the graph's: in Keras 3, outside the user's own layers.
    """

    maker: Thing
    used: bool = False
    tensor: Tensor | None = field(default=None, compare=False)
    shape: Shape | Unknown = field(default=NO_RANK, compare=False)


def travel(call: LayerCall, result: Value) -> None:
    """Hand the mask of the input on, remark where it is lost, or make one."""
    mask = call.input.mask if call.call.find("mask") is None and not call.call.open else None
    if _makes(call):
        _give(result, Mask(call.layer, tensor=_in_graph(call), shape=_shape(call)))
    elif isinstance(mask, Mask):
        _further(call, result, mask)


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


def _further(call: LayerCall, result: Value, mask: Mask) -> None:
    if call.kind in ENDS:
        _end(call, mask)
    elif call.kind in LEAVES:
        _give(result, mask)
    else:
        call.call.engine.heap.put(mask.maker, USED, True)
        if any(kind in RECURRENT for kind in call.registry.types(call.layer)):
            _recurrent(call, result, mask)


def _recurrent(call: LayerCall, result: Value, mask: Mask) -> None:
    """It skips the masked steps; the whole sequence that it gives carries the mask on."""
    main = result.items[0] if isinstance(result, Tuple) and result.items else result
    if isinstance(main, Tensor) and main.rank == call.input.rank:
        _give(result, replace(mask, used=True))
    if mask.maker.get(SKIPPING) is None:
        call.call.engine.heap.put(mask.maker, SKIPPING, call.layer)
    if call.keras3 and given_states(call):
        call.call.engine.remark(_clash(call, "silent-mask-beside-states", mask))


def _end(call: LayerCall, mask: Mask) -> None:
    """After a recurrent layer only Flatten is surely wrong: the maximum, say, is the same over repeated steps."""
    shape = call.input.shape
    one_step = isinstance(shape, tuple) and len(shape) > 1 and shape[1] == 1
    if not one_step and (call.kind == "keras.layers.Flatten" or not mask.used):
        call.call.engine.remark(_clash(call, "silent-mask-dropped", mask))


def _clash(call: LayerCall, kind: str, mask: Mask) -> Clash:
    facts = {"layer": call.layer, "tensor": call.input, "shape": call.input.shape}
    return Clash(kind, (), (), {**facts, "maker": mask.maker, "fresh": not mask.used})
