"""Numbers: conversions, sums, the functions of math and random. A number that is not known is an array of rank 0."""

import builtins
import math
from collections.abc import Sequence
from typing import Any

from lstm_lint.library.python.functions import many
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Tuple, Value, from_dim, number


def some_number() -> Tensor:
    return Tensor((), "float")


MOST_PLACES = 400
"""`round(1, -n)` computes 10 ** n."""

CONVERTING = "builtins.int builtins.round builtins.float builtins.abs builtins.bool builtins.str math.ceil math.floor"


@op(*CONVERTING.split())
def converted(registry: Any, call: Call) -> Value:
    """Numbers to numbers; a size stays the size it is."""
    value = call.value("x", 0, Const(0))
    name = call.callee.rpartition(".")[2]
    if isinstance(value, Size) and name in ("int", "round", "ceil", "floor", "abs"):
        return value
    if name == "float" and not isinstance(value, Const):
        return some_number()
    if name == "abs" and isinstance(value, Tensor):
        return Tensor(value.shape, value.type, value.dtype)
    places = [a.value for a in call.arguments[1:]]
    far = any(
        isinstance(each, Const) and isinstance(each.value, int) and abs(each.value) > MOST_PLACES for each in places
    )
    if not isinstance(value, Const) or len(places) > 1 or far:
        reason = f"{name} of an unknown value"
        return Unknown(reason, value.name, value.key) if isinstance(value, Unknown) else Unknown(reason)
    function = getattr(math, name, None) or getattr(builtins, name)
    try:
        return Const(function(*(a.value.value for a in call.arguments)))  # type: ignore[union-attr]
    except (TypeError, ValueError, OverflowError, AttributeError):
        return Unknown(f"{name} fails on this value")


@op("builtins.sum", "builtins.min", "builtins.max")
def reduced(registry: Any, call: Call) -> Value:
    """Of constants what it is; of sizes their sum; of rows one of them."""
    name = call.callee.rpartition(".")[2]
    given = [a.value for a in call.positional()]
    several = len(given) > 1 and name != "sum"
    values = given if several else call.engine.elements(given[0]) if given else None
    if values is None:
        held = many(call, given[0]) if given else None
        return _of_many(name, held.element) if held else Unknown(f"{name} of unknown values")
    if call.find("key") is not None or not values:
        return Unknown(f"{name} of unknown values")
    return _of_values(name, values)


def _of_values(name: str, values: Sequence[Value]) -> Value:
    if all(isinstance(value, Const) for value in values):
        try:
            return Const(getattr(builtins, name)([value.value for value in values if isinstance(value, Const)]))
        except TypeError:
            return Unknown(f"{name} fails on these values")
    if name == "sum" and all(isinstance(number(value), (int, Size)) for value in values):
        total: dims.Dim = 0
        for value in values:
            total = dims.add(total, number(value))
        return from_dim(total)
    return _of_many(name, values[0])


def _of_many(name: str, element: Value) -> Value:
    return (
        some_number() if isinstance(element, Tensor) and element.shape == () else Unknown(f"{name} of unknown values")
    )


@op("builtins.divmod")
def divmod_(registry: Any, call: Call) -> Value:
    left, right = number(call.value("x", 0)), number(call.value("y", 1))
    return Tuple((from_dim(dims.divide(left, right)), from_dim(dims.modulo(left, right))))


@op("builtins.pow")
def power(registry: Any, call: Call) -> Value:
    values = [a.value for a in call.arguments]
    return _computed(pow, values, 10**3) if len(values) == 2 else Unknown("a power")


MATHEMATICS = [
    "sqrt",
    "log2",
    "log",
    "pow",
    "prod",
    "log10",
    "exp",
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "atan2",
    "hypot",
    "fabs",
    "trunc",
    "gcd",
    "lcm",
    "factorial",
    "comb",
    "perm",
    "fmod",
    "log1p",
    "expm1",
    "sinh",
    "cosh",
    "tanh",
    "radians",
    "degrees",
    "isclose",
    "isnan",
    "isinf",
    "copysign",
    "dist",
    "erf",
]
GROWING = ("factorial", "comb", "perm")


@op(*(f"math.{name}" for name in MATHEMATICS))
def mathematics(registry: Any, call: Call) -> Value:
    name = call.callee.rpartition(".")[2]
    values = [a.value for a in call.arguments]
    if name == "prod" and values:
        values = list(call.engine.elements(values[0]) or ())
        return from_dim(dims.product(map(number, values))) if values else Unknown("a product")
    return _computed(getattr(math, name), values, 10**3 if name in GROWING else 10**6)


def _computed(function: Any, values: Sequence[Value], most: int) -> Value:
    if not all(isinstance(value, Const) for value in values):
        return some_number()
    try:
        if any(isinstance(each.value, int) and abs(each.value) > most for each in values if isinstance(each, Const)):
            return some_number()
        return Const(function(*(each.value for each in values if isinstance(each, Const))))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return Unknown("a number")


@op(*(f"random.{name}" for name in ("random", "uniform", "gauss", "normalvariate", "betavariate", "expovariate")))
@op("time.time", "time.perf_counter", "time.process_time", "time.monotonic")
def some(registry: Any, call: Call) -> Value:
    return some_number()


@op("random.randint", "random.randrange")
def whole(registry: Any, call: Call) -> Value:
    return dims.symbol(call.callee.rpartition(".")[2])


@op("random.choice")
def choice(registry: Any, call: Call) -> Value:
    from lstm_lint.values.value import either

    source = call.value("seq", 0)
    known, held = call.engine.elements(source), many(call, source)
    return either(known) if known else held.element if held else Unknown("a random choice")


@op("random.sample", "random.choices")
def sample(registry: Any, call: Call) -> Value:
    """A list of k of the elements."""
    from lstm_lint.values.value import Many, either

    source, count = call.value("population", 0), number(call.value("k", 1, Const(1)))
    known, held = call.engine.elements(source), many(call, source)
    element = either(known) if known else held.element if held else Unknown("a random choice")
    return Thing("list", {"items": Many(element, count)})


@op("random.shuffle", "random.seed")
def shuffled(registry: Any, call: Call) -> Value:
    """In place: any order, as many elements."""
    from lstm_lint.values.value import Many, either

    value = call.value("x", 0, NONE)
    if call.callee.endswith("shuffle") and isinstance(value, Thing) and isinstance(value.get("items"), tuple):
        items = value.fields["items"]
        if items and not all(
            isinstance(each, Tensor) and each.shape == getattr(items[0], "shape", None) for each in items
        ):
            call.engine.heap.put(value, "items", Many(either(items), len(items)))
    return NONE
