"""Models and layers that a shape builds, and Sequentials that are called like a layer."""

from lstm_lint.library.arguments import NO_RANK, as_shape
from lstm_lint.library.keras.calling import (
    BUILT,
    EAGER,
    INSIDE,
    SYMBOLIC,
    LayerCall,
    call_layer,
)
from lstm_lint.library.keras.feeding import Again, called_again, fed, fitted, inside, reworded
from lstm_lint.library.keras.late import met, stops
from lstm_lint.library.keras.models import INPUT, LAYERS, OF_THEIR_OWN, OUTPUT, SEQUENTIAL
from lstm_lint.library.keras.otherwise import follow
from lstm_lint.library.keras.sequential import step
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, op
from lstm_lint.records import replace
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Tensor,
    Thing,
    Value,
)


@layer(SEQUENTIAL)
def call_sequential(call: LayerCall) -> Value:
    """Each layer in turn, on what the model makes of its input."""
    model, start = call.layer, call.layer.get(INPUT)
    held = model.get(LAYERS)
    if not isinstance(held, tuple) or stops(call):
        return Unknown("a model of unknown layers")
    if start is None and model.get(OUTPUT) is None:
        return _build(call.registry, model, call.input, call.call)
    known = isinstance(start, Tensor) and not isinstance(model.get(OUTPUT), Unknown)
    found = fed(call, [start], functional=False) if known else None
    if found is None:
        return call.of(NO_RANK)
    if call.keras3 and call.symbolic and isinstance(start, Tensor) and fitted(found[0].shape, start.shape):
        told = _told_unasked(call, held, found[0])
        follow(call, told)
        return told
    try:
        return _through(call, held, inside(found[0]))
    except Clash as clash:
        if call.keras3 and met(call):
            return _told_unasked(call, held, found[0])
        raise reworded(clash, call, start, call.input) from None


def _through(call: LayerCall, held: tuple[Thing, ...], value: Value) -> Value:
    for each in held:
        if not isinstance(value, Tensor):
            return Unknown("several outputs inside a Sequential")
        asked = Call(INSIDE, (Argument(value),), call.call.engine, call.call.place, each)
        value = call_layer(call.registry, asked)
    return value


def _told_unasked(call: LayerCall, held: tuple[Thing, ...], value: Value) -> Value:
    """What Keras 3 tells where it asks no layer whether it takes that."""
    engine = Again(call.call.engine, call.call.engine.heap, deaf=True)
    for each in held:
        asked = Call(INSIDE, (Argument(value),), engine, call.call.place, each)
        try:
            value = called_again(call, asked, each) or Unknown("not told")
        except Clash:
            return call.of(NO_RANK)
    return value


def _build(registry: Registry, model: Thing, tensor: Tensor, call: Call) -> Value:
    """The first input that a Sequential without one meets builds it."""
    heap = call.engine.heap
    tensor = _declared(registry, model.fields[LAYERS], tensor)
    heap.put(model, INPUT, tensor)
    value: Value = tensor
    try:
        for each in model.fields[LAYERS]:
            value = step(registry, model, each, value, call)
    except Clash:
        value = Unknown("after a clash")
        raise
    finally:
        heap.put(model, OUTPUT, value)
    return value


def _declared(registry: Registry, held: tuple[Thing, ...], tensor: Tensor) -> Tensor:
    """Keras 3 makes of it what its first layer computes with, which are floats most often."""
    plain = registry.target == "keras2" or tensor.type != SYMBOLIC or tensor.dtype == "float32" and not tensor.told
    if plain or not held or held[0].type.rpartition(".")[2] in OF_THEIR_OWN:
        return tensor
    return replace(tensor, dtype=None if tensor.dtype == "string" else "float32", told=None)


@op("keras.Model.build")
def build(registry: Registry, call: Call) -> Value:
    """`build(input_shape)`: the shape with its batch axis. Keras 2 runs a model's own `call`."""
    model, shape = call.receiver, as_shape(call.value("input_shape", 0))
    assert isinstance(model, Thing)
    if model.type == "instance" and registry.target == "keras2" and model.get(BUILT) is None:
        start = Argument(Tensor(shape, EAGER, "float32"))
        call_layer(registry, Call("__call__", (start,), call.engine, call.place, model))
    elif model.type == "instance":
        call.engine.heap.put(model, "built by shape", True)
    if LAYERS in model.fields and model.get(OUTPUT) is None and isinstance(model.get(LAYERS), tuple):
        _build(registry, model, Tensor(shape, SYMBOLIC, "float32"), call)
    return NONE


@op("keras.layers.Layer.build")
def build_layer(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    call.engine.heap.put(call.receiver, BUILT, as_shape(call.value("input_shape", 0)))
    return NONE
