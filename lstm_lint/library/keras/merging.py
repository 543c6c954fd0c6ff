"""Layers that join several tensors: Concatenate, Add and its like."""

from functools import reduce

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.tables import layer
from lstm_lint.values import shapes
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Shape, Value


def _known(call: LayerCall) -> list[Shape] | None:
    found = [tensor.shape for tensor in call.inputs]
    known = [shape for shape in found if not isinstance(shape, Unknown)]
    return known if len(known) == len(found) else None


@layer("keras.layers.Concatenate")
def concatenate(call: LayerCall) -> Value:
    """Equal shapes but for `axis`, where the sizes add up."""
    known, axis = _known(call), call.integer("axis")
    if known is None or axis is None or len(known) < 2:
        return call.of(NO_RANK)
    result = shapes.concatenate(known, axis)
    if result is None:
        words = ("requires inputs with matching shapes except for the concatenation axis",)
        raise Clash("merge", ("ValueError",), words, {"shapes": known, "layer": call.layer, "tensors": call.inputs})
    return call.give(*result)


@layer(*(f"keras.layers.{name}" for name in "Add Subtract Multiply Average Maximum Minimum".split()))
def merge(call: LayerCall) -> Value:
    """Broadcast behind the batch; a shorter shape gets axes behind its batch axis."""
    known = _known(call)
    if known is None or len(known) < 2:
        return call.of(NO_RANK)
    if len({len(shape) for shape in known}) > 1:
        return call.of(NO_RANK)
    result: Shape | None = reduce(lambda a, b: a and shapes.broadcast(a, b), known)  # type: ignore[arg-type, return-value]
    if result is None:
        words = ("Inputs have incompatible shapes",)
        raise Clash("merge", ("ValueError",), words, {"shapes": known, "layer": call.layer, "tensors": call.inputs})
    return call.give(*_open(result, known, call))


def _open(result: Shape, known: list[Shape], call: LayerCall) -> tuple[Dim, ...]:
    """Keras 3 leaves an axis open that is open in one of the inputs."""
    if call.registry.target == "keras2":
        return result
    return tuple(
        None if any(shape[i] is None for shape in known) and dim != 1 else dim for i, dim in enumerate(result)
    )
