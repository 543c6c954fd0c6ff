"""Shapes as the user gives them: to Input, InputLayer, and to a first layer as `input_shape`."""

from lstm_lint.library.keras import everywhere
from lstm_lint.library.keras.checking import Asked, Predicate, Refusal, clash_of, is_layer, kind_of, plain, whole
from lstm_lint.library.keras.windows import listed
from lstm_lint.library.registry import Registry
from lstm_lint.values.library import Clash, Engine
from lstm_lint.values.value import NONE, Tuple, Value

BOTH = {
    "keras2": "Only provide the `shape` OR `batch_input_shape` argument",
    "keras3": "You cannot pass both `shape` and `batch_shape`",
}
NEITHER = {"keras2": "Please provide to Input a `shape`", "keras3": "You must pass a `shape` argument"}


def check_shape(registry: Registry, value: Value, name: str, of_layer: bool = False) -> None:
    """Raises Clash for what is surely no shape: a number, sizes that are no ints or below zero."""
    modern, number = registry.target == "keras3", plain(value)
    if isinstance(number, int):
        if modern:
            raise _refused(name, value, "ValueError", f"Cannot convert '{number}' to a shape")
        if of_layer:
            raise _refused(name, value, "TypeError", "object is not iterable")
        return
    if isinstance(number, float):
        raise _refused(
            name, value, "ValueError" if modern else "TypeError", "to a shape" if modern else "object is not"
        )
    if isinstance(number, str) and number:
        words = "to a shape" if modern else "Dimension value must be integer or None"
        raise _refused(name, value, "ValueError" if modern else "TypeError", words)
    for item in listed(value) or ():
        kind, size = kind_of(item), plain(item)
        if kind in ("float", "str") or listed(item) is not None or is_layer(registry, item):
            words = "Found invalid dimension" if modern else "Dimension value must be integer or None"
            raise _refused(name, value, "ValueError" if modern else "TypeError", words)
        if isinstance(size, int) and size < 0:
            raise _refused(
                name, value, "ValueError", "Negative dimensions are not allowed" if modern else "must be >= 0"
            )


def _refused(name: str, value: Value, raises: str, words: str) -> Clash:
    kind = "shape-not-a-tuple" if isinstance(plain(value), int) else "argument-value"
    return Clash(kind, (raises,), (words,), {"name": name, "value": value}, at=name)


def check_input(registry: Registry, given: dict[str, Value], open_call: bool, engine: Engine) -> None:
    """The arguments of Input together: one shape, with its batch axis or without."""
    shape = given.get("shape", NONE)
    whole_shape = next((given[n] for n in ("batch_shape", "batch_input_shape") if given.get(n, NONE) != NONE), NONE)
    if shape != NONE and whole_shape != NONE:
        raise Clash("two-shapes", ("ValueError",), (BOTH[registry.target],), {"value": shape}, at="shape")
    if whole_shape != NONE and registry.target == "keras3" and given.get("batch_size", NONE) != NONE:
        words = ("You cannot pass both `batch_size` and `batch_shape`",)
        raise Clash("two-shapes", ("ValueError",), words, {"value": whole_shape}, at="batch_size")
    others = any(given.get(name, NONE) != NONE for name in ("tensor", "type_spec", "input_tensor"))
    if shape == NONE and whole_shape == NONE and not others and not open_call:
        raise Clash("no-shape", ("ValueError",), (NEITHER[registry.target],), {"callee": "keras.Input"})
    check_shape(registry, shape, "shape")
    check_shape(registry, whole_shape, "batch_shape")
    check_batch(registry, given)
    for name, question in (("name", everywhere.name), ("dtype", everywhere.dtype)):
        if given.get(name, NONE) != NONE:
            check_one(Asked(registry, engine, "keras.Input", name, given[name], given), question)


def check_batch(registry: Registry, given: dict[str, Value]) -> None:
    """The first size of a shape."""
    size = given.get("batch_size", NONE)
    if size != NONE:
        check_shape(registry, Tuple((size,)), "batch_size")


def check_one(asked: Asked, question: Predicate) -> None:
    refusal = question(asked)
    if refusal is not None:
        raise clash_of(asked, refusal)


@whole("keras.layers.InputLayer")
def input_layer(asked: Asked) -> None:
    for name in ("shape", "input_shape", "batch_shape", "batch_input_shape"):
        if name in asked.arguments:
            check_shape(asked.registry, asked.arguments[name], name)
    check_batch(asked.registry, asked.arguments)
    names = ("shape", "batch_shape", "input_shape", "batch_input_shape", "input_tensor")
    if asked.registry.target == "keras3" and all(asked.arguments.get(name, NONE) == NONE for name in names):
        raise Clash("no-shape", ("ValueError",), (NEITHER["keras3"],), {"callee": asked.callee})


def input_shape(asked: Asked) -> Refusal | None:
    """Keras 2 makes a tuple of a layer's `input_shape` as soon as it is made."""
    if asked.callee == "keras.layers.InputLayer":
        return None
    odd = kind_of(asked.value) in ("int", "float", "bool", "NoneType") or is_layer(asked.registry, asked.value)
    if asked.registry.target == "keras2" and odd:
        return Refusal("TypeError", "object is not iterable")
    return None
