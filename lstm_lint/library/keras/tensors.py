"""Symbolic tensors and variables: where they come from, and what they tell of themselves."""

from typing import Any

from lstm_lint.library.arguments import as_shape, shape_value, symbolic_shape
from lstm_lint.library.arrays.spelling import in_a_layer
from lstm_lint.library.keras.calling import SYMBOLIC
from lstm_lint.library.keras.making import bind
from lstm_lint.library.keras.models import dtype_given
from lstm_lint.library.keras.shapes_given import check_input
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import attribute, op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Value, number

KINDS = (SYMBOLIC, "tensorflow.Tensor", "tensorflow.Variable", "tensor")


@op("keras.Input")
def input_(registry: Registry, call: Call) -> Value:
    """shape without the batch axis, or batch_shape with it -> a symbolic tensor."""
    given = bind(registry, call)
    check_input(registry, given, call.open, call.engine)
    whole = given.get("batch_shape", NONE)
    if whole == NONE:
        whole = given.get("batch_input_shape", NONE)
    shape = as_shape(whole) if whole != NONE else _with_batch(registry, given)
    told = all(given.get(name, NONE) == NONE for name in ("tensor", "type_spec"))
    return Tensor(shape, SYMBOLIC, dtype_given(given.get("dtype", NONE)) if told else None)


def _with_batch(registry: Registry, given: dict[str, Value]) -> Shape | Unknown:
    rest = as_shape(given.get("shape", NONE))
    return rest if isinstance(rest, Unknown) else (number(given.get("batch_size", NONE)), *rest)


@attribute(*(f"{kind}.shape" for kind in KINDS), "keras.layers.Layer.shape")
def shape(registry: Registry, owner: Tensor, engine: Any) -> Value:
    if not isinstance(owner, Tensor):
        return Unknown("a shape")
    if owner.type != SYMBOLIC or in_a_layer(engine):
        return shape_value(owner.shape)
    return symbolic_shape(owner.shape, "shape" if registry.target == "keras2" else "bare")


@attribute(*(f"{kind}.ndim" for kind in KINDS))
def ndim(registry: Registry, owner: Tensor, engine: Any) -> Value:
    return Unknown("a rank that is not known") if owner.rank is None else Const(owner.rank)


@op("tensorflow.Tensor.numpy", "tensorflow.Variable.numpy")
def numpy(registry: Registry, call: Call) -> Value:
    """The same shape as a numpy array."""
    assert isinstance(call.receiver, Tensor)
    return Tensor(call.receiver.shape, "numpy.ndarray", call.receiver.dtype)


@op(f"{SYMBOLIC}.get_shape", until="keras3")
@op("tensorflow.Tensor.get_shape")
def get_shape(registry: Registry, call: Call) -> Value:
    assert isinstance(call.receiver, Tensor)
    return shape(registry, call.receiver, call.engine)
