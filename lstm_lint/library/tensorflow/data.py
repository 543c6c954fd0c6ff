"""tf.data: a dataset is a thing that holds one element of its structure; each step makes another of it."""

from typing import Any

from lstm_lint.library.arguments import array_shape, as_shape, flag
from lstm_lint.library.tables import attribute, op
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    NONE,
    Const,
    Function,
    Many,
    Method,
    Shape,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    Value,
    number,
)

DATASET = "tensorflow.data.Dataset"
TENSOR = "tensorflow.Tensor"
ELEMENT = "element"


def dataset(element: Value) -> Thing:
    return Thing(DATASET, {ELEMENT: element})


def element_of(value: Value | None) -> Value:
    held = value.get(ELEMENT) if isinstance(value, Thing) else None
    return held if held is not None else Unknown("the elements of something unknown")


def each_tensor(value: Value, change: Any, call: Call) -> Value:
    """The same structure of tuples and dicts, each tensor changed. A list is one tensor."""
    match value:
        case Tuple(items=items, kind="tuple"):
            return Tuple(tuple(each_tensor(item, change, call) for item in items))
        case Thing(type="dict", fields={"items": dict() as items}):
            return Thing("dict", {"items": {key: each_tensor(item, change, call) for key, item in items.items()}})
        case Thing(type=kind) if kind == DATASET:
            return value
        case Unknown():
            return value  # it may be several
    shape = array_shape(value, call.engine)
    return Tensor(change(shape), TENSOR, getattr(value, "dtype", None))


def _sliced(shape: Shape | Unknown) -> Shape | Unknown:
    return shape if isinstance(shape, Unknown) else shape[1:]


@op(f"{DATASET}.from_tensor_slices")
def from_slices(_: Any, call: Call) -> Value:
    """Along the first axis of each array."""
    return dataset(each_tensor(call.value("tensors", 0), _sliced, call))


@op(f"{DATASET}.from_tensors")
def from_tensors(_: Any, call: Call) -> Value:
    return dataset(each_tensor(call.value("tensors", 0), lambda shape: shape, call))


@op(f"{DATASET}.range")
def range_(_: Any, call: Call) -> Value:
    return dataset(Tensor((), TENSOR, "int64"))


@op(f"{DATASET}.from_generator")
def from_generator(_: Any, call: Call) -> Value:
    """As the signature says."""
    spec = call.value("output_signature", 4, NONE)
    if spec != NONE:
        return dataset(spec)
    given = call.value("output_shapes", 2, NONE)
    if not isinstance(given, Tuple):
        return dataset(Unknown("what a generator yields"))
    if all(isinstance(item, Const) for item in given.items):
        return dataset(Tensor(as_shape(given), TENSOR))
    return dataset(Tuple(tuple(Tensor(as_shape(item), TENSOR) for item in given.items)))


@op("tensorflow.TensorSpec")
def spec(_: Any, call: Call) -> Value:
    shape = call.value("shape", 0)
    return Tensor(Unknown("a rank left open") if shape == NONE else as_shape(shape), TENSOR)


@op("tensorflow.TensorShape")
def tensor_shape(_: Any, call: Call) -> Value:
    from lstm_lint.library.arguments import shape_value

    return shape_value(as_shape(call.value("dims", 0)))


@op(f"{DATASET}.zip")
def zip_(_: Any, call: Call) -> Value:
    """Of several datasets, or of a tuple of them."""
    given = [a.value for a in call.positional()]
    if len(given) == 1 and isinstance(given[0], Tuple):
        given = list(given[0].items)
    return dataset(Tuple(tuple(element_of(each) for each in ([call.receiver, *given] if call.receiver else given))))


@op(f"{DATASET}.batch", f"{DATASET}.padded_batch")
def batch(_: Any, call: Call) -> Value:
    """A first axis, open unless the remainder is dropped; a batch of windows is one of their elements."""
    size = number(call.value("batch_size", 0))
    padded = call.callee == "padded_batch"
    whole = flag(call.value("drop_remainder", 3 if padded else 1, Const(False)))
    head: Dim = size if whole is True else None if whole is False and size != 1 else Unknown("a batch")

    def joined(shape: Shape | Unknown) -> Shape | Unknown:
        if isinstance(shape, Unknown):
            return shape
        rest = tuple(dim if isinstance(dim, int) else Unknown("a padded length") for dim in shape) if padded else shape
        return (head, *rest)

    return dataset(each_tensor(element_of(call.receiver), joined, call))


@op(f"{DATASET}.unbatch")
def unbatch(_: Any, call: Call) -> Value:
    return dataset(each_tensor(element_of(call.receiver), _sliced, call))


SAME = "shuffle prefetch repeat cache take skip shard filter concatenate with_options unique ignore_errors take_while"


@op(*(f"{DATASET}.{name}" for name in SAME.split()))
def same(_: Any, call: Call) -> Value:
    """Other elements of the same structure."""
    return dataset(element_of(call.receiver))


@op(f"{DATASET}.map", f"{DATASET}.flat_map", f"{DATASET}.interleave")
def map_(registry: Any, call: Call) -> Value:
    """The user's function over one element; a tuple goes in as several arguments."""
    result = _applied(registry, call, element_of(call.receiver), call.value("map_func", 0))
    if call.callee == "map":
        return dataset(_structured(result))
    return dataset(element_of(result))


def _applied(registry: Any, call: Call, element: Value, function: Value) -> Value:
    values = element.items if isinstance(element, Tuple) and element.kind == "tuple" else (element,)
    if isinstance(function, (Function, Method)):
        return call.engine.run(function, values)
    if isinstance(function, Symbol):
        made: Value = registry.call(Call(function.path, tuple(map(Argument, values)), call.engine, call.place))
        return made
    return Unknown("a map over something unknown")


def _structured(value: Value) -> Value:
    """A list that a function returns is stacked to one tensor."""
    if isinstance(value, Thing) and value.type == "list":
        return Tensor(array_shape(value), TENSOR)
    return value


@op(f"{DATASET}.window")
def window(_: Any, call: Call) -> Value:
    """Elements that are datasets of a few; tuples and dicts are kept outside."""
    element = element_of(call.receiver)
    if isinstance(element, Tuple):
        return dataset(Tuple(tuple(dataset(item) for item in element.items)))
    return dataset(dataset(element))


@op(f"{DATASET}.enumerate")
def enumerate_(_: Any, call: Call) -> Value:
    return dataset(Tuple((Tensor((), TENSOR, "int64"), element_of(call.receiver))))


@op(f"{DATASET}.__iter__", f"{DATASET}.as_numpy_iterator")
def iterate(_: Any, call: Call) -> Value:
    element = element_of(call.receiver)
    if call.callee == "as_numpy_iterator" and isinstance(element, Tensor):
        element = Tensor(element.shape, "numpy.ndarray", element.dtype)
    return Many(element, dims.symbol("batches"))


@op(f"{DATASET}.cardinality", f"{DATASET}.reduce")
def count(_: Any, call: Call) -> Value:
    return Unknown("what a dataset counts")


@attribute(f"{DATASET}.element_spec")
def element_spec(_: Any, owner: Value, engine: Any) -> Value:
    return element_of(owner)
