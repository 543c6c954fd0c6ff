"""Calling layers: the inputs, the arguments the layer was made with, the ranks it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lstm_lint.library.arguments import NO_RANK, flag, integer, integers
from lstm_lint.library.keras.making import argument
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import LAYERS, RANKS, op
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Method, Shape, Tensor, Thing, Tuple, UserClass, Value, number

SYMBOLIC = "keras.KerasTensor"
EAGER = "tensorflow.Tensor"
BUILT = "built"
"""The field that holds the shape of the input that a layer was first called on."""


@dataclass(slots=True)
class LayerCall:
    """One call of a layer: `input` is its first input; `call` holds the rest (initial_state, mask, training)."""

    registry: Registry
    layer: Thing
    inputs: list[Tensor]
    call: Call

    @property
    def input(self) -> Tensor:
        return self.inputs[0]

    def value(self, name: str) -> Value:
        return argument(self.layer, name)

    def dim(self, name: str) -> Dim:
        return number(self.value(name))

    def flag(self, name: str) -> bool | None:
        return flag(self.value(name))

    def integer(self, name: str) -> int | None:
        return integer(self.value(name))

    def integers(self, name: str) -> tuple[int, ...] | None:
        return integers(self.value(name))

    def text(self, name: str) -> str | None:
        value = self.value(name)
        return value.value if isinstance(value, Const) and isinstance(value.value, str) else None

    def unpack(self, *names: str) -> tuple[Dim, ...]:
        """The input's dims, one for each name. Raises Clash if it surely has another rank."""
        shape = self.input.shape
        if isinstance(shape, Unknown):
            return tuple(Unknown(f"{name} of {shape.reason}") for name in names)
        if len(shape) != len(names):
            raise rank_clash(self.layer, self.input, len(names))
        return shape

    def give(self, *shape: Dim) -> Tensor:
        return self.of(shape)

    def of(self, shape: Shape | Unknown, dtype: str | None = "float32") -> Tensor:
        """A tensor of the kind that this call gives."""
        symbolic = any(tensor.type == SYMBOLIC for tensor in self.inputs)
        known = all(tensor.type != "tensor" for tensor in self.inputs)
        return Tensor(shape, SYMBOLIC if symbolic else EAGER if known else "tensor", dtype)


def rank_clash(layer: Thing, tensor: Tensor, expected: int, least: bool = False) -> Clash:
    """The words of keras.layers.InputSpec, the same in both generations."""
    found = tensor.rank
    words = (f"expected {'min_' if least else ''}ndim={expected}, found ndim={found}",)
    facts = {"expected": expected, "found": found, "shape": tensor.shape, "layer": layer, "tensor": tensor}
    return Clash("rank", ("ValueError",), words, facts)


def kinds(registry: Registry, layer: Thing) -> Sequence[str]:
    return list(registry.types(layer))


def input_tensors(value: Value) -> list[Tensor] | None:
    """The tensors of a layer's first argument; None if some of it is not known."""
    if isinstance(value, Tensor):
        return [value]
    items: Any = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if not isinstance(items, tuple) or not items:
        return None
    return [each if isinstance(each, Tensor) else Tensor(NO_RANK, "tensor") for each in items]


@op("keras.layers.Layer.__call__", "keras.Model.__call__")
def call_layer(registry: Registry, call: Call) -> Value:
    """Ask for the rank, build, and do to the shape what the layer does."""
    layer = call.receiver
    assert isinstance(layer, Thing)
    first = call.find("inputs", 0) or call.find("x", 0)
    inputs = input_tensors(first.value) if first is not None else None
    if layer.type == "instance":
        own = followed(registry, layer, call, inputs)
        if own is not None:
            return own
    return apply_layer(registry, layer, inputs, call)


def apply_layer(registry: Registry, layer: Thing, inputs: list[Tensor] | None, call: Call) -> Value:
    types = kinds(registry, layer)
    inputs = inputs or [Tensor(Unknown("an input that is not known"), "tensor")]
    asked = LayerCall(registry, layer, inputs, call)
    for kind in types:
        expected = RANKS.get(kind)
        if expected is not None and inputs[0].rank not in (None, expected):
            raise rank_clash(layer, inputs[0], expected)
        function = LAYERS.get((kind, registry.target))
        if function is not None:
            result: Value = function(asked)
            if layer.get(BUILT) is None and inputs[0].rank is not None:
                call.engine.heap.put(layer, BUILT, inputs[0].shape)
            return result
    return Tensor(NO_RANK, asked.of(NO_RANK).type)


def followed(registry: Registry, layer: Thing, call: Call, inputs: list[Tensor] | None) -> Value | None:
    """The user's own layer or model: its `build` and `call` are followed."""
    cls = layer.fields["__class__"]
    method = _method(cls, "call")
    if method is None:
        return None
    build = _method(cls, "build")
    if layer.get(BUILT) is None:
        shape = inputs[0].shape if inputs else NO_RANK
        call.engine.heap.put(layer, BUILT, shape)
        if build is not None:
            from lstm_lint.library.arguments import shape_value

            call.engine.run(Method(layer, build), [shape_value(shape)])
    named = {a.name: a.value for a in call.arguments if a.name}
    if call.open:
        return Unknown("called with unknown arguments")
    return call.engine.run(Method(layer, method), [a.value for a in call.positional()], named)


def _method(cls: UserClass, name: str) -> Any:
    from lstm_lint.values.value import Function

    for base in cls.lineage():
        found = base.scope.fields.get(name) if isinstance(base, UserClass) else None
        if isinstance(found, Function):
            return found
    return None


@op("keras.layers.Layer.__init__", "keras.Model.__init__")
def init(registry: Registry, call: Call) -> Value:
    """`super().__init__(...)` of a user's class: the library base takes its arguments."""
    from lstm_lint.library.keras.making import ARGUMENTS, bind

    me = call.receiver
    assert isinstance(me, Thing)
    base = next((kind for kind in registry.types(me) if registry.knowledge.kind(kind) == "layer"), None)
    if base is not None and base != "keras.layers.Layer":
        asked = Call(base, call.arguments, call.engine, call.place, None, call.open)
        call.engine.heap.put(me, ARGUMENTS, bind(registry, asked))
    return NONE
