"""Sequential models: made of layers, each called on the output of the one before as soon as the input is known."""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.keras.calling import (
    BUILT,
    PUT_OFF,
    SYMBOLIC,
    apply_layer,
    call_layer,
    input_tensors,
    own_method,
)
from lstm_lint.library.keras.checking import is_layer
from lstm_lint.library.keras.graph import INPUT_LAYER, remember
from lstm_lint.library.keras.making import ARGUMENTS, GIVEN, argument, bind
from lstm_lint.library.keras.models import (
    GRAPH_KINDS,
    INPUT,
    LAYERS,
    OUTPUT,
    SEQUENTIAL,
    STEPS,
    declared_dtype,
    declared_input,
    of_input_layer,
)
from lstm_lint.library.keras.several import PASS_ON, RAISES, STACK, STACKED, check_reached
from lstm_lint.library.keras.timesteps import told_of
from lstm_lint.library.keras.wiring import given_name
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import LEAST_RANKS, RANKS, op
from lstm_lint.records import replace
from lstm_lint.trace import Called
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Either,
    Method,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
)

TAKE_LISTS = frozenset(
    [
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum",
        "Concatenate",
        "Dot",
        "Attention",
        "AdditiveAttention",
        "Lambda",
    ]
)


@op(SEQUENTIAL, "keras.Sequential.__init__")
def sequential(registry: Registry, call: Call) -> Value:
    """A list of layers, each called on the output of the one before."""
    asked = Call(SEQUENTIAL, call.arguments, call.engine, call.place, None, call.open)
    arguments = bind(registry, asked)
    fields: dict[Any, Any] = {
        ARGUMENTS: arguments,
        GIVEN: frozenset(),
        LAYERS: (),
        STEPS: (),
        INPUT: None,
        OUTPUT: None,
    }
    model = call.receiver if isinstance(call.receiver, Thing) else Thing(SEQUENTIAL)
    for name, value in fields.items():
        call.engine.heap.put(model, name, value)
    given = arguments.get("layers", NONE)
    _check_given(registry, given, arguments.get("trainable", NONE))
    lone = registry.target == "keras2" and isinstance(given, Thing) and is_layer(registry, given)
    several = () if given == NONE else (given,) if lone else call.engine.elements(given)
    if several is None:
        _lost(call, model)
    for each in several or ():
        add_layer(registry, model, each, call)
    return model


def _check_given(registry: Registry, given: Value, trainable: Value) -> None:
    """Keras 3 takes the layers in a list; what stands behind it is no layer."""
    if registry.target == "keras2":
        return
    if isinstance(trainable, (Thing, Tuple)):
        words, facts = ("Expected `trainable` to be a boolean",), {"item": trainable}
        raise Clash("layers-without-list", ("ValueError",), words, facts)
    if isinstance(given, Thing) and given.type != "instance" and is_layer(registry, given):
        words = (f"'{given.type.rpartition('.')[2]}' object is not iterable",)
        raise Clash("layers-without-list", ("TypeError",), words, {"item": given})


def _lost(call: Call, model: Thing) -> None:
    """Something that is not known joined the model: its layers and output are not known any more."""
    call.engine.heap.put(model, LAYERS, Unknown("a layer that is not known"))
    call.engine.heap.put(model, OUTPUT, Unknown("a layer that is not known"))


@op("keras.Sequential.add")
def add(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Thing)
    if registry.target == "keras2" and len(call.positional()) > 1:
        words, facts = ("takes 2 positional arguments",), {"callee": "keras.Sequential.add"}
        raise Clash("too-many-arguments", ("TypeError",), words, facts)
    try:
        add_layer(registry, call.receiver, call.value("layer", 0), call)
    except Clash:
        call.engine.heap.put(call.receiver, OUTPUT, Unknown("after a clash"))
        raise
    return NONE


def add_layer(registry: Registry, model: Thing, item: Value, call: Call) -> None:
    """Append a layer; as soon as the input is known, call it."""
    heap, held = call.engine.heap, model.get(LAYERS)
    if isinstance(item, Tensor):
        _check_tensor(registry, model, item)
    if isinstance(item, Tensor) and item.type == SYMBOLIC and held == ():
        heap.put(model, INPUT, item)
        heap.put(model, OUTPUT, item)
        return
    if isinstance(item, (Symbol, UserClass)) or is_layer(registry, item) is False and not isinstance(item, Tensor):
        modern, kind = (
            registry.target == "keras3",
            "class-for-layer" if isinstance(item, (Symbol, UserClass)) else "no-layer",
        )
        words = "can be added to a Sequential model" if modern else "must be an instance of"
        raise Clash(kind, ("ValueError" if modern else "TypeError",), (words,), {"item": item, "call": call})
    if not isinstance(item, Thing) or not isinstance(held, tuple):
        _lost(call, model)
        return
    if item.type == "keras.layers.InputLayer":
        _check_second_input(registry, model)
        tensor = of_input_layer(item)
        heap.put(model, INPUT, tensor)
        heap.put(model, OUTPUT, tensor)
        return
    _check_name(registry, item, held)
    start = declared_input(registry, item) if not held and model.get(INPUT) is None else None
    heap.put(model, LAYERS, (*held, item))
    if start is not None:
        tensor = Tensor(start, SYMBOLIC, declared_dtype(registry, item))
        heap.put(model, INPUT, tensor)
        heap.put(model, OUTPUT, tensor)
    if model.get(OUTPUT) is not None:
        heap.put(model, OUTPUT, step(registry, model, item, model.fields[OUTPUT], call))


def _check_name(registry: Registry, item: Thing, held: tuple[Any, ...]) -> None:
    name = given_name(item)
    if name and any(isinstance(each, Thing) and each is not item and given_name(each) == name for each in held):
        words = ("All layers added to a Sequential model should have unique names",)
        raise Clash("name-twice", ("ValueError",), words, {"name": name, "layer": item})


def _check_tensor(registry: Registry, model: Thing, item: Tensor) -> None:
    """Of tensors a Sequential takes what Input gave, and in Keras 3 only one."""
    operation = item.origin.operation if item.origin is not None else None
    if isinstance(operation, Called) and operation.callee == "keras.Input":
        _check_second_input(registry, model)
    elif item.type == SYMBOLIC and item.history is not None and item.history.layer.type != INPUT_LAYER:
        keras2 = registry.target == "keras2"
        words = "must be an instance of" if keras2 else "can be added to a Sequential model"
        raise Clash("no-layer", ("TypeError" if keras2 else "ValueError",), (words,), {"item": item})


def _check_second_input(registry: Registry, model: Thing) -> None:
    if registry.target == "keras3" and isinstance(model.get(INPUT), Tensor):
        words = ("has already been configured to use input shape", "You cannot add a different Input layer")
        raise Clash("second-input", ("ValueError",), words, {"tensor": model.get(INPUT)})


@op("keras.Sequential.pop")
def pop(registry: Registry, call: Call) -> Value:
    """Without the last layer, the one before it gives the output."""
    model = call.receiver
    assert isinstance(model, Thing)
    held, steps, heap = model.get(LAYERS), model.get(STEPS), call.engine.heap
    if not isinstance(held, tuple) or not isinstance(steps, tuple) or not held:
        _lost(call, model)
        return Unknown("a layer that is not known")
    heap.put(model, LAYERS, held[:-1])
    if len(steps) == len(held):
        heap.put(model, STEPS, steps[:-1])
        heap.put(model, OUTPUT, steps[-2][2] if len(steps) > 1 else model.get(INPUT))
    last = held[-1]
    return last if registry.target == "keras3" and isinstance(last, Thing) else NONE


def step(registry: Registry, model: Thing, item: Thing, value: Value, call: Call) -> Value:
    """One layer of a Sequential on what the one before gave."""
    if isinstance(value, (Unknown, Either)):
        call.engine.heap.put(item, BUILT, item.get(BUILT) or Unknown("built on an unknown input"))
        return value if isinstance(value, Unknown) else Unknown("an output that differs between branches")
    inputs = input_tensors(value)
    asked = Call("__call__", (Argument(value),), call.engine, call.place, item)
    _check_alone(registry, item, call)
    result: Value
    several = isinstance(value, Tuple) and inputs is not None and len(inputs) > 1 and registry.target == "keras3"
    if several and not _takes_several(item, inputs or []):
        assert isinstance(value, Tuple)
        ranked = item.type in RANKS or item.type in LEAST_RANKS
        raise _several(item, value, "expects 1 input(s), but it received" if ranked else "")
    elif item.type == "instance" or item.type in GRAPH_KINDS:
        result = call_layer(registry, asked)
    else:
        result = remember(item, asked, _given(registry, item, inputs, asked))
        if several and STACKED in item.fields:
            check_reached(result, call.engine)
    if isinstance(result, Tuple) and registry.target == "keras2":
        raise _several(item, result, "should have a single output tensor")
    call.engine.heap.put(model, STEPS, (*model.get(STEPS, ()), (item, value, result)))
    return result


def _takes_several(item: Thing, given: Sequence[Tensor]) -> bool:
    name = item.type.rpartition(".")[2]
    listed = name in TAKE_LISTS or name in ("Activation", "Softmax") or name in PASS_ON | STACK
    told = told_of(argument(item, "layer"), given) if name == "TimeDistributed" else None
    return item.type == "instance" or listed or told is not None


def _given(registry: Registry, item: Thing, inputs: Any, asked: Call) -> Value:
    """Keras 3 builds no further than a Lambda whose shape it cannot tell: a run meets what it raises."""
    if (
        registry.target == "keras2"
        or item.type != "keras.layers.Lambda"
        or not any(t.type == SYMBOLIC for t in inputs or ())
    ):
        return apply_layer(registry, item, inputs, asked)
    try:
        return apply_layer(registry, item, inputs, replace(asked, callee=PUT_OFF))
    except Clash as clash:
        if "NotImplementedError" not in clash.raises:
            raise
        clash.facts = {**clash.facts, "stage": "run"}
        asked.engine.remark(clash)
        return Unknown("after a clash")


def _check_alone(registry: Registry, item: Thing, call: Call) -> None:
    """A layer that wants two tensors by themselves has no place in a Sequential."""
    own = own_method(item.fields["__class__"], "call") if item.type == "instance" else None
    more = own is not None and call.engine.lacks(Method(item, own), [NONE], {}) is not None
    if not (more and registry.target == "keras3") and item.type not in (
        "keras.layers.MultiHeadAttention",
        "keras.layers.GroupQueryAttention",
    ):
        return
    if registry.target == "keras3":
        words = ("can only have a single required positional argument",)
        raise Clash("several-arguments", ("ValueError",), words, {"layer": item})
    raise Clash("several-arguments", ("TypeError",), ("missing 1 required positional argument",), {"layer": item})


def _several(item: Thing, value: Tuple, words: str) -> Clash:
    raises = ("ValueError",) if words else RAISES
    facts = {"layer": item, "outputs": len(value.items)}
    return Clash("several-outputs", raises, (words,) if words else (), facts)
