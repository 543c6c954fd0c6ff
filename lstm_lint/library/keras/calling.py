"""Calling layers: the inputs, the arguments the layer was made with, the ranks it asks for."""

import re
from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arguments import NO_RANK, flag, integer, integers, shape_value
from lstm_lint.library.keras.contracts import check_call, check_class, check_made
from lstm_lint.library.keras.graph import remember, tensors_in
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.passing import check_passed
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import LAYERS, LEAST_RANKS, RANKS, op
from lstm_lint.records import dataclass
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import AFTER_A_CLASH, Argument, Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    GAVE,
    NONE,
    TOOK,
    Const,
    Function,
    Method,
    Shape,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    number,
)

SYMBOLIC = "keras.KerasTensor"
EAGER = "tensorflow.Tensor"
PRIVATE = "tensorflow.python.keras.KerasTensor"
UNASKED = "call"
"""The callee where a wrapper of Keras 3 goes past `__call__`, which asks what a layer is given."""
INSIDE = "called inside"
"""The callee where a layer or model of Keras 2 calls another: no tensors are Keras' own there, and all is asked."""
PUT_OFF = "Sequential.build"
"""The callee where Keras 3 puts off what a layer raises till a run."""
BUILT = "built"
"""The field that holds the shape of the input that a layer was first called on."""


@dataclass
class LayerCall:
    """One call of a layer: `input` is its first input; `call` holds the rest (initial_state, mask, training).

    `kind` is the class of Keras that tells what it does: the layer's own, or one that it inherits from.
    """

    registry: Registry
    layer: Thing
    inputs: list[Tensor]
    call: Call
    kind: str = ""

    @property
    def input(self) -> Tensor:
        return self.inputs[0]

    @property
    def tensors(self) -> list[Tensor]:
        """All that it is called with: besides the inputs states, values, keys."""
        if len(self.call.arguments) == 1:
            return self.inputs
        return [*self.inputs, *(each for given in self.call.arguments for each in tensors_in(given.value))]

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

    def is_none(self, name: str) -> bool:
        return self.value(name) == NONE

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

    def clash(
        self, kind: str, words: str | tuple[str, ...], raises: str | tuple[str, ...] = "ValueError", **facts: Any
    ) -> Clash:
        """It surely raises: with the facts that every rule wants to know."""
        about = {"layer": self.layer, "tensor": self.input, "shape": self.input.shape, **facts}
        raised = (raises,) if isinstance(raises, str) else raises
        return Clash(kind, raised, (words,) if isinstance(words, str) else words, about)

    @property
    def keras3(self) -> bool:
        return self.registry.target == "keras3"

    @property
    def symbolic(self) -> bool:
        return any(tensor.type == SYMBOLIC for tensor in self.inputs)

    @property
    def building(self) -> bool:
        """Are weights made, whose sizes must be known? Once they are there, an open axis will do."""
        return self.symbolic and self.layer.get(BUILT) is None

    def give(self, *shape: Dim) -> Tensor:
        return self.of(shape)

    def of(self, shape: Shape | Unknown, dtype: str | None = "float32") -> Tensor:
        """A tensor of the kind that this call gives."""
        known = all(tensor.type != "tensor" for tensor in self.inputs)
        return Tensor(shape, SYMBOLIC if self.symbolic else EAGER if known else "tensor", dtype)


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


def tensors_of(value: Value) -> list[Tensor] | None:
    """The tensors of a tensor, tuple or list; those that are not known have no rank."""
    return [] if isinstance(value, Tuple) and not value.items else input_tensors(value)


@op("keras.layers.Layer.__call__", "keras.Model.__call__")
def called(registry: Registry, call: Call) -> Value:
    """Keras 3 binds the arguments as they are written, before it fills in `training` and `mask`."""
    if call.receiver is None and call.positional():  # `Layer.__call__(layer, inputs)`
        first, *others = call.arguments
        call = Call(call.callee, tuple(others), call.engine, call.place, first.value, call.open)
    layer = call.receiver
    if not isinstance(layer, Thing):
        return Unknown("a call of something unknown")
    if layer.type == "instance" and registry.target == "keras3" and not call.open:
        method = own_method(layer.fields["__class__"], "call")
        if method is not None:
            _check_arguments(layer, method, call)
    return call_layer(registry, call)


def call_layer(registry: Registry, call: Call) -> Value:
    """Ask for the rank, build, and do to the shape what the layer does."""
    layer = call.receiver
    assert isinstance(layer, Thing)
    if layer.type == "instance":
        check_class(registry, layer, call.engine)
    check_passed(registry, layer, call)
    first = first_argument(registry, layer, call)
    inputs = input_tensors(first.value) if first is not None else None
    if layer.type == "instance":
        own = followed(registry, layer, call, inputs)
        if own is not None:
            return remember(layer, call, own)
    masked = any(p.name == "mask" for p in registry.knowledge.call(layer.type) or ())
    return remember(layer, call, apply_layer(registry, layer, inputs, call), masked)


def first_argument(registry: Registry, layer: Thing, call: Call) -> Argument | None:
    """What the layer works on: in Keras 3 the name of the first parameter differs."""
    takes = registry.knowledge.call(layer.type) or ()
    names = [*(p.name for p in takes[:1]), "inputs", "x"]
    return next((found for name in names if (found := call.find(name, 0)) is not None), None)


def called_on_one(call: LayerCall) -> bool:
    """Is it called on a tensor, not on a list, whatever that holds?"""
    first = first_argument(call.registry, call.layer, call.call)
    return first is None or isinstance(first.value, (Tensor, Unknown))


def apply_layer(registry: Registry, layer: Thing, inputs: list[Tensor] | None, call: Call) -> Value:
    inputs = inputs or [Tensor(Unknown("an input that is not known"), "tensor")]
    if any(each.type == PRIVATE for each in inputs):
        return of_another(registry, layer, inputs)
    for kind in kinds(registry, layer):
        function = LAYERS.get((kind, registry.target))
        if function is not None:
            return _apply(LayerCall(registry, layer, inputs, call, kind), function)
    if layer.get(BUILT) is None:
        call.engine.heap.put(layer, BUILT, Unknown("built by what is not followed"))
    return LayerCall(registry, layer, inputs, call).of(NO_RANK, None)


def of_another(registry: Registry, layer: Thing, inputs: list[Tensor]) -> Value:
    """A tensor of TensorFlow's private Keras: a loop of Keras 3 over its steps stops."""
    if registry.target == "keras3" and "keras.layers.RNN" in registry.types(layer):
        words, facts = ("Could not build a TypeSpec for",), {"item": inputs[0], "holder": layer.type.rpartition(".")[2]}
        raise Clash("mixed-keras", ("TypeError",), words, {**facts, "home": "keras"})
    return Unknown("what a layer makes of a tensor of another Keras")


def _apply(call: LayerCall, function: Any) -> Value:
    """The first call builds the layer; what it was built on binds the next."""
    from lstm_lint.library.keras.again import check_again, stretched
    from lstm_lint.library.keras.core import activated
    from lstm_lint.library.keras.dtypes import carried, check_dtype
    from lstm_lint.library.keras.later import check_against_input
    from lstm_lint.library.keras.masks import travel
    from lstm_lint.library.keras.several import on_several
    from lstm_lint.library.keras.wrongkinds import check_late

    heap, before = call.call.engine.heap, call.layer.get(BUILT)
    try:
        check_scope(call)
        if AFTER_A_CLASH not in [each.value for each in call.call.arguments]:
            check_made(call.registry, call.layer, call.call.engine)
        passed = check_spec(call, before)
        if passed is not None:
            return passed
        check_late(call, call.layer)
        check_against_input(call)
        check_dtype(call)
        check_features_again(call, before)
        check_again(call, before)
        result = on_several(call) if len(call.inputs) > 1 else None
        if result is None:
            result = stretched(call, before, activated(call, carried(call, function(call))))
    except Clash:
        heap.put(call.layer, BUILT, before or Unknown("after a clash"))
        raise
    if before is None or isinstance(before, Unknown):
        heap.put(call.layer, BUILT, call.input.shape)
    travel(call, result)
    if any(each.type == SYMBOLIC and (each.runs is not None or left_open(each)) for each in call.tensors):
        from lstm_lint.library.keras.otherwise import follow

        follow(call, result)
    return result


def left_open(tensor: Tensor) -> bool:
    """Are axes left open, but for the batch, whose sizes a run brings?"""
    return isinstance(tensor.shape, tuple) and None in tensor.shape[1:]


BINDING = ("keras.layers.LSTM", "keras.layers.GRU", "keras.layers.SimpleRNN", "keras.layers.Dense")
"""Layers whose weights are as long as the last axis that they were built on."""


def check_features_again(call: LayerCall, built: Any) -> None:
    """Weights made for one number of features take no other; of symbolic tensors some layers see that when it runs."""
    from lstm_lint.library.keras.late import meet

    shape, dense = call.input.shape, call.kind == "keras.layers.Dense"
    if call.kind not in BINDING or not isinstance(built, tuple) or not isinstance(shape, tuple) or not shape:
        return
    if not built or not dims.apart(built[-1], shape[-1]):
        return
    late = len(shape) > 2 if dense and not call.keras3 else call.keras3 and not dense
    late = late and call.symbolic
    told = dense and (call.keras3 or not call.symbolic)
    words = (f"expected axis -1 of input shape to have value {built[-1]}",) if told else ()
    clash = call.clash("features", words, expected=built[-1], found=shape[-1], axis=-1, stage="run" if late else "call")
    clash.raises = ("ValueError",) if told else ("ValueError", "InvalidArgumentError")
    meet(call, clash)


def check_scope(call: LayerCall) -> None:
    """Keras 2 names a scope of TensorFlow's after the layer."""
    name = call.text("name")
    if not call.keras3 and call.symbolic and name and re.search(r"[^A-Za-z0-9_.\\/>-]", name):
        raise call.clash("argument-value", "scope name", name="name", value=call.value("name"))


def check_spec(call: LayerCall, built: Any) -> Value | None:
    """The number and rank of inputs that a layer asks for before anything else; what it gives if only a run will ask."""
    exact, least, found = RANKS.get(call.kind), LEAST_RANKS.get(call.kind), call.input.rank
    if exact is None and least is None:
        return None
    if len(call.inputs) > 1 and (call.keras3 or "keras.layers.RNN" not in call.registry.types(call.layer)):
        words = f"expects 1 input(s), but it received {len(call.inputs)} input tensors"
        raise call.clash("several-inputs", words, outputs=len(call.inputs))
    if found is not None and exact is not None and found != exact and not unasked(call):
        from lstm_lint.library.keras.another_rank import refused

        return refused(call, built, rank_clash(call.layer, call.input, exact))
    if found is not None and least is not None and found < least:
        raise rank_clash(call.layer, call.input, least, least=True)
    return None


def unasked(call: LayerCall) -> bool:
    """Given states, Keras 2 looks at no rank before it is built; unrolled, all but an LSTM that splits its gates' sum do."""
    whole = (
        call.kind.endswith("LSTM") and call.flag("recurrent_dropout") is False and call.integer("implementation") != 1
    )
    short = whole or call.call.find("initial_state", 3) is None or call.flag("unroll") is False
    return not call.keras3 and not short and (call.input.rank or 0) > 3


def followed(registry: Registry, layer: Thing, call: Call, inputs: list[Tensor] | None) -> Value | None:
    """The user's own layer or model: its `build` and `call` are followed."""
    cls = layer.fields["__class__"]
    method = own_method(cls, "call")
    if method is None:
        check_call(registry, layer)
        return None
    build_own(call.engine, layer, inputs[0].shape if inputs else NO_RANK)
    named = {a.name: a.value for a in call.arguments if a.name}
    if call.open:
        return Unknown("called with unknown arguments")
    _check_arguments(layer, method, call, FILLED_IN)
    given = _run(call, Method(layer, method), named)
    if _refuses(given) and named.keys() <= set(FILLED_IN):
        facts = {"cls": cls.name, "layer": layer}
        raise Clash("call-signature", ("TypeError", "ValueError"), (), facts)
    call.engine.heap.put(layer, GAVE, Tuple((Tuple(tuple(inputs or ())), given)))
    values = zip(method.takes[1:], (a.value for a in call.positional()), strict=False)
    call.engine.heap.put(layer, TOOK, {**{name.rstrip("="): value for name, value in values}, **named})
    return given


def _check_arguments(layer: Thing, method: Function, call: Call, filled: Sequence[str] = ()) -> None:
    named = {a.name: a.value for a in call.arguments if a.name}
    lacks = call.engine.lacks(Method(layer, method), [a.value for a in call.positional()], named)
    if lacks is not None and lacks not in filled:
        facts = {"callee": layer.fields["__class__"].name, "name": lacks, "layer": layer}
        raise Clash("missing-argument", ("TypeError",), ("missing", lacks), facts)


FILLED_IN = ("training", "mask")
"""What Keras itself gives to a `call` that has such a parameter."""


def _run(call: Call, method: Method, named: dict[str, Value]) -> Value:
    values = [argument.value for argument in call.positional()]
    given = call.engine.run(method, values, named)
    plain = {name: value for name, value in named.items() if name not in FILLED_IN}
    passed = {name: named.get(name, Unknown(f"the {name} that Keras passes")) for name in FILLED_IN}
    for several in (
        plain,
        {**plain, "training": passed["training"]},
        {**plain, "mask": passed["mask"]},
        plain | passed,
    ):
        if not _refuses(given):
            break
        given = call.engine.run(method, values, several)
    return given


def _refuses(given: Value) -> bool:
    return isinstance(given, Unknown) and given.reason == "call cannot be called so"


def build_own(engine: Engine, layer: Thing, shape: Shape | Unknown) -> None:
    """The first call of a user's layer builds it."""
    if layer.get(BUILT) is not None:
        return
    engine.heap.put(layer, BUILT, shape)
    build = own_method(layer.fields["__class__"], "build")
    if build is not None:
        engine.run(Method(layer, build), [shape_value(shape)])


def own_method(cls: UserClass, name: str) -> Function | None:
    """The method of that name that the class or a base in the user's code defines."""
    for base in cls.lineage():
        found = base.scope.fields.get(name) if isinstance(base, UserClass) else None
        if isinstance(found, Function):
            return found
    return None
