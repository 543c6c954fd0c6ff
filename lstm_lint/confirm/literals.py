"""What is written the same in every witness: literals, data of a shape, names."""

import re
from collections.abc import Iterable, Sequence

from lstm_lint.confirm.recipe import Node
from lstm_lint.confirm.sizes import Unfit, fits
from lstm_lint.values.value import Many, Thing, Tuple, Value, Whole


def first_batch(value: Value) -> Value | None:
    """What a generator gives first."""
    match value:
        case Tuple(items=(first, *_), kind="generator") | Many(first=first, kind="generator"):
            return first
    return None


def parts(value: Value | None) -> Iterable[Value]:
    """What a result holds: itself, or the members of a tuple or list."""
    match value:
        case None:
            return ()
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return items
    return (value,)


def literal(plain: object) -> Node:
    match plain:
        case Whole():
            return ["call", "numpy.int64", [int(plain)], []]
        case bytes():
            return ["bytes", plain.hex()]
        case complex():
            return ["complex", plain.real, plain.imag]
        case _ if plain is ...:
            return ["ellipsis"]
    return plain


def data(shape: Sequence[int], dtype: str) -> Node:
    """Random data; integers small enough to be indexes."""
    fits(shape)
    if dtype == "string":
        return ["call", "tensorflow.fill", [["list", *shape], "text"], []]
    if dtype.startswith(("int", "uint", "bool")):
        array: Node = ["call", "numpy.random.randint", [0, 2], [["size", ["tuple", *shape]]]]
    elif dtype.startswith("float"):
        array = ["call", "numpy.random.rand", list(shape), []] if shape else ["call", "numpy.ones", [["tuple"]], []]
    else:
        raise Unfit(f"no data of dtype {dtype} can be made")
    return array if dtype in ("float64", "int64") else ["method", array, "astype", [dtype], []]


def snake(name: str) -> str:
    """`TimeDistributed` -> `time_distributed`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
