"""From a slice to the steps of its witness: each operation one step, each value a literal or an earlier result."""

from collections import Counter
from collections.abc import Iterable
from keyword import iskeyword
from math import prod

from lstm_lint.confirm.bodies import Body
from lstm_lint.confirm.child import allowed
from lstm_lint.confirm.literals import data, first_batch, literal, parts, snake
from lstm_lint.confirm.operands import held, operands
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.confirm.sizes import MOST_ELEMENTS, Draw, Unfit, fits
from lstm_lint.confirm.slices import Slice
from lstm_lint.confirm.standins import PLAINLY, bare, link, own, parameters, reach, stands_in, title
from lstm_lint.confirm.words import PLAIN_TYPES, STAND_IN, TRAINING, arguments, begins, constructs
from lstm_lint.records import dataclass, field, replace
from lstm_lint.trace import AttributeRead, AttributeSet, Called, ItemRead, Operated, Operation, Unpacked
from lstm_lint.values.dims import Size
from lstm_lint.values.value import (
    Const,
    Function,
    Many,
    Origin,
    Pairs,
    Shape,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    Value,
)
from lstm_lint.values.value import Slice as Subscript

KERAS_TENSOR = "keras.KerasTensor"
ARRAY = "numpy.ndarray"
INPUTS = ("keras.Input", "keras.layers.Input")
MODELS = {"keras.Model": "model", "keras.models.Model": "model", "keras.Sequential": "model"}
RESULTS = {"keras.Input": "inputs", "keras.layers.Input": "inputs", "keras.models.Sequential": "model", **MODELS}
QUIET = ("fit", "evaluate", "predict")
MOST_ROWS = 32
CONTAINERS = ("list", "set")
ARRAYS = ("numpy.", "tensorflow.")


@dataclass
class Writer:
    """`aim`: the operation in question; others that train only build. `given`: what the parameters stand for."""

    slice: Slice
    draw: Draw
    aim: Operation | None = None
    steps: list[Step] = field(default_factory=list)
    results: dict[int, Node] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    given: dict[int, Node] = field(default_factory=dict)
    underway: set[int] = field(default_factory=set)

    def write(self, name_all: bool = False) -> None:
        """Every operation; what nothing refers to needs no name, unless all are to be looked at."""
        values = [v for o in self.slice.operations for v in reach(operands(o), self.slice.choice)]
        origins = (self.slice.origin(v) for v in values if isinstance(v, Tensor | Thing))
        used = {id(origin.operation) for origin in origins if origin is not None}
        self.taken.update({name for v in values if isinstance(v, Thing) for name in parameters(v)})
        for operation in self.slice.operations:
            self._check(operation)
            gives = isinstance(operation.result, Tensor | Thing | Tuple)
            self._write(operation, id(operation) in used or (name_all and gives))

    def _write(self, operation: Operation, named: bool) -> None:
        if isinstance(operation, Unpacked):
            names = tuple(self.name("part") for _ in range(operation.names))
            self.results[id(operation)] = ["tuple", *(["name", name] for name in names)]
            self.steps.append(Step(self.node(operation.value), names, operation.starred))
            return
        do = self._operation(operation)
        name = self.name(_kind(operation)) if named else ""
        self.results[id(operation)] = ["name", name]
        self.steps.append(Step(do, name))

    def name(self, kind: str) -> str:
        """Fresh, and told after what it is."""
        kind = f"{kind}_" if iskeyword(kind) else kind
        self.taken[kind] += 1
        return kind if self.taken[kind] == 1 else f"{kind}_{self.taken[kind]}"

    def step(self, kind: str, do: Node) -> Node:
        """A step of our own, and its name."""
        name = self.name(kind)
        self.steps.append(Step(do, name))
        return ["name", name]

    def _operation(self, operation: Operation) -> Node:
        match operation:
            case Called(callee=callee, receiver=receiver):
                return self._call(operation, callee, receiver)
            case ItemRead(owner=owner, index=index):
                return ["item", self.node(owner), self.node(self._fewer(index))]
            case AttributeSet(owner=Thing() as owner, name=name, value=value, begun=begun):
                return bare(owner, PLAINLY if begun else None, [[name, self.node(value)]])
            case AttributeRead(owner=Thing(type="instance") as owner, name=name, result=None):
                return ["attr", self.step(snake(title(owner)), bare(owner)), name]
            case AttributeRead(owner=owner, name=name):
                return ["attr", self.node(owner), name]
            case Operated(operator=sign, left=left, right=right):
                both = [right] if left is None else [left, right]
                return ["operate", sign, *map(self.node, both)]
        raise Unfit(f"a {type(operation).__name__} cannot be written")

    def _call(self, called: Called, callee: str, receiver: Value | None) -> Node:
        given = arguments(called)
        if callee.startswith(ARRAYS) or callee == "reshape":
            given = tuple(replace(each, value=self._fewer(each.value)) for each in given)
        trains = callee in TRAINING and not isinstance(called.result, Tensor)
        fed = given and not isinstance(self.slice.choice.settle(given[0].value), Thing)
        if receiver is not None and trains and called is not self.aim and fed:
            return ["apply", self.node(receiver), [self._few(given[0].value, called)], []]
        unnamed = [self.node(each.value) for each in given if not each.name]
        named = [[each.name, self.node(each.value)] for each in given if each.name]
        if callee == "__init__" and begins(called) and isinstance(receiver, Thing):
            return bare(receiver, [unnamed, named])
        if callee == "add_weight" and isinstance(receiver, Thing) and called.result is None:
            return ["method", self.step(snake(title(receiver)), bare(receiver)), callee, unnamed, named]
        if self.slice.eager and callee in INPUTS and isinstance(called.result, Tensor):
            return self._stand_in(called.result)
        if receiver is None and not allowed(callee):
            path, _, name = callee.rpartition(".")
            return ["method", ["symbol", path], name, unnamed, named]
        if receiver is None or constructs(called):
            return ["call", constructs(called) or callee, unnamed, named]
        if callee == "__call__":
            return ["apply", self.node(receiver), unnamed, named]
        if callee in QUIET:
            named.append(["verbose", 0])
        return ["method", self.node(receiver), callee, unnamed, named]

    def _fewer(self, value: Value) -> Value:
        """A number of rows, alone or first in a shape or an index."""
        match value:
            case Const(value=int() as count) if self.draw.shrink > 1 and type(count) is int:
                return Const(self.draw.rows(count))
            case Tuple(items=(first, *rest), kind=kind) if self.draw.shrink > 1:
                return Tuple((self._fewer(first), *rest), kind)
            case Subscript(start=start, stop=stop, step=step):
                return Subscript(self._fewer(start), self._fewer(stop), step)
        return value

    def _few(self, value: Value, called: Called) -> Node:
        """One batch, to build the model with: training stands in the way, not in question."""
        first = first_batch(value)
        if first is not None:
            return self.node(first.items[0] if isinstance(first, Tuple) and first.items else first)
        node = self.node(value)
        size = next((each.value for each in called.arguments if each.name == "batch_size"), None)
        batch = size.value if isinstance(size, Const) and isinstance(size.value, int) else MOST_ROWS
        if isinstance(value, Tensor) and isinstance(value.shape, tuple) and value.shape:
            rows = self.draw.data(value.shape)[0]
            return ["item", node, ["slice", None, batch, None]] if rows > batch else node
        return node

    # Values.

    def node(self, value: Value) -> Node:
        match self.slice.choice.settle(value):
            case Const(value=plain):
                return literal(plain)
            case Size() as size:
                return self.draw.number(size)
            case Symbol(path=path) if path in PLAIN_TYPES:
                return path.partition(".")[2]
            case Symbol(path=path):
                return ["symbol", path]
            case Tensor() as tensor if id(tensor) in self.given:
                return self.given[id(tensor)]
            case Tensor() as tensor:
                origin = self.slice.made(tensor)
                return self._rows(tensor, origin) if origin else self._data(tensor)
            case Function() if self.aim is not None:
                return ["symbol", STAND_IN]
            case Thing() as thing:
                origin = self.slice.made(thing)
                return (
                    self._result(origin) if origin else self._own(thing) if stands_in(thing) else self._container(thing)
                )
            case Tuple(items=items, kind=kind) as several:
                whole = self._whole(several)
                brackets = kind if kind in (*CONTAINERS, "generator") else "tuple"
                return self.results[id(whole)] if whole else [brackets, *map(self.node, items)]
            case Pairs(items=pairs):
                return ["dict", *([self.node(key), self.node(held)] for key, held in pairs)]
            case Many(first=first, kind="generator") if first is not None:
                return ["generator", self.node(first)]
            case Many(element=element, length=length) if isinstance(length, int | Size):
                return ["list", *([self.node(element)] * min(self.draw.number(length), 1000))]
            case Subscript(start=start, stop=stop, step=step):
                return ["slice", *map(self.node, (start, stop, step))]
        raise Unfit("it hangs on something that is not known")

    def _whole(self, several: Tuple) -> Operation | None:
        """The operation that gave just these, in this order."""
        first = several.items[0] if several.items else None
        origin = self.slice.made(first) if isinstance(first, Tensor | Thing) else None
        return origin.operation if origin and origin.operation.result == several else None

    def _own(self, thing: Thing) -> Node:
        """What stands for it, made when it is first wanted."""
        if id(thing) in self.underway:
            raise Unfit(f"{title(thing)} holds itself")
        if id(thing) not in self.results:
            self.underway.add(id(thing))
            node = own(self, thing)
            self.underway.remove(id(thing))
            self.results[id(thing)] = self.step(snake(title(thing)), node)
        return self.results[id(thing)]

    def weight(self, made: Called) -> Node:
        """`self.add_weight(...)`."""
        given = arguments(made)
        unnamed = [self.node(each.value) for each in given if not each.name]
        named = [[each.name, self.node(each.value)] for each in given if each.name]
        return ["method", ["name", "self"], "add_weight", unnamed, named]

    def inner(self, body: Body, names: Iterable[tuple[Value, Node]]) -> tuple[list[Node], Node]:
        """The steps of a `call`, and what it gives."""
        for value in body.outside:
            if isinstance(value, Tensor) and self.slice.made(value) is None and None in shape_of(value):
                raise Unfit("it hangs on data of an open shape")
            if isinstance(value, Tensor | Thing):
                self.node(value)
        written = self.slice.written | {id(each) for each in body.operations}
        given = {id(value): node for value, node in names}
        within = replace(
            self, slice=replace(self.slice, written=written, calls={}), steps=[], results={**self.results}, given=given
        )
        for operation in body.operations:
            within._write(operation, isinstance(operation.result, Tensor | Thing | Tuple | None))
        gives = within.node(body.gave)
        return [step.data() for step in within.steps], gives

    def _container(self, thing: Thing) -> Node:
        items = thing.get("items")
        if thing.type not in CONTAINERS or not isinstance(items, tuple):
            raise Unfit(f"a {thing.type.rpartition('.')[2]} that was not followed cannot be written")
        return [thing.type, *map(self.node, items)]

    def _result(self, origin: Origin) -> Node:
        node = self.results.get(id(origin.operation))
        if node is None:
            raise Unfit("it hangs on what is made later")
        for index in origin.path:
            whole = node[0] == "tuple"
            node = node[1 + index] if whole else ["item", node, index]
        return node

    def _rows(self, tensor: Tensor, origin: Origin) -> Node:
        """As many rows as are in question: a batch of what an operation gave is a tensor of its origin too."""
        node, shape = self._result(origin), tensor.shape
        if (
            tensor in parts(origin.operation.result)
            or not isinstance(shape, tuple)
            or not shape
            or not isinstance(shape[0], Size)
        ):
            return node
        return ["item", node, ["slice", None, self.draw.number(shape[0]), None]]

    def _data(self, tensor: Tensor) -> Node:
        """What stands for a tensor that is cut out; the same for the same tensor."""
        sources = self._sources(tensor) if id(tensor) not in self.results else []
        if sources:
            layer, given = self.step("cut", link(self, tensor, sources)), [self.node(each) for each in sources]
            self.results[id(tensor)] = self.step(
                "x", ["apply", layer, [given[0] if len(given) == 1 else ["list", *given]], []]
            )
        if id(tensor) not in self.results:
            kind = "inputs" if tensor.type == KERAS_TENSOR else "data"
            self.results[id(tensor)] = self.step(kind, self._stand_in(tensor))
        return self.results[id(tensor)]

    def _sources(self, tensor: Tensor) -> list[Tensor]:
        """The symbolic tensors that it was made of, where a model is made of it."""
        if not self.slice.linked or tensor.type != KERAS_TENSOR or (origin := self.slice.origin(tensor)) is None:
            return []
        given = held(operands(origin.operation), self.slice.choice)
        return [each for each in given if isinstance(each, Tensor) and each.type == KERAS_TENSOR and _shaped(each)][
            ::-1
        ]

    def _stand_in(self, tensor: Tensor) -> Node:
        assert isinstance(tensor.shape, tuple)
        if tensor.type == KERAS_TENSOR and not self.slice.eager:
            dtype = [["dtype", tensor.dtype]] if tensor.dtype and tensor.dtype != "float32" else []
            shape = self.draw.shape(tensor.shape)
            if not shape:
                raise Unfit("a tensor without axes cannot stand for a model's input")
            return ["call", "keras.Input", [], [["batch_shape", ["tuple", *shape]], *dtype]]
        array = data(self.draw.data(tensor.shape), tensor.dtype or "float64")
        if tensor.type == ARRAY:
            return array
        return ["call", "tensorflow.constant", [array], [["dtype", tensor.dtype or "float32"]]]

    # Sizes.

    def _check(self, operation: Operation) -> None:
        """All sizes are at least 1 and small enough; else another draw, or none."""
        for value in (*held(operands(operation), self.slice.choice), *parts(operation.result)):
            if not isinstance(value, Tensor) or not isinstance(value.shape, tuple):
                continue
            plain = all(dim is None or isinstance(dim, int) for dim in value.shape)
            if not fits(self.draw.data(value.shape)) and not plain:
                raise TooSmall
        if isinstance(operation, Called) and operation.callee.startswith("keras.layers."):
            self._weigh(operation)

    def _weigh(self, called: Called) -> None:
        """A layer's weights, roughly: a recurrent one has the square of its units, an Embedding its two sizes."""
        sizes = [abs(self.node(each.value)) for each in arguments(called) if _is_size(each.value)]
        square = max(sizes, default=0) ** 2 if called.callee.endswith(("LSTM", "GRU", "RNN", "Cell")) else 0
        if max(prod(size for size in sizes if size > 1), square * 4) > MOST_ELEMENTS:
            raise Unfit(f"too large to run: {called.callee.rpartition('.')[2]} of {' x '.join(map(str, sizes))}")


class TooSmall(Exception):
    """A size came out below 1: other numbers are wanted."""


def _shaped(tensor: Tensor) -> bool:
    return bool(shape_of(tensor))


def shape_of(tensor: Tensor) -> Shape:
    return tensor.shape if isinstance(tensor.shape, tuple) else ()


def _is_size(value: Value) -> bool:
    return isinstance(value, Size) or (isinstance(value, Const) and type(value.value) is int)


def as_array(writer: Writer, node: Node) -> Node:
    """As numpy takes it, from any backend."""
    convert = "keras.ops.convert_to_numpy" if writer.slice.target == "keras3" else "numpy.array"
    return ["call", convert, [node], []]


def _kind(operation: Operation) -> str:
    match operation:
        case Called(callee="__call__"):
            return "x"
        case Called(receiver=None, callee=callee) if callee in RESULTS:
            return RESULTS[callee]
        case Called(receiver=None, callee=callee) if callee.startswith("keras.layers."):
            return snake(callee.rpartition(".")[2])
        case Called(receiver=None, callee=callee) if callee.startswith("numpy."):
            return "data"
    return "value"
