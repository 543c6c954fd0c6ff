"""The layers between a functional model's inputs and outputs, in Keras' order."""

from lstm_lint.trace import Called, ItemRead, Operated, Operation
from lstm_lint.values.value import Tensor, Thing, Tuple, Value

OPERATION = "keras.src.layers.core.tf_op_layer.TFOpLambda"
"""What a slice, a sum or a function of symbolic tensors is in a graph: Keras 2 counts it as a layer, Keras 3 does not."""


def layers_between(inputs: list[Tensor], outputs: list[Tensor], operations: bool) -> tuple[Thing, ...] | None:
    """As `model.layers`: by depth, the inputs' own layers first; None where it is not known what made a tensor."""
    depth: dict[int, int] = {}
    order: list[Thing] = []
    things: dict[int, Thing] = {id(t): Thing("keras.layers.InputLayer", {"tensor": t}) for t in inputs}
    if not all(_visit(output, 0, depth, order, things, set()) for output in outputs):
        return None
    found = [each for each in order if operations or each.type != OPERATION]
    return tuple(sorted(found, key=lambda each: -depth[id(each)]))


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
    sources = [each for value in _operands(operation) for each in tensors_in(value)]
    if isinstance(operation, Called) and isinstance(operation.receiver, Thing):
        return operation.receiver, sources
    if operation is None or not sources or any(each.type != "keras.KerasTensor" for each in sources):
        return None, []
    return things.setdefault(id(operation), Thing(OPERATION, {"built": (None,)})), sources


def _operands(operation: Operation | None) -> list[Value]:
    match operation:
        case Called(arguments=arguments):
            return [argument.value for argument in arguments]
        case ItemRead(owner=owner):
            return [owner]
        case Operated(left=left, right=right):
            return [right] if left is None else [left, right]
    return []


def tensors_in(value: Value) -> list[Tensor]:
    if isinstance(value, Tensor):
        return [value]
    held = value.get("items") if isinstance(value, Thing) and value.type == "list" else None
    items = value.items if isinstance(value, Tuple) else held if isinstance(held, tuple) else ()
    return [tensor for item in items for tensor in tensors_in(item)]
