"""What a symbolic tensor refuses: it holds a shape and no numbers, so it has no length, no rows, and is no array.

Inside the layers of the user's, where TensorFlow's own tensors stand for symbolic ones, nothing is asked.
"""

from collections.abc import Sequence
from typing import Any

from lstm_lint.library.arrays.spelling import SYMBOLIC, in_a_layer, parts
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.value import OPEN, Tensor, Thing, Tuple, Value

LENGTH = {"keras2": "do not implement `__len__`", "keras3": "object of type 'KerasTensor' has no len()"}
ROWS = {
    "keras2": "Cannot iterate over a Tensor with unknown first dimension",
    "keras3": "Iterating over a symbolic KerasTensor is not supported",
}
NUMBERS = {"keras2": "argument must be a string", "keras3": "A KerasTensor is symbolic"}
ARRAYS = {"keras2": "You are passing KerasTensor", "keras3": "A KerasTensor is symbolic"}
TRUTHS = {"keras2": "do not implement `__len__`", "keras3": "A symbolic KerasTensor cannot be used as a boolean"}
NO_SIZE = {
    "numpy": ("TypeError", "'NoneType' object cannot be interpreted as an integer"),
    "tensorflow": ("ValueError", "Attempt to convert a value (None) with an unsupported type"),
}

LOOPING = frozenset(["list", "tuple", "sorted", "set", "enumerate", "zip", "sum", "max", "min", "iter", "any", "all"])
SHAPED = frozenset(("numpy.shape", "numpy.ndim", "numpy.squeeze", "numpy.flip"))
"""Functions of numpy's that do not ask for the numbers."""


def is_symbolic(value: Value) -> bool:
    """Surely one: a tensor of unknown rank stands for whatever a layer gives."""
    return isinstance(value, Tensor) and value.type == SYMBOLIC and isinstance(value.shape, tuple)


def refuse(registry: Any, call: Call) -> None:
    """Raises Clash for a call of Python's or numpy's that needs the numbers of a symbolic tensor."""
    if not call.arguments or in_a_layer(call.engine):
        return
    home, _, name = call.callee.rpartition(".")
    if home == "numpy" and call.callee not in SHAPED:
        _array(registry, call)
    elif home == "builtins":
        _open(name, call)
        several = call.positional()
        for argument in several if name == "zip" or len(several) == 1 else several[:1] if name == "enumerate" else ():
            value = argument.value
            if isinstance(value, Tensor) and is_symbolic(value) and (refusal := _of_python(registry, name, value)):
                raise refusal


def _open(name: str, call: Call) -> None:
    """`range(x.shape[0])`, where that axis is open."""
    words = {"range": "cannot be interpreted as an integer", "int": "int() argument must be"}.get(name)
    if words and any(argument.value is OPEN for argument in call.positional()):
        raise Clash("open-size", ("TypeError",), (words, "NoneType"), {"function": call.callee})


def _of_python(registry: Any, name: str, tensor: Tensor) -> Clash | None:
    facts = {"tensor": tensor, "shape": tensor.shape, "function": name}
    if name == "len":
        return Clash("symbolic-length", ("TypeError",), (LENGTH[registry.target],), facts)
    if name in ("float", "int"):
        return Clash("symbolic-number", ("TypeError", "ValueError"), (NUMBERS[registry.target],), facts)
    if name == "bool":
        return Clash("symbolic-truth", ("TypeError",), (TRUTHS[registry.target],), facts)
    return no_rows(registry, tensor, facts) if name in LOOPING else None


def no_rows(registry: Any, tensor: Tensor, facts: dict[str, Any]) -> Clash | None:
    """Keras 2 loops over a batch of known size."""
    known = registry.target == "keras2" and (not isinstance(tensor.shape, tuple) or tensor.shape[:1] != (None,))
    if known:
        return None
    return Clash("iterated", ("TypeError", "NotImplementedError"), (ROWS[registry.target],), facts)


def _array(registry: Any, call: Call) -> None:
    tensor = next((each for argument in call.positional() for each in parts(argument.value)), None)
    if tensor is not None and is_symbolic(tensor):
        scalar = call.callee.rpartition(".")[2].startswith(("float", "int", "uint"))
        words = () if scalar or call.find("dtype") is not None else (ARRAYS[registry.target],)
        facts = {"tensor": tensor, "shape": tensor.shape, "function": call.callee}
        raise Clash("symbolic-array", ("TypeError", "ValueError"), words, facts)


def check_sizes(call: Call, shape: Value) -> None:
    """Raises Clash where an open axis of a symbolic tensor is to be the size of an array."""
    if not any(size is OPEN for size in _sizes(shape)):
        return
    raises, words = NO_SIZE["numpy" if call.receiver is not None or call.callee.startswith("numpy.") else "tensorflow"]
    raise Clash("open-size", (raises,), (words,), {"function": call.callee})


def _sizes(shape: Value) -> Sequence[Value]:
    if isinstance(shape, Tuple):
        return shape.items
    items = shape.get("items") if isinstance(shape, Thing) and shape.type == "list" else None
    return items if isinstance(items, tuple) else ()
