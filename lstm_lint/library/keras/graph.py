"""The calls that symbolic tensors come from, and the layers of a functional model in Keras' order.

Keras keeps with each symbolic tensor the call that gave it; so do we. What no layer gave (a slice, a sum, a function of
tensors) is an operation, told by its origin.
"""

from collections.abc import Iterator
from typing import Any

from lstm_lint.findings import Place
from lstm_lint.records import dataclass
from lstm_lint.trace import Called, ItemRead, Operated, Operation
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.value import Pairs, Tensor, Thing, Tuple, Value

OPERATION = "keras.src.layers.core.tf_op_layer.TFOpLambda"
"""What a slice, a sum or a function of symbolic tensors is in a graph: Keras 2 counts it as a layer, Keras 3 does not."""

SYMBOLIC = "keras.KerasTensor"
INPUT_LAYER = "keras.layers.InputLayer"
FIRST_CALL = "first call"
"""The field that holds the first call of a layer on symbolic tensors."""

NAMESAKE = "namesake"
"""The field that holds what a clone has its name from."""


@dataclass(eq=False)
class Node:
    """One call of a layer on symbolic tensors: `given` is its first argument, `inputs` are all tensors in its arguments."""

    layer: Thing
    given: Value | None
    inputs: tuple[Tensor, ...]
    result: Value | None = None
    place: Place | None = None
    arguments: tuple[Argument, ...] = ()


def remember(layer: Thing, call: Call, result: Value, masked: bool = False) -> Value:
    """The result with this call as its history; what an inner call gave is given anew. A `masked` layer takes masks too."""
    given = sorted(call.arguments, key=lambda argument: argument.name or "")
    inputs = [tensor for argument in given for tensor in tensors_in(argument.value)]
    if not any(tensor.type == SYMBOLIC for tensor in inputs):
        return result
    if masked:
        inputs += [each.mask.tensor for each in inputs if each.mask is not None and each.mask.tensor is not None]
    node = Node(layer, call.arguments[0].value, tuple(inputs), None, call.place, call.arguments)
    node.result = _noted(result, node)
    if layer.get(FIRST_CALL) is None:
        call.engine.heap.put(layer, FIRST_CALL, node)
    return node.result


def _noted(value: Value, node: Node) -> Value:
    match value:
        case Tensor(type=kind, history=known) if kind == SYMBOLIC:
            if known is None and value.origin is None:
                value.history = node
                return value
            made = Tensor(value.shape, kind, value.dtype, value.content, value.mask, value.origin, node)
            made.runs, made.told = value.runs, value.told
            return made
        case Tuple(items=items, kind=kind):
            return Tuple(tuple(_noted(item, node) for item in items), kind)
        case Thing(type="list", origin=None, fields={"items": tuple() as items}):
            return Thing("list", {"items": tuple(_noted(item, node) for item in items)})
    return value


def tensors_in(value: Value | None) -> list[Tensor]:
    """In Keras' order: those of a dict by its keys."""
    match value:
        case Tensor():
            return [value]
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            held: Any = items
        case Thing(type="dict", fields={"items": dict() as items}):
            held = [items[key] for key in sorted(items, key=str)]
        case Pairs(items=pairs):
            held = [item for _, item in sorted(pairs, key=lambda pair: str(pair[0]))]
        case _:
            return []
    return [tensor for item in held for tensor in tensors_in(item)]


def operands(operation: Operation | None) -> list[Value]:
    match operation:
        case Called(arguments=arguments, receiver=receiver):
            own = [receiver] if isinstance(receiver, Tensor) else []
            return own + [argument.value for argument in arguments]
        case ItemRead(owner=owner):
            return [owner]
        case Operated(left=left, right=right):
            return [right] if left is None else [left, right]
    return []


def source(tensor: Tensor) -> Node | None:
    """The call or operation that gave a symbolic tensor; None where that is not known."""
    known: Node | None = tensor.history
    if known is not None or tensor.origin is None:
        return known
    operation = tensor.origin.operation
    inputs = tuple(each for value in operands(operation) for each in tensors_in(value))
    symbolic = bool(inputs) and any(each.type == SYMBOLIC for each in inputs)
    if not symbolic or isinstance(operation, Called) and isinstance(operation.receiver, Thing):
        return None
    layer = Thing(OPERATION, {"built": (None,), "operation": operation})
    node = Node(layer, operands(operation)[0], inputs, operation.result, operation.place)
    for each in (tensor, *tensors_in(operation.result)):
        each.history = node
    return node


@dataclass
class Walk:
    """Nodes in the order in which the walk from the outputs leaves them; layers in that in which it meets them."""

    starts: dict[int, Node]
    nodes: list[Node]
    met: dict[int, int]

    def into(self, tensor: Tensor) -> bool:
        """Depth first, without Python's own stack: graphs of an unrolled loop are deep."""
        waiting: list[tuple[Node, Iterator[Tensor]]] = []
        entered: set[int] = {id(node) for node in self.nodes}
        coming: Tensor | None = tensor
        while coming is not None or waiting:
            if coming is not None:
                node = self.starts.get(id(coming)) or source(coming)
                if node is None:
                    return False
                coming = None
                if id(node) in entered:
                    continue
                entered.add(id(node))
                self.met.setdefault(id(node.layer), len(self.met))
                waiting.append((node, (each for each in node.inputs if each.type == SYMBOLIC)))
            node, rest = waiting[-1]
            coming = next(rest, None)
            if coming is None:
                self.nodes.append(node)
                waiting.pop()
        return True


def nodes_between(inputs: list[Tensor], outputs: list[Tensor]) -> list[Node] | None:
    """The calls between them, those of one layer side by side, by depth; None where one is not known."""
    starts = {id(t): Node(_input_layer(t), t, (), t) for t in inputs}
    walk = Walk(starts, [], {})
    if not all(walk.into(output) for output in outputs):
        return None
    deepest = _depths(walk)
    for start in starts.values():
        walk.met.setdefault(id(start.layer), -1)
        if id(start.layer) not in deepest:
            deepest[id(start.layer)] = 0
            walk.nodes.append(start)
    order = {id(node): index for index, node in enumerate(walk.nodes)}
    return sorted(walk.nodes, key=lambda node: (-deepest[id(node.layer)], walk.met[id(node.layer)], order[id(node)]))


def _depths(walk: Walk) -> dict[int, int]:
    """How far layers are from the end."""
    nodes: dict[int, int] = {}
    layers: dict[int, int] = {}
    for node in reversed(walk.nodes):
        depth = max(nodes.get(id(node), 0), layers.get(id(node.layer), 0))
        layers[id(node.layer)] = nodes[id(node)] = depth
        for tensor in node.inputs:
            before = walk.starts.get(id(tensor)) or tensor.history
            if before is not None:
                nodes[id(before)] = max(depth + 1, nodes.get(id(before), 0))
    return layers


def _input_layer(tensor: Tensor) -> Thing:
    """One for each input, however often it is asked for."""
    if tensor.history is None:
        tensor.history = Node(Thing(INPUT_LAYER, {"tensor": tensor}), tensor, (), tensor)
    made: Thing = tensor.history.layer
    return made if made.type == INPUT_LAYER else Thing(INPUT_LAYER, {"tensor": tensor})
