"""Arrays that numpy makes."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, as_shape, integer
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim, Size
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Value, from_dim, number, plain

NDARRAY = "numpy.ndarray"
MOST_CONTENT = 64


def array(shape: Shape | Unknown, dtype: str | None = None, content: Any = None) -> Tensor:
    return Tensor(shape, NDARRAY, dtype, content)


def dtype_of(value: Value) -> str | None:
    """`"float32"`, `np.float32`, `float` as the name of a dtype."""
    path = getattr(value, "path", None)
    if isinstance(value, Const) and isinstance(value.value, str):
        return value.value
    name = path.rpartition(".")[2] if isinstance(path, str) else None
    return {"int": "int64", "float": "float64"}.get(name, name) if name else None


@op("numpy.zeros", "numpy.ones", "numpy.empty")
def filled(_: Any, call: Call) -> Value:
    """shape -> an array of that shape."""
    return array(as_shape(call.value("shape", 0)), dtype_of(call.value("dtype", 1, Const("float64"))))


@op("numpy.full")
def full(_: Any, call: Call) -> Value:
    return array(as_shape(call.value("shape", 0)))


@op("numpy.zeros_like", "numpy.ones_like", "numpy.empty_like", "numpy.full_like")
def like(_: Any, call: Call) -> Value:
    return array(array_shape(call.value("a", 0)))


@op("numpy.eye", "numpy.identity")
def eye(_: Any, call: Call) -> Value:
    rows = call.value("N", 0)
    columns = call.value("M", 1, rows)
    return array((number(rows), number(columns if columns != NONE else rows)), "float64")


@op("numpy.random.rand", "numpy.random.randn", "numpy.RandomState.rand", "numpy.RandomState.randn")
def by_dims(_: Any, call: Call) -> Value:
    """rand(d0, d1, ...) -> (d0, d1, ...); no size gives a number."""
    if call.open:
        return array(NO_RANK, "float64")
    sizes = tuple(number(argument.value) for argument in call.positional())
    return array(sizes, "float64") if sizes else Unknown("a random number")


SIZED = {  # name: position of `size`
    "random": 0,
    "random_sample": 0,
    "ranf": 0,
    "standard_normal": 0,
    "integers": 2,
    "randint": 2,
    "random_integers": 2,
    "uniform": 2,
    "normal": 2,
    "beta": 2,
    "binomial": 2,
    "gamma": 2,
    "lognormal": 2,
    "laplace": 2,
    "poisson": 1,
    "exponential": 1,
    "choice": 1,
    "multivariate_normal": 2,
}
MAKERS = ("numpy.random", "numpy.Generator", "numpy.RandomState")


@op(*(f"{maker}.{name}" for maker in MAKERS for name in SIZED if name != "multivariate_normal"))
def sized(_: Any, call: Call) -> Value:
    """A `size` of any form -> an array of that shape; None gives a number."""
    name = call.callee.rpartition(".")[2]
    size = call.value("size", SIZED[name], NONE)
    if size == NONE:
        parameters = [array_shape(a.value) for a in call.positional()[: SIZED[name]]]
        return Unknown("a random number") if all(p == () for p in parameters) else array(NO_RANK)
    kind = "int64" if name in ("integers", "randint", "random_integers", "poisson", "binomial") else "float64"
    return array(as_shape(size), None if name == "choice" else kind)


@op("numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.Generator")
def generator(_: Any, call: Call) -> Value:
    return Thing("numpy.RandomState" if call.callee.endswith("RandomState") else "numpy.Generator")


@op("numpy.random.permutation", "numpy.Generator.permutation", "numpy.RandomState.permutation")
def permutation(_: Any, call: Call) -> Value:
    """n -> (n,); an array -> an array of its shape."""
    given = call.value("x", 0)
    return array((number(given),), "int64") if isinstance(given, Const | Size) else array(array_shape(given))


@op("numpy.arange")
def arange(_: Any, call: Call) -> Value:
    """(stop) or (start, stop[, step]) of ints -> (n,)."""
    bounds = [argument.value for argument in call.positional()]
    if call.open or not 1 <= len(bounds) <= 3:
        return array((Unknown("the length of an arange"),))
    start, stop = (Const(0), bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = call.value("step", 2, Const(1))
    whole = all(isinstance(b, Size) or integer(b) is not None for b in (start, stop, step))
    return array((_steps(number(start), number(stop), number(step)) if whole else _float_steps(start, stop, step),))


def _steps(start: Dim, stop: Dim, step: Dim) -> Dim:
    if isinstance(start, int) and isinstance(stop, int) and isinstance(step, int) and step:
        return len(range(start, stop, step))
    return dims.subtract(stop, start) if step == 1 else Unknown("the length of an arange")


def _float_steps(start: Value, stop: Value, step: Value) -> Dim:
    from math import ceil

    parts = [p.value if isinstance(p, Const) else None for p in (start, stop, step)]
    if not all(isinstance(p, int | float) for p in parts) or not parts[2]:
        return Unknown("the length of an arange")
    exact = (parts[1] - parts[0]) / parts[2]  # type: ignore[operator]
    return max(0, ceil(exact)) if abs(exact - round(exact)) > 1e-6 else Unknown("the length of a float arange")


@op("numpy.linspace", "numpy.logspace", "numpy.geomspace")
def linspace(_: Any, call: Call) -> Value:
    return array((number(call.value("num", 2, Const(50))),), "float64")


@op("numpy.array", "numpy.asarray", "numpy.asanyarray", "numpy.ascontiguousarray", "numpy.copy", "numpy.float32")
def from_data(_: Any, call: Call) -> Value:
    """Nested lists, tuples or arrays -> the array of their shape; ragged ones give Unknown."""
    data = call.value("object", 0)
    dtype = call.value("dtype", 1, NONE)
    shape = array_shape(data, call.engine)
    kind = dtype_of(dtype) if dtype != NONE else data.dtype if isinstance(data, Tensor) else None
    return array(shape, kind, _content(data, shape))


def _content(data: Value, shape: Shape | Unknown) -> Any:
    if isinstance(data, Tensor):
        return data.content
    if isinstance(shape, Unknown) or len(shape) != 1 or not isinstance(shape[0], int) or shape[0] > MOST_CONTENT:
        return None
    try:
        return tuple(plain(data))
    except (ValueError, TypeError):
        return None


@op("numpy.meshgrid", "numpy.genfromtxt", "numpy.load", "numpy.fromfile")
def unknown(_: Any, call: Call) -> Value:
    return Unknown(f"{call.callee} reads from outside")


@op("numpy.loadtxt", "numpy.fromstring")
def unknown_array(_: Any, call: Call) -> Value:
    return array(NO_RANK)


__all__ = ["array", "dtype_of", "from_dim"]
