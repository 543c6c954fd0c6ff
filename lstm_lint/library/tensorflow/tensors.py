"""Random tensors, variables, and what TensorFlow's tensors tell of themselves."""

from typing import Any

from lstm_lint.library.arguments import array_shape
from lstm_lint.library.arrays.making import sizes_given
from lstm_lint.library.arrays.spelling import EAGER, SYMBOLIC, given, made, spelled
from lstm_lint.library.tables import attribute, op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Value

VARIABLE = "tensorflow.Variable"

NORMAL = "normal uniform truncated_normal gamma poisson stateless_normal stateless_uniform"


@op(*(f"tensorflow.random.{name}" for name in NORMAL.split()), "keras.random.normal", "keras.random.uniform")
@op("keras.random.randint", "keras.random.truncated_normal")
@op(*(f"keras.backend.{name}" for name in ["random_normal", "random_uniform", "truncated_normal", "random_bernoulli"]))
@op("tensorflow.random_normal", "tensorflow.random_uniform", "tensorflow.truncated_normal")
def random(_: Any, call: Call) -> Value:
    return Tensor(sizes_given(call, given(call, 0, "shape")), EAGER, "float32")


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
    return made(call, (*shape, Unknown("the longest") if most == NONE else number(most)), data, dtype="bool")


@spelled("nn", "embedding_lookup")
def lookup(_: Any, call: Call) -> Value:
    """(vocabulary, width) by (...) of indices -> (..., width)."""
    table, indices = given(call, 0, "params"), given(call, 1, "ids")
    shape, places = array_shape(table), array_shape(indices)
    known = not isinstance(shape, Unknown) and not isinstance(places, Unknown)
    return made(call, (*places, *shape[1:]) if known else None, table)  # type: ignore[misc, index]
