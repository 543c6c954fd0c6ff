"""What layers refuse in the tensors, masks and arguments of one call: kinds of numbers, shapes of masks, classes for functions."""

from lstm_lint.library.keras.calling import SYMBOLIC, LayerCall
from lstm_lint.library.keras.keys import FITTING
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.mask_shapes import known_mask, misfit
from lstm_lint.trace import Called
from lstm_lint.values.dims import Dim
from lstm_lint.values.value import Const, Symbol, Tensor, truth

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool")
ARRAYS = ("zeros", "ones", "full", "array", "asarray", "integers", "randint", "constant")
MASK_RAISES = ("InvalidArgumentError", "OutOfRangeError", "ValueError", "IndexError")
COMPARING = ("keras.layers.LeakyReLU", "keras.layers.ReLU")


def check_dtype(call: LayerCall) -> None:
    """A kernel of floats multiplies floats: Keras 3 makes them of integers, and of texts nobody does."""
    kind = _made_as(call.input)
    if kind == "string":
        late = call.keras3 and call.symbolic
        clash = call.clash("input-dtype", (), dtype=kind, stage="run" if late else "call")
    elif kind in INTEGERS and not call.keras3:
        clash = call.clash("input-dtype", (), dtype=kind)
    else:
        return
    clash.raises = ("TypeError", "InvalidArgumentError", "ValueError")
    meet(call, clash)


def _made_as(tensor: Tensor) -> str | None:
    """The dtype, where the very call that made the tensor tells it."""
    operation = tensor.origin.operation if tensor.origin is not None else None
    if not isinstance(operation, Called) or operation.callee.rpartition(".")[2] not in ("Input", *ARRAYS):
        return None
    return tensor.dtype


def check_mask(call: LayerCall, batch: Dim, timesteps: Dim, width: Dim) -> None:
    """A mask is (batch, timesteps); the sizes of symbolic ones count when numbers go through."""
    found, travelled = call.call.find("mask"), known_mask(call.input)
    wide = 1 if call.flag("unroll") else width
    if found is None and travelled is not None and not _fits(travelled, batch, timesteps, wide):
        meet(call, misfit(call, travelled, (batch, timesteps), late=True))
    mask = found.value if found is not None else None
    if not isinstance(mask, Tensor) or not isinstance(mask.shape, tuple) or not mask.shape:
        return
    symbolic = call.symbolic or mask.type == SYMBOLIC
    if symbolic and len(mask.shape) == 2 or _fits(mask.shape, batch, timesteps, width):
        return
    late = "run" if symbolic and call.keras3 else "call"
    clash = call.clash("mask-shape", (), mask=mask.shape, expected=(batch, timesteps), stage=late)
    clash.raises, clash.at = MASK_RAISES, "mask"
    meet(call, clash)


def _fits(shape: tuple[Dim, ...], batch: Dim, timesteps: Dim, width: Dim) -> bool:
    """Is it not surely of another shape?"""
    if len(shape) == 1:
        return False
    samples, steps, *rest = shape
    if isinstance(samples, int) and isinstance(batch, int) and samples not in (1, batch) and batch != 1:
        return False
    if isinstance(steps, int) and isinstance(timesteps, int) and steps != timesteps:
        return False
    wide = rest[0] if len(rest) == 1 else None
    return not (isinstance(wide, int) and isinstance(width, int) and wide not in (1, width))


def check_activation(call: LayerCall) -> None:
    """A layer's class for an activation is made, not called: its first argument is then a tensor."""
    for name in ("activation", "recurrent_activation"):
        value = call.value(name)
        if not isinstance(value, Symbol) or call.registry.knowledge.kind(value.path) != "layer":
            continue
        eager = value.path == COMPARING[1] or call.kind != "keras.layers.Dense"
        if value.path in COMPARING if call.keras3 else call.symbolic or eager:
            late = call.keras3 and call.symbolic
            clash = call.clash("class-for-instance", (), name=name, value=value, stage="run" if late else "call")
            clash.raises = ("TypeError", "ValueError", "OperatorNotAllowedInGraphError")
            meet(call, clash)


def trains(call: LayerCall) -> bool:
    """Is it surely called in training?"""
    given = call.call.find("training")
    if given is not None:
        return truth(given.value) is True and isinstance(given.value, Const)
    return FITTING.get("of") is call.call.engine.heap and FITTING.get("method") == "train_step"
