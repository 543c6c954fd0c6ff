"""Cells of the user's own: what they say of their states, and what their `call` gives."""

from typing import Any

from lstm_lint.library.arguments import integer
from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.checking import kind_of
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    GAVE,
    NONE,
    Const,
    Function,
    Method,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    number,
)


def own(thing: Thing, name: str, engine: Engine) -> Value | None:
    """An attribute that the user's class or its instance has; None if neither has."""
    if thing.type != "instance":
        return None
    if name in thing.fields:
        return thing.fields[name]  # type: ignore[no-any-return]
    for base in thing.fields["__class__"].lineage():
        held = base.scope.fields.get(name) if isinstance(base, UserClass) else None
        if isinstance(held, Function) and held.kind == "property":
            return engine.run(Method(thing, held), [])
        if held is not None:
            return Method(thing, held) if isinstance(held, Function) else held
    return None


def wholly_known(registry: Registry, thing: Thing) -> bool:
    """Is all that it inherits the user's own or a plain layer?"""
    return all(
        isinstance(base, UserClass) or getattr(base, "path", "") in ("keras.layers.Layer", "builtins.object")
        for base in thing.fields["__class__"].lineage()
    )


def sizes_told(registry: Registry, cell: Thing, engine: Engine) -> tuple[Any, Dim] | None:
    """The sizes of its states, and the width of its output."""
    told, width = own(cell, "state_size", engine), own(cell, "output_size", engine)
    if told is None:
        return None
    sizes = _sizes(told)
    if sizes is None:
        return None
    first = sizes[0] if isinstance(sizes, tuple) else sizes
    wide = number(width) if width is not None else first
    return sizes, Unknown("a cell's width") if isinstance(wide, tuple) or wide is None else wide


def _sizes(value: Value) -> Any:
    items = listed(value)
    if isinstance(value, Tuple) and value.kind == "shape":  # of one state
        return _sizes(value.items[0]) if len(value.items) == 1 else None
    if items is not None:
        found = tuple(_sizes(item) for item in items)
        return None if None in found or not found else found
    size = number(value)
    return None if size is None or isinstance(value, Const) and integer(value) is None else size


def check_own(call: LayerCall, cell: Thing) -> None:
    """What a cell says of itself, as each generation takes it when it is called."""
    engine = call.call.engine
    size, width = own(cell, "state_size", engine), own(cell, "output_size", engine)
    kind = kind_of(size) if size is not None else None
    vague = kind == "str" or kind == "NoneType" and own(cell, "build", engine) is None  # build may tell it in time
    if not call.keras3 and size is not None and vague:
        clash = call.clash("argument-value", (), name="state_size", value=size)
        clash.raises = ("ValueError", "TypeError")
        raise clash
    if call.keras3 and width is not None and kind_of(width) in ("tuple", "list", "str", "float"):
        raise call.clash("argument-value", "output_size must be an integer", name="output_size", value=width)
    start = own(cell, "get_initial_state", engine)
    if isinstance(start, Method) and _refuses(call, start):
        raise call.clash("initial-state-signature", ("get_initial_state()", "argument"), "TypeError")


def _refuses(call: LayerCall, start: Method) -> bool:
    """Keras 2 calls it with inputs, batch_size and dtype, Keras 3 with batch_size alone."""
    named: dict[str, Value] = {"batch_size": Unknown("a batch size")}
    if not call.keras3:
        named |= {"inputs": call.input, "dtype": Const("float32")}
    given = call.call.engine.run(start, [], named)
    return isinstance(given, Unknown) and given.reason.endswith(CANNOT)


CANNOT = "cannot be called so"
"""How the interpreter says that the arguments do not fit the parameters."""


def follow_step(call: LayerCall, cell: Value, sizes: Any, width: Dim) -> Dim:
    """Run the cell's `call` on one step; the width it gives."""
    shape, engine = call.input.shape, call.call.engine
    if not isinstance(cell, Thing) or cell.type != "instance" or isinstance(shape, Unknown):
        return width
    method = own(cell, "call", engine)
    if not isinstance(method, Method):
        return width
    listed_sizes = sizes if isinstance(sizes, tuple) else (sizes,)
    if any(isinstance(size, tuple) for size in listed_sizes):
        return width
    states = tuple(call.give(shape[0], size) for size in listed_sizes)
    step = call.give(shape[0], *shape[2:])
    given = engine.run(method, [step, Thing("list", {"items": states})], _constants(call))
    engine.heap.put(cell, GAVE, Tuple((Tuple((step, Tuple(states, "list"))), given)))
    return _judged(call, given, listed_sizes, width)


def _constants(call: LayerCall) -> dict[str, Value]:
    """What each step is given beside its input and states."""
    found = call.call.find("constants")
    if found is None or found.value == NONE:
        return {}
    one = isinstance(found.value, Tensor)
    return {"constants": Thing("list", {"items": (found.value,)}) if one else found.value}


def _judged(call: LayerCall, given: Value, sizes: tuple[Dim, ...], width: Dim) -> Dim:
    """The step must give a pair: its output and as many states as there were, as wide as they were."""
    later = call.keras3 and call.symbolic  # it runs only when data come
    if isinstance(given, Tensor) and call.symbolic:
        stage = "run" if later else "call"
        facts = {"layer": call.layer, "tensor": call.input, "output": given.shape, "stage": stage}
        facts |= {"stage": "run" if call.keras3 else "call"}
        raise Clash("cell-gives-no-pair", ("OperatorNotAllowedInGraphError", "TypeError", "ValueError"), (), facts)
    batch = given.shape[0] if isinstance(given, Tensor) and isinstance(given.shape, tuple) and given.shape else None
    if isinstance(batch, int) and not later and (batch != 2 or not call.keras3):  # its rows are taken for the pair
        facts = {"layer": call.layer, "tensor": call.input}
        raise Clash("cell-gives-no-pair", ("ValueError", "InvalidArgumentError"), (), facts)
    if not isinstance(given, Tuple) or len(given.items) != 2:
        return Unknown("what a cell gives") if isinstance(given, Unknown | Tensor) else width
    output, states = given.items
    several = (states,) if isinstance(states, Tensor) else listed(states)
    if several is not None and not later and (not call.keras3 or len(several) != len(sizes)):
        _check_states(call, several, sizes)
    known = isinstance(output, Tensor) and isinstance(output.shape, tuple) and output.shape
    return output.shape[-1] if known and isinstance(output, Tensor) else Unknown("what a cell gives")  # type: ignore[index]


def _check_states(call: LayerCall, states: tuple[Value, ...], sizes: tuple[Dim, ...]) -> None:
    if len(states) != len(sizes):
        raise call.clash("number-of-states", (), expected=len(sizes), found=len(states))
    for state, size in zip(states, sizes, strict=True):
        shape = state.shape if isinstance(state, Tensor) else None
        wide = shape[-1] if isinstance(shape, tuple) and shape else None
        if isinstance(wide, int) and isinstance(size, int) and dims.same(wide, size) is False:
            raise call.clash("state-width", (), expected=size, found=wide)
