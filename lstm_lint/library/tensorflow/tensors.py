"""Random tensors, variables, and what TensorFlow's tensors tell of themselves."""

from typing import Any

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.arrays.making import sizes_given
from lstm_lint.library.arrays.spelling import EAGER, SYMBOLIC, dtype_of, given, made, spelled
from lstm_lint.library.tables import attribute, op
from lstm_lint.values import shapes
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Value

VARIABLE = "tensorflow.Variable"

OF_THE_SHAPE = "normal uniform truncated_normal stateless_normal stateless_uniform stateless_truncated_normal"
BEHIND_IT = "gamma poisson"
BOUNDS = ("mean", "stddev", "minval", "maxval")


@op(*(f"tensorflow.random.{name}" for name in OF_THE_SHAPE.split()), "keras.random.normal", "keras.random.uniform")
@op("keras.random.randint", "keras.random.truncated_normal")
@op(*(f"keras.backend.{name}" for name in ["random_normal", "random_uniform", "truncated_normal", "random_bernoulli"]))
@op("tensorflow.random_normal", "tensorflow.random_uniform", "tensorflow.truncated_normal")
def random(_: Any, call: Call) -> Value:
    """Of the shape asked for; what its bounds are of may make it larger."""
    shape, found = sizes_given(call, given(call, 0, "shape")), [each.value for each in call.positional()]
    first = 2 if "stateless" in call.callee else 1
    bounds = found[first : first + 2] + [each.value for each in call.arguments if each.name in BOUNDS]
    kind = dtype_of(call, found[first + 2]) if len(found) > first + 2 else "float32"
    kind = "int32" if call.callee.endswith("randint") and len(found) <= first + 2 else kind
    return made(call, shape if all(array_shape(each) == () for each in bounds) else None, dtype=kind)


@op(*(f"tensorflow.random.{name}" for name in BEHIND_IT.split()))
def of_parameters(_: Any, call: Call) -> Value:
    """(shape, parameters) -> (*shape, *what the parameters broadcast to)."""
    shape, one = sizes_given(call, given(call, 0, "shape")), array_shape(given(call, 1, "alpha", "lam"))
    other = array_shape(given(call, 2, "beta")) if call.callee.endswith("gamma") else ()
    if isinstance(shape, Unknown) or isinstance(one, Unknown) or isinstance(other, Unknown):
        return made(call, None)
    behind = shapes.broadcast(one, other)
    return made(call, None if behind is None else (*shape, *behind))


@op("tensorflow.random.shuffle", "keras.random.shuffle")
def shuffled(_: Any, call: Call) -> Value:
    data = given(call, 0, "value", "x")
    return made(call, array_shape(data), data)


@op("tensorflow.random.set_seed", "tensorflow.random.set_random_seed")
def nothing(_: Any, call: Call) -> Value:
    return NONE


@op(
    f"{VARIABLE}.assign",
    f"{VARIABLE}.assign_add",
    f"{VARIABLE}.assign_sub",
    f"{VARIABLE}.read_value",
    f"{VARIABLE}.value",
)
def assigned(_: Any, call: Call) -> Value:
    """A variable keeps its shape."""
    assert isinstance(call.receiver, Tensor)
    return Tensor(call.receiver.shape, VARIABLE, call.receiver.dtype)


@op(f"{SYMBOLIC}.set_shape", f"{EAGER}.set_shape")
def set_shape(_: Any, call: Call) -> Value:
    return NONE


@attribute(*(f"{kind}.dtype" for kind in (SYMBOLIC, EAGER, "tensor")))
def dtype(_: Any, owner: Tensor, engine: Any) -> Value:
    return Const(owner.dtype) if owner.dtype else Unknown("a dtype that is not known")


@op("tensorflow.Tensor.eval", "keras.backend.get_value", "keras.backend.eval", "tensorflow.get_static_value")
def evaluated(_: Any, call: Call) -> Value:
    data = given(call, 0, "x", "tensor")
    return Tensor(array_shape(data), "numpy.ndarray", getattr(data, "dtype", None))


@spelled("tf", "sequence_mask")
def sequence_mask(_: Any, call: Call) -> Value:
    """(...) of lengths -> (..., maxlen)."""
    from lstm_lint.values.value import number

    data, most = given(call, 0, "lengths"), given(call, 1, "maxlen")
    shape = array_shape(data)
    if isinstance(shape, Unknown):
        return made(call, None, data)
    kind = "bool" if len(call.arguments) < 3 else None
    return made(call, (*shape, Unknown("the longest") if most == NONE else number(most)), data, dtype=kind)


@spelled("nn", "embedding_lookup")
def lookup(_: Any, call: Call) -> Value:
    """(vocabulary, width) by (...) of indices -> (..., width)."""
    table, indices = given(call, 0, "params"), given(call, 1, "ids")
    shape, places = array_shape(table), array_shape(indices)
    known = isinstance(table, Tensor) and not isinstance(shape, Unknown) and not isinstance(places, Unknown)
    return made(call, (*places, *shape[1:]) if known else None, table)  # type: ignore[misc, index]
