"""What stands in a witness for an object with a body of the user's own: a class of its name.

Its `call` does what was followed of it, operation by operation; else it gives zeros of the shapes that were inferred.
What Keras raises about it counts, and what Keras lets pass does not.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from lstm_lint.confirm.bodies import TOLD, body, found, holds, ingredients, shaped, weights
from lstm_lint.confirm.child import public
from lstm_lint.confirm.choices import Choice
from lstm_lint.confirm.operands import held
from lstm_lint.confirm.recipe import Node
from lstm_lint.confirm.sizes import TIMESTEPS, Unfit
from lstm_lint.values.dims import Dim, same
from lstm_lint.values.value import BEGUN, GAVE, TOOK, Function, Symbol, Tensor, Thing, Tuple, UserClass, Value

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
    if _gives_batches(thing):
        return ["generator", writer.node(thing.fields[GAVE].items[1])]
    told = [(name, found(thing, name)) for name in TOLD]
    if any(isinstance(value, Function) for _, value in told):
        raise Unfit(f"{title(thing)} computes what it tells of its states")
    attributes = [[name, _told(writer, value)] for name, value in told if value is not None]
    methods = [_call(writer, thing)] if thing.type == LAMBDA or isinstance(found(thing, "call"), Function) else []
    home, start = _home(thing), _start(writer, thing)
    begin = _begin(writer, thing) if home else None
    return ["own", _name(thing), home, attributes, [*methods, *([start] if start else [])], begin]


def _gives_batches(thing: Thing) -> bool:
    """Is it data that come batch by batch?"""
    match thing.get(GAVE):
        case Tuple(items=(Tuple(items=()), _)):
            return not _home(thing)
    return False


def _told(writer: "Writer", value: Value) -> Node:
    node = writer.node(value)
    of_tensorflow = isinstance(value, Tuple) and value.kind == "shape"
    return ["call", "tensorflow.TensorShape", [["list", *node[1:]]], []] if of_tensorflow else node


def _start(writer: "Writer", thing: Thing) -> Node:
    """A cell's states before the first step, as many rows as it is told."""
    method, told = found(thing, "get_initial_state"), found(thing, "state_size")
    sizes = told.items if isinstance(told, Tuple) else () if told is None else (told,)
    takes = _takes(method)
    if not takes or not sizes:
        return None
    rows: Node = ["name", "batch_size"] if {"batch_size", "batch_size="} & {*takes} else TIMESTEPS
    zeros = f"{LIBRARIES[writer.slice.target]}.zeros"
    states: Node = ["list", *(["call", zeros, [["tuple", rows, writer.node(size)]], []] for size in sizes)]
    return [takes, [], states, "get_initial_state"]


def parameters(thing: Thing) -> set[str]:
    """The names that the methods of a class of the user's give their arguments: nothing else may have them."""
    methods = (found(thing, name) for name in ("call", "get_initial_state")) if thing.type == "instance" else ()
    return {name.rstrip("=") for method in methods for name in _takes(method)}


def _takes(method: Value | None) -> list[str]:
    """The parameters behind the first one; none if there are stars."""
    names = list(method.takes[1:]) if isinstance(method, Function) else []
    return names if all(public(name.rstrip("=")) for name in names) else []


PLAINLY: Node = [[], []]
"""How a base begins that is given no arguments."""


def bare(thing: Thing, begins: Node = PLAINLY, kept: Sequence[Node] = ()) -> Node:
    """An instance whose `__init__` begins with these arguments of its base, or not at all, and sets these attributes."""
    return ["own", _name(thing), _home(thing), [], [], [begins, [*kept]]]


def _name(thing: Thing) -> str:
    return title(thing) if public(title(thing)) else "Own"


def _begin(writer: "Writer", thing: Thing) -> Node:
    """Its `__init__`, if there is one: whether that begins as its base does, the weights and the layers that it keeps."""
    kept: list[Node] = []
    for name, _, made in weights(thing):
        with suppress(Unfit):
            kept.append([name, writer.weight(made)])
    for name, value in holds(thing):
        with suppress(Unfit):
            kept.append([name, writer.node(value)])
    mine = isinstance(found(thing, "__init__"), Function)
    begins = PLAINLY if not mine or thing.get(BEGUN) is not None else None
    return [begins, kept] if mine or kept else None


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
        takes, names = _parameters(thing, whole.took)
        with suppress(Unfit):
            return [takes, *writer.inner(whole, names), "call"]
    match thing.get(GAVE):
        case Tuple(items=(Tuple(items=took), gave)) if took:
            takes, names = _parameters(thing, took)
            return [takes, [], _given(writer, gave, names), "call"]
        case None:
            first, *rest = _takes(found(thing, "call")) or ["inputs", "states="]
            states: Node = ["name", rest[0].rstrip("=")] if rest else ["list"]
            cell = found(thing, "state_size") is not None
            gives = ["tuple", ["item", states, 0], states] if cell and rest else ["name", first.rstrip("=")]
            return [[first, *rest], [], gives, "call"]
    raise Unfit(f"what {title(thing)} gives is not known")


Names = Sequence[tuple[Value, Node]]


def _parameters(thing: Thing, took: tuple[Value, ...]) -> tuple[list[str], Names]:
    """Of a cell a step and its states, of another layer one tensor or several, and what else it was given by name."""
    cell = isinstance(took[-1], Tuple)
    takes = _takes(found(thing, "call")) or ["inputs", "states"][: 1 + cell]
    first, second = (*(each.rstrip("=") for each in takes[:2]), "states")[:2]
    if cell:
        given: dict[str, Value] = {first: took[0], second: took[-1]}
    else:
        held = took[0] if len(took) == 1 else Tuple(took)
        given = {**(thing.get(TOOK) or {}), first: held}
    own = [(tensor, ["attr", ["name", "self"], name]) for name, tensor, _ in weights(thing)]
    return takes, [*own, *(pair for name, value in given.items() for pair in _parts(value, ["name", name]))]


def _parts(value: Value, node: Node) -> Iterator[tuple[Value, Node]]:
    """The tensors in a parameter, each with the way to it."""
    match value:
        case Tensor():
            yield value, node
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            for index, each in enumerate(items):
                yield from _parts(each, ["item", node, index])


def link(writer: "Writer", tensor: Tensor, sources: Sequence[Tensor]) -> Node:
    """A layer that gives a tensor like this of those, so that a model can be made from end to end."""
    names = list(_parts(sources[0] if len(sources) == 1 else Tuple(tuple(sources)), ["name", "inputs"]))
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
