"""What stands in a witness for an object with a body of the user's own: a class of its name that gives zeros of its shapes.

Nothing of the body travels along, only what was inferred of it: the shapes that its `call` gave, and what a cell tells
of its states. So what Keras raises about it counts, and what Keras lets pass does not.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lstm_lint.confirm.child import public
from lstm_lint.confirm.recipe import Node
from lstm_lint.confirm.sizes import TIMESTEPS, Unfit
from lstm_lint.values.dims import Dim, same
from lstm_lint.values.value import GAVE, Function, Symbol, Tensor, Thing, Tuple, UserClass, Value

if TYPE_CHECKING:
    from lstm_lint.confirm.writer import Writer

LAMBDA = "keras.layers.Lambda"
LAYER = "keras.layers.Layer"
TOLD = ("state_size", "output_size")
"""What RNN reads of a cell."""

LIBRARIES = {"keras2": "tensorflow", "keras3": "keras.ops"}
"""Where `zeros` and `shape` are."""


def stands_in(value: Value) -> bool:
    """Has it a body of the user's, and is it known what that gives? Of a cell its outline is enough."""
    if not isinstance(value, Thing) or value.type not in ("instance", LAMBDA):
        return False
    gave = value.get(GAVE)
    if gave is not None:
        return isinstance(gave, Tuple) and _shaped(gave.items[1])
    return any(_found(value, name) is not None for name in ("call", *TOLD))


def _shaped(value: Value) -> bool:
    match value:
        case Tensor(shape=shape):
            return isinstance(shape, tuple)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return all(map(_shaped, items))
    return False


def title(thing: Thing) -> str:
    cls = thing.get("__class__")
    return cls.name if isinstance(cls, UserClass) else "Lambda"


def own(writer: "Writer", thing: Thing) -> Node:
    """An instance of the class that stands for its own."""
    told = [(name, _found(thing, name)) for name in TOLD]
    if any(isinstance(value, Function) for _, value in told):
        raise Unfit(f"{title(thing)} computes what it tells of its states")
    attributes = [[name, writer.node(value)] for name, value in told if value is not None]
    name = title(thing) if public(title(thing)) else "Own"
    calls = thing.type == LAMBDA or isinstance(_found(thing, "call"), Function)
    return ["own", name, _home(thing), attributes, [_call(writer, thing)] if calls else []]


def _found(thing: Thing, name: str) -> Value | None:
    """An attribute of it or of its class."""
    cls = thing.get("__class__")
    if name in thing.fields or not isinstance(cls, UserClass):
        return thing.get(name)  # type: ignore[no-any-return]
    scopes = (each.scope.fields for each in cls.lineage() if isinstance(each, UserClass))
    return next((fields[name] for fields in scopes if name in fields), None)


def _home(thing: Thing) -> str:
    """A model's class, a layer's, or none."""
    cls = thing.get("__class__")
    if not isinstance(cls, UserClass):
        return LAYER
    paths = [each.path for each in cls.lineage() if isinstance(each, Symbol)]
    if any(path in ("keras.Model", "keras.models.Model", "keras.Sequential") for path in paths):
        return "keras.Model"
    return LAYER if any(path.startswith("keras.layers.") for path in paths) else ""


def _call(writer: "Writer", thing: Thing) -> Node:
    """Its signature and what it gives."""
    match thing.get(GAVE):
        case Tuple(items=(Tuple(items=(Tensor() as step, Tuple(items=states, kind="list"))), given)):
            names: list[tuple[Value, Node]] = [(step, ["name", "inputs"])]
            names += [(state, ["item", ["name", "states"], index]) for index, state in enumerate(states)]
            return [["inputs", "states"], _given(writer, given, names), "call"]
        case Tuple(items=(Tuple(items=(Tensor() as only,)), given)):
            return [["inputs"], _given(writer, given, [(only, ["name", "inputs"])]), "call"]
        case Tuple(items=(Tuple(items=several), given)) if several:
            parts: list[tuple[Value, Node]] = [(e, ["item", ["name", "inputs"], i]) for i, e in enumerate(several)]
            return [["inputs"], _given(writer, given, parts), "call"]
        case None if _found(thing, "state_size") is not None or isinstance(_found(thing, "call"), Function):
            return [["inputs", "states"], ["tuple", ["item", ["name", "states"], 0], ["name", "states"]], "call"]
    raise Unfit(f"what {title(thing)} gives is not known")


def link(writer: "Writer", tensor: Tensor, sources: Sequence[Tensor]) -> Node:
    """A layer that gives a tensor like this of those, so that a model can be made from end to end."""
    names: list[tuple[Value, Node]] = [(each, ["item", ["name", "inputs"], i]) for i, each in enumerate(sources)]
    names = names if len(names) > 1 else [(sources[0], ["name", "inputs"])]
    return ["own", "Cut", LAYER, [], [[["inputs"], _given(writer, tensor, names), "call"]]]


def _given(writer: "Writer", value: Value, names: Sequence[tuple[Value, Node]]) -> Node:
    """What it was called on as it is; zeros for other tensors."""
    for known, node in names:
        if known is value:
            return node
    match value:
        case Tensor(shape=tuple() as shape, dtype=dtype):
            library = LIBRARIES[writer.slice.target]
            sizes = [_size(writer, dim, axis, names[0]) for axis, dim in enumerate(shape)]
            kind = [["dtype", dtype]] if dtype and dtype != "float32" else []
            return ["call", f"{library}.zeros", [["tuple", *sizes]], kind]
        case Tuple(items=items, kind=kind):
            return [kind, *(_given(writer, each, names) for each in items)]
        case Thing(type="list", fields={"items": tuple() as items}):
            return ["list", *(_given(writer, each, names) for each in items)]
    raise Unfit("it hangs on a shape that is not known")


def _size(writer: "Writer", dim: Dim, axis: int, first: tuple[Value, Node]) -> Node:
    """As many rows, or steps, as what it was called on has."""
    value, node = first
    theirs = _axis(value, axis)
    if theirs is dim is None or (axis == 0 and (theirs is None or same(theirs, dim))):
        return ["item", ["call", f"{LIBRARIES[writer.slice.target]}.shape", [node], []], axis]
    size = writer.draw.shape((dim,))[0]
    return TIMESTEPS if size is None else size


def _axis(value: Value, axis: int) -> Dim:
    shape = value.shape if isinstance(value, Tensor) else ()
    return shape[axis] if isinstance(shape, tuple) and len(shape) > axis else 0
