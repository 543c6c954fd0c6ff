"""What an array of numpy tells of itself."""

from typing import Any

from lstm_lint.library.arguments import shape_value
from lstm_lint.library.arrays.axes import flattened
from lstm_lint.library.arrays.spelling import NDARRAY, cell_of, in_a_layer
from lstm_lint.library.tables import attribute, op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Many, Tensor, Thing, Value, from_dim


@attribute(f"{NDARRAY}.shape")
def shape(_: Any, owner: Tensor, engine: Any) -> Value:
    return shape_value(owner.shape, "shape" if in_a_layer(engine) else "bare")


@attribute(f"{NDARRAY}.ndim")
def ndim(_: Any, owner: Tensor, engine: Any) -> Value:
    return Unknown("a rank that is not known") if owner.rank is None else Const(owner.rank)


@attribute(f"{NDARRAY}.size")
def size(_: Any, owner: Tensor, engine: Any) -> Value:
    return owner.shape if isinstance(owner.shape, Unknown) else from_dim(flattened(owner.shape))


@attribute(f"{NDARRAY}.dtype")
def dtype(_: Any, owner: Tensor, engine: Any) -> Value:
    return Const(owner.dtype) if owner.dtype else Unknown("a dtype that is not known")


@attribute(f"{NDARRAY}.T")
def transposed(_: Any, owner: Tensor, engine: Any) -> Value:
    turned = owner.shape if isinstance(owner.shape, Unknown) else tuple(reversed(owner.shape))
    return Tensor(turned, NDARRAY, owner.dtype)


@attribute(f"{NDARRAY}.real", f"{NDARRAY}.imag")
def part(_: Any, owner: Tensor, engine: Any) -> Value:
    return Tensor(owner.shape, NDARRAY)


@attribute(f"{NDARRAY}.flat")
def flat(_: Any, owner: Tensor, engine: Any) -> Value:
    whole = Unknown("a flattened length") if isinstance(owner.shape, Unknown) else flattened(owner.shape)
    return Tensor((whole,), NDARRAY, owner.dtype)


@op(f"{NDARRAY}.tolist", "pandas.Series.tolist", "pandas.Series.to_list")
def tolist(_: Any, call: Call) -> Value:
    """Nested lists of the same shape."""
    return nested(call.receiver) if isinstance(call.receiver, Tensor) else Unknown("a list of something unknown")


def nested(array: Tensor) -> Value:
    if isinstance(array.shape, Unknown):
        return Unknown("a list of unknown depth")
    if array.content is not None:
        return Thing("list", {"items": tuple(map(Const, array.content))})
    if not array.shape:
        return cell_of(array)
    inner = nested(Tensor(array.shape[1:], array.type, array.dtype, cells=array.cells))
    return Thing("list", {"items": Many(inner, array.shape[0])})


@op(f"{NDARRAY}.item", f"{NDARRAY}.itemset")
def item(_: Any, call: Call) -> Value:
    return Tensor((), "float")


@op(f"{NDARRAY}.sort", f"{NDARRAY}.fill", f"{NDARRAY}.setflags", f"{NDARRAY}.tofile", f"{NDARRAY}.resize")
@op("numpy.random.shuffle", "numpy.RandomState.shuffle", "numpy.Generator.shuffle", "numpy.put", "numpy.fill_diagonal")
def in_place(_: Any, call: Call) -> Value:
    """The elements change, the shape does not; after `resize` nothing is known of it."""
    array = call.receiver if call.callee in ("sort", "fill", "resize") else call.value("x", 0)
    if isinstance(array, Tensor):
        array.content = None
        if call.callee == "resize":
            array.shape = Unknown("a resized array")
    return NONE


@op(
    "numpy.save",
    "numpy.savez",
    "numpy.savez_compressed",
    "numpy.savetxt",
    "numpy.random.seed",
    "numpy.set_printoptions",
)
def nothing(_: Any, call: Call) -> Value:
    return NONE


@op("numpy.allclose", "numpy.array_equal", "numpy.isscalar", "numpy.may_share_memory", "numpy.issubdtype")
def answer(_: Any, call: Call) -> Value:
    return Unknown(f"what {call.callee} answers")
