"""Random arrays, by the functions of numpy.random and by the two kinds of generators."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, integer
from lstm_lint.library.arrays.making import shape_given
from lstm_lint.library.arrays.spelling import NDARRAY, NUMBER, in_a_layer
from lstm_lint.library.symbolic import check_sizes
from lstm_lint.library.tables import op
from lstm_lint.values import shapes
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Shape, Tensor, Thing, Tuple, Value, number

MAKERS = ("numpy.random", "numpy.Generator", "numpy.RandomState")
SIZED = {  # name: position of `size`
    "random": 0,
    "random_sample": 0,
    "ranf": 0,
    "sample": 0,
    "standard_normal": 0,
    "standard_exponential": 0,
    "poisson": 1,
    "exponential": 1,
    "geometric": 1,
    "chisquare": 1,
    "standard_t": 1,
    "rayleigh": 1,
    "pareto": 1,
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
    "logistic": 2,
    "gumbel": 2,
    "vonmises": 2,
    "triangular": 3,
}
WHOLE = ("integers", "randint", "random_integers", "poisson", "binomial", "geometric")


def drawn(shape: Shape | Unknown, dtype: str | None = "float64") -> Tensor:
    return Tensor(shape, NUMBER if shape == () else NDARRAY, dtype)


def check_drawn(call: Call, size: Value) -> None:
    if not in_a_layer(call.engine):
        check_sizes(call, size)


@op(*(f"{maker}.{name}" for maker in MAKERS for name in ("rand", "randn")))
def by_dims(_: Any, call: Call) -> Value:
    """rand(d0, d1, ...) -> (d0, d1, ...); no size gives a number."""
    if call.open:
        return drawn(NO_RANK)
    check_drawn(call, Tuple(tuple(argument.value for argument in call.positional())))
    return drawn(tuple(number(argument.value) for argument in call.positional()))


@op(*(f"{maker}.{name}" for maker in MAKERS for name in SIZED))
def sized(_: Any, call: Call) -> Value:
    """A `size` of any form -> an array of that shape; none gives what the parameters broadcast to."""
    name = call.callee.rpartition(".")[2]
    size = call.value("size", SIZED[name], NONE)
    kind = None if call.find("dtype") is not None else "int64" if name in WHOLE else "float64"
    if size != NONE:
        check_drawn(call, size)
        return drawn(shape_given(size), kind)
    shape: Shape | Unknown | None = ()
    for argument in call.arguments:
        theirs = array_shape(argument.value) if argument.name not in ("dtype", "endpoint") else ()
        unknown = isinstance(shape, Unknown) or isinstance(theirs, Unknown) or shape is None
        shape = NO_RANK if unknown else shapes.broadcast(shape, theirs)  # type: ignore[arg-type]
    return drawn(shape if shape is not None else NO_RANK, kind)


@op(*(f"{maker}.choice" for maker in MAKERS))
def choice(_: Any, call: Call) -> Value:
    """Rows of an array: (*size, *row)."""
    size = call.value("size", 1, NONE)
    source = array_shape(call.value("a", 0), call.engine)
    row = NO_RANK if isinstance(source, Unknown) else source[1:]
    head = () if size == NONE else shape_given(size)
    if isinstance(head, Unknown) or isinstance(row, Unknown) or integer(call.value("axis", 3, Const(0))) != 0:
        return Unknown("a random choice") if size == NONE else drawn(NO_RANK, None)
    if size == NONE and not row and isinstance(call.value("a", 0), Thing):
        return Unknown("a random choice")
    kind = "int64" if isinstance(call.value("a", 0), (Const, Size)) else None
    return drawn((*head, *row), kind)


@op(*(f"{maker}.multivariate_normal" for maker in MAKERS))
def multivariate(_: Any, call: Call) -> Value:
    """(*size, n) of a mean of n."""
    mean, size = array_shape(call.value("mean", 0)), call.value("size", 2, NONE)
    head = () if size == NONE else shape_given(size)
    return drawn(NO_RANK if isinstance(mean, Unknown) or isinstance(head, Unknown) else (*head, *mean))


@op("numpy.random.default_rng", "numpy.random.RandomState", "numpy.random.Generator")
def generator(_: Any, call: Call) -> Value:
    return Thing("numpy.RandomState" if call.callee.endswith("RandomState") else "numpy.Generator")


@op(*(f"{maker}.{name}" for maker in MAKERS for name in ("permutation", "permuted")))
def permutation(_: Any, call: Call) -> Value:
    """n -> (n,); an array -> an array of its shape."""
    value = call.value("x", 0)
    if isinstance(value, (Const, Size)) or isinstance(value, Unknown) and value.name:
        return drawn((number(value),), "int64")
    return drawn(array_shape(value, call.engine), getattr(value, "dtype", None))


@op(*(f"{maker}.dirichlet" for maker in MAKERS), *(f"{maker}.multinomial" for maker in MAKERS))
def simplex(_: Any, call: Call) -> Value:
    place = 1 if call.callee.endswith("dirichlet") else 2
    inner = array_shape(call.value("alpha" if place == 1 else "pvals", place - 1))
    size = call.value("size", place, NONE)
    head = () if size == NONE else shape_given(size)
    kind = "float64" if place == 1 else "int64"
    return drawn(NO_RANK if isinstance(inner, Unknown) or isinstance(head, Unknown) else (*head, *inner), kind)
