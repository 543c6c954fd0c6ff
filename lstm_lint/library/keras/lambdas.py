"""Lambda: a function of the user's as a layer. Its body is followed."""

from collections.abc import Mapping

from lstm_lint.library.arguments import NO_RANK, as_shape, shape_value
from lstm_lint.library.keras.calling import (
    BUILT,
    EAGER,
    PUT_OFF,
    SYMBOLIC,
    LayerCall,
    apply_layer,
    call_layer,
    called_on_one,
)
from lstm_lint.library.keras.checking import is_layer, kind_of
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.weights import Weight, weights_for, weights_of
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, weights
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    GAVE,
    NONE,
    Const,
    Function,
    Method,
    Shape,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    Value,
    truth,
)


@layer("keras.layers.Lambda")
def lambda_(call: LayerCall) -> Value:
    """What the function gives; in Keras 3 `output_shape` overrules it."""
    function, told = call.value("function"), call.value("output_shape")
    _check_arguments(call, told)
    if call.keras3 and call.symbolic and told != NONE:
        if isinstance(told, (Function, Method)):
            return _kept(call, _told(call, told))
        rest = as_shape(told)
        batch = call.input.shape[0] if isinstance(call.input.shape, tuple) and call.input.shape else None
        return _kept(call, call.of(NO_RANK, None) if isinstance(rest, Unknown) else call.of((batch, *rest), None))
    first = call.call.find("inputs", 0)
    if isinstance(function, Symbol) and first is not None and _named(call) == {}:
        asked = Call(function.path, (Argument(_inside(call, first.value)),), call.call.engine, call.call.place)
        return _kept(call, _outside(call, call.registry.call(asked)))
    if call.keras3 and isinstance(function, Thing) and is_layer(call.registry, function) and first is not None:
        asked = Call("__call__", (Argument(first.value),), call.call.engine, call.call.place, function)
        try:
            return _kept(call, call_layer(call.registry, asked))
        except Clash as clash:
            raise call.clash(clash.kind, (), ("NotImplementedError", *clash.raises), **clash.facts) from None
    if isinstance(function, Thing) and is_layer(call.registry, function) and not call.keras3:
        return _kept(call, _of_layer(call, function))
    if not isinstance(function, (Function, Method)) or first is None:
        return call.of(NO_RANK, None)
    named = _named(call)
    if named is None:
        return call.of(NO_RANK, None)
    given = call.call.engine.run(function, [_inside(call, first.value)], named, call.call.callee == PUT_OFF)
    return _kept(call, _outside(call, given))


def _check_arguments(call: LayerCall, told: Value) -> None:
    """Keras 3 puts the shape behind a batch as tuples are put together; the rest are arguments by their names."""
    unasked = call.keras3 and call.symbolic and told != NONE
    if unasked and kind_of(told) in ("int", "float", "bool", "str", "list"):
        raise call.clash("argument-value", (), "TypeError", name="output_shape", value=told)
    held = call.value("arguments")
    if truth(held) is True and kind_of(held) not in (None, "dict"):
        errors = ("NotImplementedError", "AttributeError")
        late = "run" if unasked else "call"
        meet(call, call.clash("argument-value", (), errors, name="arguments", value=held, stage=late))


def _of_layer(call: LayerCall, held: Thing) -> Value:
    """Keras 2 lets no variables be made in it."""
    if held.type == "instance":
        return call.of(NO_RANK, None)
    fresh = held.get(BUILT) is None
    asked = Call("__call__", (Argument(call.input),), call.call.engine, call.call.place, held)
    found = apply_layer(call.registry, held, call.inputs, asked)
    if fresh and weights_of(call.registry, held):
        words = "Variables were created within a Lambda layer"
        raise call.clash("argument-value", words, name="function", value=held, callee=call.kind)
    return _outside(call, found)


def _kept(call: LayerCall, result: Value) -> Value:
    call.call.engine.heap.put(call.layer, GAVE, Tuple((Tuple(tuple(call.inputs)), result)))
    return result


def _told(call: LayerCall, told: Function | Method) -> Value:
    """A function of the shapes of the inputs, batch included."""
    several = tuple(shape_value(tensor.shape) for tensor in call.inputs)
    given = several[0] if called_on_one(call) else Thing("list", {"items": several})
    shape = as_shape(call.call.engine.run(told, [given]))
    return call.of(NO_RANK, None) if isinstance(shape, Unknown) else call.of(shape, None)


def _named(call: LayerCall) -> Mapping[str, Value] | None:
    """`arguments={...}` by name."""
    held = call.value("arguments")
    if truth(held) is False:
        return {}
    items = held.get("items") if isinstance(held, Thing) and held.type == "dict" else None
    if not isinstance(items, dict):
        return None
    names = {key.value if isinstance(key, Const) else key: value for key, value in items.items()}
    return names if all(isinstance(name, str) for name in names) else None


def _inside(call: LayerCall, value: Value) -> Value:
    """Keras hands the body tensors of TensorFlow's own."""
    if isinstance(value, Tensor):
        kind = EAGER if value.type == SYMBOLIC else value.type
        return Tensor(value.shape, kind, value.dtype)
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if isinstance(items, tuple):
        return Thing("list", {"items": tuple(_inside(call, item) for item in items)})
    return value


def _outside(call: LayerCall, value: Value) -> Value:
    match value:
        case Tensor(shape=shape, dtype=dtype):
            return call.of(shape, dtype)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return Tuple(tuple(_outside(call, item) for item in items))
    return call.of(NO_RANK, None)


@weights("keras.layers.Lambda")
def of_its_layer(registry: Registry, held: Thing, shape: Shape) -> list[Weight] | None:
    """A function has none; of a layer in its place Keras 3 counts its own."""
    function = argument(held, "function")
    kept = registry.target == "keras3" and is_layer(registry, function)
    return weights_for(registry, function, shape) if kept else []
