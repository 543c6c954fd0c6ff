"""What stands in a witness for an object with a body of the user's own: a class of its name.

Its `call` does what was followed of it, operation by operation; else it gives zeros of the shapes that were inferred.
What Keras raises about it counts, and what Keras lets pass does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from lstm_lint.confirm.bodies import TOLD, body, found, holds, ingredients, shaped
from lstm_lint.confirm.child import public
from lstm_lint.confirm.choices import Choice
from lstm_lint.confirm.operands import held
from lstm_lint.confirm.recipe import Node
from lstm_lint.confirm.sizes import TIMESTEPS, Unfit
from lstm_lint.values.dims import Dim, same
from lstm_lint.values.value import BEGUN, GAVE, Function, Symbol, Tensor, Thing, Tuple, UserClass, Value

if TYPE_CHECKING:
    from lstm_lint.confirm.writer import Writer

LAMBDA = "keras.layers.Lambda"
LAYER = "keras.layers.Layer"
LIBRARIES = {"keras2": "tensorflow", "keras3": "keras.ops"}
"""Where `zeros` and `shape` are."""


def stands_in(value: Value) -> bool:
    """Has it a body of the user's, and is it known what that gives? Of a cell its outline is enough."""
    if not isinstance(value, Thing) or value.type not in ("instance", LAMBDA):
        return False
    gave = value.get(GAVE)
    if gave is not None:
        return isinstance(gave, Tuple) and shaped(gave.items[1])
    return (value.type == "instance" and bool(_home(value))) or any(
        found(value, name) is not None for name in ("call", *TOLD)
    )


def reach(values: Iterable[Value], choice: Choice) -> Iterator[Value]:
    """What they hold, and what the instances of the user's classes among that are written with."""
    waiting, seen = list(held(values, choice)), set[int]()
    while waiting:
        value = waiting.pop()
        if id(value) not in seen:
            seen.add(id(value))
            yield value
            if isinstance(value, Thing) and stands_in(value):
                waiting.extend(held(ingredients(value, choice), choice))


def title(thing: Thing) -> str:
    cls = thing.get("__class__")
    return cls.name if isinstance(cls, UserClass) else "Lambda"


def own(writer: "Writer", thing: Thing) -> Node:
    """An instance of the class that stands for its own."""
    told = [(name, found(thing, name)) for name in TOLD]
    if any(isinstance(value, Function) for _, value in told):
        raise Unfit(f"{title(thing)} computes what it tells of its states")
    attributes = [[name, writer.node(value)] for name, value in told if value is not None]
    calls = thing.type == LAMBDA or isinstance(found(thing, "call"), Function)
    home = _home(thing)
    begin = _begin(writer, thing) if home and isinstance(found(thing, "__init__"), Function) else None
    return ["own", _name(thing), home, attributes, [_call(writer, thing)] if calls else [], begin]


def bare(thing: Thing, begun: bool = True, kept: Sequence[Node] = ()) -> Node:
    """An instance whose `__init__` sets these attributes and nothing else."""
    return ["own", _name(thing), _home(thing), [], [], [begun, [*kept]]]


def _name(thing: Thing) -> str:
    return title(thing) if public(title(thing)) else "Own"


def _begin(writer: "Writer", thing: Thing) -> Node:
    """Its `__init__`: whether that begins as its base does, and the layers that it keeps."""
    kept: list[Node] = []
    for name, value in holds(thing):
        with suppress(Unfit):
            kept.append([name, writer.node(value)])
    return [thing.get(BEGUN) is not None, kept]


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
    """Its signature, what it does and what it gives."""
    whole = body(thing, writer.slice.choice)
    if whole is not None:
        parameters, names = _parameters(whole.took)
        with suppress(Unfit):
            return [parameters, *writer.inner(whole, names), "call"]
    match thing.get(GAVE):
        case Tuple(items=(Tuple(items=took), gave)) if took:
            parameters, names = _parameters(took)
            return [parameters, [], _given(writer, gave, names), "call"]
        case None if found(thing, "state_size") is not None:
            return [["inputs", "states"], [], ["tuple", ["item", ["name", "states"], 0], ["name", "states"]], "call"]
        case None:
            return [["inputs", "states="], [], ["name", "inputs"], "call"]
    raise Unfit(f"what {title(thing)} gives is not known")


Names = Sequence[tuple[Value, Node]]


def _parameters(took: tuple[Value, ...]) -> tuple[list[str], Names]:
    """A cell's step and states, one tensor, or several."""
    match took:
        case (Tensor() as step, Tuple(items=states, kind="list")):
            ahead: list[tuple[Value, Node]] = [(step, ["name", "inputs"])]
            return ["inputs", "states"], [*ahead, *((e, ["item", ["name", "states"], i]) for i, e in enumerate(states))]
        case (only,):
            return ["inputs"], [(only, ["name", "inputs"])]
    return ["inputs"], [(each, ["item", ["name", "inputs"], index]) for index, each in enumerate(took)]


def link(writer: "Writer", tensor: Tensor, sources: Sequence[Tensor]) -> Node:
    """A layer that gives a tensor like this of those, so that a model can be made from end to end."""
    _, names = _parameters(tuple(sources))
    return ["own", "Cut", LAYER, [], [[["inputs"], [], _given(writer, tensor, names), "call"]], None]


def _given(writer: "Writer", value: Value, names: Names) -> Node:
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
