"""The layers between a functional model's inputs and outputs, in Keras' order."""

from lstm_lint.trace import Called
from lstm_lint.values.value import Tensor, Thing, Tuple, Value


def layers_between(inputs: list[Tensor], outputs: list[Tensor]) -> tuple[Thing, ...] | None:
    """As `model.layers`: by depth, the inputs' own layers first; None where a step between is no layer's call."""
    depth: dict[int, int] = {}
    order: list[Thing] = []
    things: dict[int, Thing] = {id(t): Thing("keras.layers.InputLayer", {"tensor": t}) for t in inputs}
    if not all(_visit(output, 0, depth, order, things, set()) for output in outputs):
        return None
    return tuple(sorted(order, key=lambda each: -depth[id(each)]))


def _visit(
    tensor: Tensor, deep: int, depth: dict[int, int], order: list[Thing], things: dict[int, Thing], seen: set[int]
) -> bool:
    """Walk from a tensor to what made it, noting the longest way to the output for each layer."""
    layer, sources = _made_by(tensor, things)
    if layer is None or id(tensor) in seen:
        return False
    known = depth.get(id(layer), -1)
    depth[id(layer)] = max(known, deep)
    if known < deep:
        for source in sources:
            if not _visit(source, deep + 1, depth, order, things, seen | {id(tensor)}):
                return False
    if all(layer is not each for each in order):
        order.append(layer)
    return True


def _made_by(tensor: Tensor, things: dict[int, Thing]) -> tuple[Thing | None, list[Tensor]]:
    if id(tensor) in things:
        return things[id(tensor)], []
    operation = tensor.origin.operation if tensor.origin is not None else None
    if not isinstance(operation, Called) or not isinstance(operation.receiver, Thing):
        return None, []
    return operation.receiver, [t for a in operation.arguments for t in tensors_in(a.value)]


def tensors_in(value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    return [t for item in value.items for t in tensors_in(item)] if isinstance(value, Tuple) else []
