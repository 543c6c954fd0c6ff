"""The names that Keras gives on its own: a stem and a count, from the start of the module.

Beside what the program makes, Keras 3 counts the functional model and the input that each Sequential keeps for itself, the
parts that an attention layer makes on its first call, and the operations that make masks.
"""

import re
from collections import Counter

from lstm_lint.library.keras.graph import INPUT_LAYER, NAMESAKE, OPERATION, SYMBOLIC, source
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import INPUT, LAYERS, SEQUENTIAL, declared_input
from lstm_lint.library.registry import Registry
from lstm_lint.records import dataclass, field
from lstm_lint.trace import Called, ItemRead, Operated, Operation
from lstm_lint.values.library import Clash
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Tuple, Value

INPUT_NAMES = {"keras2": "input", "keras3": "input_layer"}
MODEL_NAMES = {"keras2": "model", "keras3": "functional"}
MADE_ON_CALL = {"keras.layers.MultiHeadAttention": ("softmax", "dropout")}
BUILDING = ("__call__", "build", "fit", "predict", "evaluate", "train_on_batch", "predict_on_batch")

SIGNS = {
    "+": ("tf.__operators__.add", "Add"),
    "-": ("tf.math.subtract", "Subtract"),
    "*": ("tf.math.multiply", "Multiply"),
    "/": ("tf.math.truediv", "TrueDivide"),
    "//": ("tf.compat.v1.floor_div", "FloorDivide"),
    "%": ("tf.math.floormod", "Mod"),
    "**": ("tf.math.pow", "Power"),
    "@": ("tf.linalg.matmul", "Matmul"),
    ">": ("tf.math.greater", "Greater"),
    "<": ("tf.math.less", "Less"),
}
HOMES = {
    "math": "tanh exp abs sigmoid square log sqrt pow maximum minimum multiply add subtract l2_normalize argmax"
    " reduce_sum reduce_mean reduce_max reduce_min reduce_prod",
    "linalg": "matmul",
    "compat.v1": "squeeze transpose shape gather",
}
"""Where TensorFlow's functions live, by whose names Keras 2 calls an operation; the others in `tf` itself."""

BACKEND = {
    **{name: f"reduce_{name}" for name in ("sum", "mean", "max", "min", "prod")},
    "concatenate": "concat",
    "permute_dimensions": "transpose",
    "softmax": "nn.softmax",
    "relu": "nn.relu",
}


def snake(name: str) -> str:
    """`SimpleRNN` -> `simple_rnn`, as Keras makes names."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W+", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


@dataclass
class Names:
    """`sequentials`: the number of layers that each had so far, and whether its input is known."""

    registry: Registry
    given: dict[int, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    sequentials: dict[int, list[int]] = field(default_factory=dict)
    called: set[int] = field(default_factory=set)

    def fresh(self, stem: str, first: int = 0) -> str:
        number = self.counts[stem] + first
        self.counts[stem] += 1
        return f"{stem}_{number}" if number else stem

    def of(self, thing: Thing | Tensor, stem: str) -> str:
        if id(thing) not in self.given:
            namesake = _namesake(thing)
            own = self.given.get(id(namesake)) or own_name(thing)
            self.given[id(thing)] = own or self.fresh(stem, int(stem == "input"))
        return self.given[id(thing)]

    @property
    def modern(self) -> bool:
        return self.registry.target == "keras3"

    def input(self, tensor: Tensor) -> str:
        return self.of(tensor, INPUT_NAMES[self.registry.target])

    def layer(self, layer: Thing) -> str:
        if layer.type == INPUT_LAYER and isinstance(layer.get("tensor"), Tensor):
            return self.input(layer.fields["tensor"])
        if layer.type == OPERATION:
            return self.of(layer, operation_name(self.registry, layer)[0])
        return self.of(layer, snake(class_name(layer)))

    # As the operations come.

    def note(self, operation: Operation, inner: bool) -> None:
        """What this operation takes names for; `inner` to the call of a user's layer, operations take none."""
        if isinstance(operation, Called) and operation.callee == "__call__":
            self._call(operation, inner)
        elif isinstance(operation, Called) and isinstance(operation.receiver, Thing):
            self._method(operation, operation.receiver)
        elif isinstance(operation, (Called, Operated, ItemRead)) and not inner:
            self._gave(operation.result)

    def _gave(self, result: Value | None) -> None:
        """An operation, or a function that makes a layer and calls it."""
        first = result.items[0] if isinstance(result, Tuple) and result.items else result
        node = source(first) if isinstance(first, Tensor) and first.type == SYMBOLIC else None
        if node is not None and node.layer.origin is None:
            self.layer(node.layer)

    def _call(self, operation: Called, inner: bool) -> None:
        layer = operation.receiver
        if not isinstance(layer, Thing):
            return
        if layer.type == SEQUENTIAL:
            self._build(layer)
        if self.modern and id(layer) not in self.called:
            self.called.add(id(layer))
            for stem in MADE_ON_CALL.get(layer.type, ()):
                self.fresh(stem)
        mask = operation.result.mask if isinstance(operation.result, Tensor) else None
        if mask is not None and mask.tensor is not None and mask.maker is layer:
            self._mask(mask.tensor)

    def _mask(self, tensor: Tensor) -> None:
        """The operations that made it."""
        node = tensor.history
        if node is not None and "class" in node.layer.fields:
            self._mask(node.given)
            self.layer(node.layer)

    def _method(self, operation: Called, model: Thing) -> None:
        if model.type != SEQUENTIAL:
            return
        if operation.callee == "add" and operation.arguments:
            self._append(model, operation.arguments[0].value)
            self._rebuild(model)
        elif operation.callee in BUILDING:
            self._build(model)

    def sequential(self, model: Thing, operation: Called) -> None:
        """A Sequential just made."""
        given = next((a.value for a in operation.arguments if a.name in (None, "", "layers")), NONE)
        for item in given.items if isinstance(given, Tuple) else ():
            self._append(model, item)
        self._rebuild(model)

    def _append(self, model: Thing, item: Value) -> None:
        state = self.sequentials.setdefault(id(model), [0, 0])
        start = isinstance(item, Tensor) or isinstance(item, Thing) and item.type == INPUT_LAYER
        if not state[0] and not start and isinstance(item, Thing) and _declares(self.registry, item):
            start = True
            state[0] += 1
            if isinstance(model.get(INPUT), Tensor):
                self._name_input(model.fields[INPUT], item)
        state[0] += 1
        state[1] |= start

    def _name_input(self, tensor: Tensor, first: Thing) -> None:
        """Keras 2 calls the input that a layer declares after the layer."""
        if self.modern:
            self.input(tensor)
        else:
            self.given.setdefault(id(tensor), f"{self.layer(first)}_input")

    def _rebuild(self, model: Thing) -> None:
        length, known = self.sequentials.setdefault(id(model), [0, 0])
        if known and length > 1 and self.modern:
            self._functional(model)

    def _build(self, model: Thing) -> None:
        """By its first input, if nothing told it before."""
        state = self.sequentials.setdefault(id(model), [0, 0])
        if not state[1] and isinstance(model.get(INPUT), Tensor) and self.modern:
            state[1] = 1
            self.input(model.fields[INPUT])
            self._functional(model)

    def _functional(self, model: Thing) -> None:
        held = model.get(LAYERS)
        for each in held if isinstance(held, tuple) else ():
            if isinstance(each, Thing) and each.type == SEQUENTIAL:
                self._build(each)
        self.fresh("functional")


def _declares(registry: Registry, first: Thing) -> bool:
    """Was it given the shape of an input, be it a wrong one?"""
    try:
        return declared_input(registry, first) is not None
    except Clash:
        return True


def _namesake(thing: Thing | Tensor) -> object:
    """What a clone has its name from."""
    if isinstance(thing, Tensor):
        made = thing.history.layer if thing.history is not None else None
        return made.get(NAMESAKE) if made is not None and made.type == INPUT_LAYER else None
    return thing.get(NAMESAKE)


def own_name(thing: Thing | Tensor) -> str | None:
    """The name that the source gave."""
    if isinstance(thing, Thing):
        name = argument(thing, "name")
        return name.value if isinstance(name, Const) and isinstance(name.value, str) else None
    operation = thing.origin.operation if thing.origin is not None else None
    for given in operation.arguments if isinstance(operation, Called) else ():
        if given.name == "name" and isinstance(given.value, Const) and isinstance(given.value.value, str):
            return given.value.value
    return None


def automatic(layer: Thing, name: str) -> bool:
    """May Keras have given it this name?"""
    if layer.type == OPERATION:
        return name.startswith("tf.")
    stems = INPUT_NAMES.values() if layer.type == INPUT_LAYER else (snake(class_name(layer)),)
    named_after = layer.type == INPUT_LAYER and name.endswith("_input")
    models = layer.type == "keras.Model" and re.fullmatch(r"(model|functional)(_\d+)?", name)
    return bool(named_after or models or any(re.fullmatch(rf"{stem}(_\d+)?", name) for stem in stems))


def class_name(layer: Thing) -> str:
    if layer.type == "instance":
        return str(layer.fields["__class__"].name)
    return "Functional" if layer.type == "keras.Model" else layer.type.rpartition(".")[2]


def operation_name(registry: Registry, layer: Thing) -> tuple[str, str]:
    """The stem of its name, and its class."""
    cls, operation = layer.get("class"), layer.get("operation")
    if cls is not None:
        return snake(cls), cls
    if registry.target == "keras3":
        cls = _class_of(operation)
        return snake(cls), cls
    if isinstance(operation, ItemRead):
        return "tf.__operators__.getitem", "SlicingOpLambda"
    return _function_of(operation), "TFOpLambda"


def _class_of(operation: Operation) -> str:
    match operation:
        case ItemRead():
            return "GetItem"
        case Operated(left=None):
            return "Negative"
        case Operated(operator=sign) if sign in SIGNS:
            return SIGNS[sign][1]
        case Called(callee=callee):
            return "".join(word.title() for word in callee.rpartition(".")[2].split("_"))
    return "Operation"


def _function_of(operation: Operation) -> str:
    match operation:
        case Operated(left=None):
            return "tf.math.negative"
        case Operated(operator=sign) if sign in SIGNS:
            return SIGNS[sign][0]
        case Called(callee=callee):
            name = callee.rpartition(".")[2]
            name = BACKEND.get(name, name) if callee.startswith("keras.backend.") else name
            name = "nn.softmax" if callee == "tensorflow.nn.softmax" else name
            home = next((f"{home}." for home, names in HOMES.items() if name in names.split()), "")
            return f"tf.{home}{name}"
    return "tf_op_lambda"
