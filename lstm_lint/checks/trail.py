"""The way of a shape: from where the program says it, through each layer, to where Keras stops."""

from collections.abc import Iterator

from lstm_lint.checks import layers
from lstm_lint.findings import Place
from lstm_lint.records import dataclass
from lstm_lint.trace import AttributeRead, Called, Clashed, Operation
from lstm_lint.values.value import Tensor, Thing, Tuple, Value, show_shape

MOST_STEPS = 30


@dataclass(frozen=True, eq=False)
class Step:
    """`layer` made `gave` of `took`; at the start of the way there is neither a layer nor anything taken.

    `made` is what the start was made with: the call of Input, or the first layer, which declares the input itself.
    """

    gave: Tensor
    layer: Thing | None = None
    took: Tensor | None = None
    place: Place | None = None
    made: Called | Thing | None = None

    def lost_an_axis(self) -> bool:
        return self.took is not None and self.gave.rank is not None and (self.took.rank or 9) > self.gave.rank

    def __str__(self) -> str:
        if self.layer is None or self.took is None:
            return f"{_start(self)}: {show_shape(self.gave.shape)}"
        return f"{layers.text(self.layer)}: {show_shape(self.took.shape)} -> {show_shape(self.gave.shape)}"


def way(tensor: Tensor, operation: Operation) -> list[Step]:
    """The steps that led to a tensor, oldest first."""
    found: list[Step] = []
    models = list(_models(operation))
    at: Tensor | None = tensor
    while at is not None and len(found) < MOST_STEPS and all(step.gave is not at for step in found):
        step = _step(at, models)
        found.insert(0, step)
        at = step.took
    return found


def steps(found: list[Step]) -> Iterator[tuple[Place, str]]:
    return ((step.place, str(step)) for step in found if step.place is not None)


def stop(clashed: Clashed, layer: Thing | None) -> Place:
    """Where Keras stops: at the layer itself if a Sequential calls it, since the call stands nowhere in the source."""
    operation = clashed.operation
    own = isinstance(operation, AttributeRead) or isinstance(operation, Called) and operation.receiver is layer
    own = own or "model" in clashed.clash.facts  # a method of the model is to blame, such as fit
    made = layers.made_at(layer) if layer is not None and not own else None
    return made or clashed.place


def _models(operation: Operation) -> Iterator[Thing]:
    things = (*operation.changes, getattr(operation, "receiver", None))
    return (thing for thing in things if isinstance(thing, Thing) and isinstance(thing.get("steps"), tuple))


def _step(tensor: Tensor, models: list[Thing]) -> Step:
    for model in models:
        for layer, took, gave in model.get("steps") or ():
            if _holds(gave, tensor):
                return Step(tensor, layer, first(took), layers.made_at(layer))
        if model.get("input tensor") is tensor and tensor.origin is None:
            held = model.get("layers")
            leading = held[0] if isinstance(held, tuple) and held else None
            if isinstance(leading, Thing):
                return Step(tensor, place=layers.made_at(leading), made=leading)
    return _called(tensor)


def _called(tensor: Tensor) -> Step:
    operation = tensor.origin.operation if tensor.origin is not None else None
    if not isinstance(operation, Called):
        return Step(tensor, place=operation.place if operation is not None else None)
    if operation.callee == "__call__" and isinstance(operation.receiver, Thing) and operation.arguments:
        return Step(tensor, operation.receiver, first(operation.arguments[0].value), operation.place)
    return Step(tensor, place=operation.place, made=operation)


def _holds(value: Value, tensor: Tensor) -> bool:
    return value is tensor or isinstance(value, Tuple) and any(item is tensor for item in value.items)


def first(value: Value) -> Tensor | None:
    """The value, or the first of several, if that is a tensor."""
    items = value.items if isinstance(value, Tuple) else (value,)
    return next((item for item in items if isinstance(item, Tensor)), None)


def _start(step: Step) -> str:
    match step.made:
        case Thing():
            return f"input of {layers.text(step.made)}"
        case Called(callee=callee):
            return callee.rsplit(".", 1)[-1]
    return "input"
