"""One function under all its names, its arguments by place or by any of their names, and the kind of array that comes out."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.tables import OPS
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Shape, Symbol, Tensor, Thing, Tuple, Value

Function: TypeAlias = Callable[[Any, Call], Value]

NDARRAY = "numpy.ndarray"
NUMBER = "numpy.number"
EAGER = "tensorflow.Tensor"
SYMBOLIC = "keras.KerasTensor"

HOMES = {
    "np": ("numpy",),
    "nd": (NDARRAY,),
    "tf": ("tensorflow", "tensorflow.math", "tensorflow.compat.v1"),
    "nn": ("tensorflow.nn",),
    "linalg": ("tensorflow.linalg",),
    "ops": ("keras.ops",),
    "K": ("keras.backend",),
    "act": ("keras.activations",),
}

KEEPING = (
    "reshape expand_dims squeeze transpose permute_dimensions swapaxes moveaxis flatten batch_flatten ravel stack "
    "concatenate concat tile repeat repeat_elements flip reverse roll broadcast_to identity stop_gradient"
)
"""What moves elements, and keeps their dtype."""

REFUSAL = "A KerasTensor cannot be used as input to a TensorFlow function"
OWN_WORDS = dict.fromkeys(("zeros", "ones"), "Iterating over a symbolic KerasTensor is not supported")
OWN_WORDS["constant"] = "A KerasTensor is symbolic"


def spelled(homes: str, names: str) -> Callable[[Function], Function]:
    """The function under each of these names in each of these homes. In Keras 3 TensorFlow's refuse symbolic tensors."""

    def keep(function: Function) -> Function:
        paths = [f"{path}.{name}" for home in homes.split() for path in HOMES[home] for name in names.split()]
        raw = tuple(path for path in paths if path.startswith("tensorflow."))
        OPS.register(tuple(path for path in paths if path not in raw))(function)
        OPS.register(raw, until="keras3")(function)
        OPS.register(raw, since="keras3")(_refusing(function))
        return function

    return keep


def _refusing(function: Function) -> Function:
    def ask(registry: Any, call: Call) -> Value:
        for argument in call.arguments:
            symbolic = next((each for each in parts(argument.value) if each.type == SYMBOLIC), None)
            if symbolic is not None and not in_a_layer(call.engine):
                words = (OWN_WORDS.get(call.callee.rpartition(".")[2], REFUSAL),)
                facts = {"function": call.via or call.callee, "tensor": symbolic, "shape": symbolic.shape}
                raise Clash("tf-on-symbolic", ("ValueError", "NotImplementedError"), words, facts)
        return function(registry, call)

    return ask


def in_a_layer(engine: Any) -> bool:
    """Methods of the user's own layers and models are given TensorFlow's tensors, as is what tf.function traces."""
    running = [active.function for active in getattr(engine, "active", ()) if active.function is not None]
    owners = [each.owner for each in running if each.owner is not None]
    return any(each.traced for each in running) or any(isinstance(b, Symbol) for o in owners for b in o.lineage())


def parts(value: Value) -> Sequence[Tensor]:
    """The tensors in a value, a list or tuple of them; a list may be in itself."""
    if isinstance(value, Tensor):
        return (value,)
    found, seen = [], set()
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Tensor):
            found.append(each)
        elif isinstance(each, (Tuple, Thing)) and id(each) not in seen:
            seen.add(id(each))
            items = each.items if isinstance(each, Tuple) else each.get("items")
            waiting += items[::-1] if isinstance(items, tuple) else ()
    return found


ROWS = (NDARRAY, NUMBER, "pandas.Series")
"""Their elements are plain numbers."""


def of_cells(value: Value) -> bool:
    """A row of what may be lists or arrays of their own, whose shapes are not known."""
    return isinstance(value, Tensor) and value.rank == 1 and (value.cells or value.dtype == "object")


def cell_of(array: Tensor) -> Value:
    """One element of an array."""
    if array.cells or array.dtype == "object":
        return Unknown("what a cell of a table holds")
    return Tensor((), NUMBER if array.type in ROWS else array.type, array.dtype)


def given(call: Call, index: int, *names: str, default: Value = NONE) -> Value:
    """The argument at this place of the function (a method's receiver stands at 0), or under one of these names."""
    if call.receiver is not None:
        if index == 0:
            return call.receiver
        index -= 1
    for argument in call.arguments:
        if argument.name in names:
            return argument.value
    found = call.positional()
    if index < len(found):
        return found[index].value
    return Unknown(f"argument {names[0]} of {call.callee}") if call.open else default


def made(call: Call, shape: Shape | Unknown | None, *sources: Value, dtype: str | None = None) -> Tensor:
    """An array of the kind that this call gives for these sources; of a dtype, if not the first source's."""
    found = [each for source in sources for each in parts(source)]
    kind, asked = _kind(call, found), next((each.value for each in call.arguments if each.name == "dtype"), NONE)
    if kind == NDARRAY and shape == ():
        kind = NUMBER
    if asked != NONE:
        dtype = dtype_of(call, asked)
    elif dtype is None and (kind not in (SYMBOLIC, EAGER) or call.callee.rpartition(".")[2] in KEEPING.split()):
        dtype = _of_all(sources, found)
    cells = kind == NDARRAY and dtype is None and any(each.cells for each in found)
    return Tensor(NO_RANK if shape is None else shape, kind, dtype, cells=cells)


def _of_all(sources: Sequence[Value], found: list[Tensor]) -> str | None:
    """The dtype that all have; a number or a list beside arrays may change it."""
    same = bool(found) and all(each.dtype == found[0].dtype for each in found)
    return found[0].dtype if same and all(map(parts, sources)) else None


def index_dtype(call: Call) -> str:
    """Of indices of elements: numpy's are of 64 bits, most of TensorFlow's and of Keras 3 of 32."""
    return "int64" if of_numpy(call) else "int32"


def of_numpy(call: Call) -> bool:
    return call.receiver is not None or call.callee.startswith("numpy.")


NUMBERS = {"int": "int64", "float": "float64", "bool_": "bool", "int_": "int64", "float_": "float64"}
OF_TENSORS = {"float": "float32", "half": "float16", "double": "float64"}


def dtype_of(call: Call, value: Value) -> str | None:
    """`"float32"`, `np.float32`, `float` as the name of a dtype; TensorFlow's floats are of 32 bits."""
    kind = call.receiver.type if isinstance(call.receiver, Tensor) else call.callee
    numpy = kind.startswith(("numpy.", "pandas."))
    name = value.path.rpartition(".")[2] if isinstance(value, Symbol) else getattr(value, "value", None)
    return (NUMBERS if numpy else OF_TENSORS).get(name, name) if isinstance(name, str) else None


def _kind(call: Call, found: list[Tensor]) -> str:
    kinds = {each.type for each in found}
    if call.receiver is None and call.callee.startswith("numpy."):
        return NDARRAY
    if SYMBOLIC in kinds:
        return SYMBOLIC
    if call.receiver is None:
        return "tensor" if "tensor" in kinds else EAGER
    return NDARRAY if not kinds or found[0].type == NUMBER or found[0].type.startswith("pandas") else found[0].type
