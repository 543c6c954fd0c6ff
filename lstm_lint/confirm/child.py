"""Judges recipes on real Keras, one after the other: the only file that imports it, run under the user's interpreter.

A recipe is a list of steps, JSON all the way: calls of names on the list below, with literals and earlier results.
Nothing else can be said in it, and nothing is ever compiled from text. Standard library, numpy and Keras only;
Python 3.8 reads it.
"""

from __future__ import annotations

import importlib.util
import inspect
import itertools
import json
import keyword
import operator
import os
import sys
import time
import types
import warnings
from importlib import metadata
from typing import Any

MOST_MESSAGE = 4000
PACKAGES = ("keras", "tf_keras", "tensorflow", "tensorflow-cpu", "torch", "jax", "numpy")


class Refused(Exception):
    """The recipe asks for something that is not on the list."""


class Mismatch(Exception):
    """Keras says something else than the recipe expects."""


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER = names(
    "TFSMLayer TorchModuleWrapper JaxLayer FlaxLayer TextVectorization StringLookup IntegerLookup "
    "get serialize deserialize serialize_keras_object deserialize_keras_object"
)
CONFIGURATION = names("class_name config module registered_name")  # a dict of these tells Keras what to import
QUIET = names("EarlyStopping ReduceLROnPlateau")  # callbacks that write nothing
MERGES = "add average concatenate dot maximum minimum multiply subtract"
SHAPING = """abs arange argmax argmin broadcast_to concatenate cos cumsum dot einsum exp expand_dims eye flip full full_like
    linspace log matmul max maximum mean min minimum moveaxis ones ones_like pad prod repeat reshape roll round sigmoid
    sin softmax split sqrt squeeze stack std sum swapaxes tanh tensordot tile transpose var where zeros zeros_like"""
DTYPES = "bool float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64"
DRAWS = "normal rand randint randn random standard_normal uniform"
LISTED = f"""
keras.layers keras.initializers keras.regularizers keras.constraints keras.activations keras.losses keras.metrics
    keras.optimizers keras.optimizers.legacy keras.optimizers.schedules tensorflow.math tensorflow.python.keras.layers: *
keras: Input Model Sequential Variable KerasTensor
keras.models tensorflow.python.keras.models: Model Sequential clone_model
keras.callbacks: EarlyStopping ModelCheckpoint ReduceLROnPlateau TerminateOnNaN
keras.utils: to_categorical normalize pad_sequences set_random_seed
keras.preprocessing.sequence: pad_sequences
keras.preprocessing: timeseries_dataset_from_array
keras.random: normal uniform randint
keras.ops: {SHAPING} array add subtract multiply divide cast convert_to_numpy convert_to_tensor one_hot relu shape slice take
keras.backend: batch_dot concatenate constant dot expand_dims exp int_shape log max mean min ones permute_dimensions
    repeat repeat_elements reshape shape sigmoid softmax sqrt square squeeze stack sum tanh tile transpose variable
    zeros
builtins: abs bool float int len list max min sum tuple
numpy: {SHAPING} {DTYPES} allclose append array array_split asarray atleast_1d atleast_2d atleast_3d argsort ceil
    clip column_stack copy delete diff dstack empty empty_like floor hstack identity insert mod nan nan_to_num
    newaxis outer pi power random ravel sort square unique vstack
numpy.random: RandomState choice default_rng permutation random_integers random_sample seed {DRAWS}
tensorflow: {SHAPING} {DTYPES} Variable cast concat constant convert_to_tensor fill gather identity nest one_hot
    range rank reduce_max reduce_mean reduce_min reduce_prod reduce_sum reverse sequence_mask shape size slice
    square string TensorShape unstack
tensorflow.data.Dataset: from_tensor_slices from_tensors range zip
tensorflow.linalg: diag einsum matmul norm tensordot trace
tensorflow.nn: relu sigmoid softmax tanh elu selu leaky_relu gelu softplus dropout
tensorflow.random: normal uniform truncated_normal set_seed shuffle
"""
LIBRARY = {
    module: names(those)
    for modules, _, those in (line.partition(": ") for line in LISTED.replace("\n    ", " ").strip().splitlines())
    for module in modules.split()
}
METHODS = names("""
add pop build compile fit predict evaluate train_on_batch test_on_batch predict_on_batch summary count_params
add_weight get_config get_weights set_weights reset_states reset_state get_initial_state compute_output_shape compute_mask get_layer numpy
reshape astype transpose flatten ravel squeeze swapaxes repeat mean sum min max std var prod argmax argmin cumsum clip
copy dot round tolist item get_shape as_list set_shape assign random integers standard_normal normal uniform choice
permutation shuffle rand randn randint append extend insert keys values items index batch prefetch take skip unbatch
""")
SYMBOLS = "+ - * / // % ** @ & | ^ << >> == != < <= > >="
NAMED = "add sub mul truediv floordiv mod pow matmul and_ or_ xor lshift rshift eq ne lt le gt ge"
OPERATORS: dict[str, Any] = {sign: getattr(operator, name) for sign, name in zip(SYMBOLS.split(), NAMED.split())}
SIGNS: dict[str, Any] = {"-": operator.neg, "+": operator.pos, "~": operator.invert, "not": operator.not_}
PLAIN: dict[str, Any] = {"bytes": bytes.fromhex, "complex": complex, "slice": slice, "ellipsis": lambda: Ellipsis}
PLAIN.update(generator=lambda *items: (each for each in items))
PLAIN.update(tuple=lambda *items: items, list=lambda *items: [*items], set=lambda *items: {*items})
PLACED, NEEDED = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.empty
FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType, type)


def public(name: Any) -> bool:
    """An identifier that reaches nothing private."""
    return isinstance(name, str) and name.isidentifier() and not keyword.iskeyword(name) and name[0] != "_"


def allowed(path: str) -> bool:
    """May a recipe name this function, class or constant?"""
    module, _, name = path.rpartition(".")
    names = LIBRARY.get(module, frozenset())
    if name in NEVER or not public(name):
        return False
    if module.endswith("keras.layers"):
        return "*" in names and (name[0].isupper() or name in MERGES.split())
    return "*" in names or name in names


class Stage:
    """The libraries, and the results of one recipe's steps by name."""

    def __init__(self, keras: Any, results: dict[str, Any] | None = None) -> None:
        self.keras = keras
        self.results = results or {}
        self.ends: list[list[float]] = []

    def step(self, step: dict[str, Any]) -> None:
        if "expect" in step:
            found = self.value(step["expect"])
            if found != self.value(step["is"]):
                raise Mismatch(f"Keras says {found}")
            return
        if "rounds" in step:
            ends = [(self.value(step["do"]), time.perf_counter())[1] for _ in range(step["rounds"])]
            return self.ends.append(ends)
        value, to = self.value(step["do"]), step["to"]
        if isinstance(to, list):
            self.results.update(zip(to, unpacked(value, len(to), step["starred"])))
        elif to:
            self.results[to] = value

    def value(self, node: Any) -> Any:
        if not isinstance(node, list):
            return node
        kind, parts = node[0], node[1:]
        if kind == "name":
            return self.results[parts[0]]
        if kind in PLAIN:
            return PLAIN[kind](*self.values(parts))
        return getattr(self, "do_" + kind)(*parts)

    def values(self, nodes: Any) -> list[Any]:
        return [self.value(node) for node in nodes]

    def applied(self, function: Any, arguments: list[Any], named: list[Any]) -> Any:
        given = {name: self.value(node) for name, node in named}
        if not all(map(public, given)) or not {type(each).__name__ for each in given.get("callbacks", ())} <= QUIET:
            raise Refused("an argument")
        return function(*self.values(arguments), **given)

    def do_dict(self, *pairs: Any) -> Any:
        made = {self.value(key): self.value(value) for key, value in pairs}
        if not CONFIGURATION.isdisjoint(made):
            raise Refused("the description of an object")
        return made

    def do_symbol(self, path: str) -> Any:
        if not allowed(path):
            raise Refused(path)
        module, _, name = path.rpartition(".")
        return getattr(self.module(module), name)

    def do_call(self, path: str, arguments: list[Any], named: list[Any]) -> Any:
        return self.applied(self.do_symbol(path), arguments, named)

    def do_apply(self, owner: Any, arguments: list[Any], named: list[Any]) -> Any:
        function = self.value(owner)
        keras = self.keras
        kinds = (keras.layers.Layer, keras.losses.Loss, keras.metrics.Metric, keras.initializers.Initializer)
        if callable(function) and not isinstance(function, kinds):
            raise Refused(f"a call of {type(function).__name__}")
        return self.applied(function, arguments, named)

    def do_method(self, owner: Any, name: str, arguments: list[Any], named: list[Any]) -> Any:
        of_class, owner = isinstance(owner, list) and owner[0] == "symbol", self.value(owner)
        if not public(name) or (isinstance(owner, FUNCTIONS) and not (of_class and isinstance(owner, type))):
            raise Refused(name)
        method = getattr(owner, name)  # a name that is not there is for Keras to refuse
        if name not in METHODS:
            raise Refused(name)
        return self.applied(method, arguments, named)

    def do_attr(self, owner: Any, name: str) -> Any:
        """What is reached so may be looked at, and no function so reached is ever handed on."""
        if isinstance(owner, list) and owner[0] == "symbol" and public(name):
            path = owner[1] + "." + name
            found = getattr(self.module(owner[1]), name)
            return found if allowed(path) else None
        found = getattr(self.value(owner), name)  # a name that is not there is for Keras to refuse
        if not public(name):
            raise Refused(name)
        return None if isinstance(found, FUNCTIONS) else found

    def do_own(self, name: str, home: str, attributes: Any, methods: Any, begin: Any) -> Any:
        """An instance of a class that stands for one of the user's: values, an `__init__`, and methods made of steps."""
        held = {each: self.value(node) for each, node in attributes}
        held.update((each[-1], self.method(*each)) for each in methods)
        kept = begin[1] if begin else []
        if not all(map(public, (name, *held, *(each for each, _ in kept)))):
            raise Refused("a class")

        def start(own: Any) -> None:
            if begin[0] is not None:
                self.applied(super(made, own).__init__, *begin[0])
            stage = Stage(self.keras, {**self.results, "self": own})
            for each, node in kept:
                setattr(own, each, stage.value(node))

        held.update({"__init__": start} if begin else {})
        made: Any = type(name, (self.do_symbol(home),) if home else (), held)
        return made()

    def method(self, parameters: list[str], steps: Any, gives: Any, name: str) -> Any:
        """One parameter with `=` may be left out."""
        pairs = (each.partition("=") for each in ("self", *parameters))
        each = [inspect.Parameter(name, PLACED, default=None if may else NEEDED) for name, may, _ in pairs]
        taken = inspect.Signature(each)

        def run(*given: Any, **named: Any) -> Any:
            try:
                bound = taken.bind(*given, **named)
            except TypeError as error:
                raise TypeError(f"{name}() {error}") from None
            stage = Stage(self.keras, {**self.results, **bound.arguments})
            return [*map(stage.step, steps), stage.value(gives)][-1]

        run.__name__, run.__signature__, run.autograph_info__ = name, taken, {}  # type: ignore[attr-defined]
        return run

    def do_item(self, owner: Any, index: Any) -> Any:
        return self.value(owner)[self.value(index)]

    def do_operate(self, sign: str, *operands: Any) -> Any:
        return (OPERATORS if len(operands) == 2 else SIGNS)[sign](*self.values(operands))

    def do_shape(self, node: Any) -> Any:
        return tuple(None if size is None else int(size) for size in self.value(node).shape)

    def module(self, path: str) -> Any:
        if path not in LIBRARY:
            raise Refused(path)
        if path.startswith("tensorflow.python."):
            return importlib.import_module(path)
        root, _, rest = path.partition(".")
        found = self.keras if root == "keras" else importlib.import_module(root)
        for name in rest.split(".") if rest else ():
            found = getattr(found, name)
        return found


def unpacked(value: Any, count: int, starred: bool) -> list[Any]:
    """What an assignment to so many names takes from the value, in Python's own words where it does not fit."""
    if not hasattr(type(value), "__iter__") and not hasattr(type(value), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object")
    found = list(itertools.islice(value, 10_000))
    if len(found) < count - starred:
        atleast = "at least " if starred else ""
        wanted = f"expected {atleast}{count - starred}, got {len(found)}"
        raise ValueError(f"not enough values to unpack ({wanted})")
    if starred:
        return [*found[: count - 1], found[count - 1 :]]
    if len(found) > count:
        raise ValueError(f"too many values to unpack (expected {count})")
    return found


def judge(keras: Any, recipe: dict[str, Any]) -> dict[str, Any]:
    """Every step in order, until one raises."""
    stage, raised = Stage(keras), None
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for number, step in enumerate(recipe["steps"]):
            try:
                stage.step(step)
            except Exception as error:  # noqa: BLE001 - whatever Keras raises is the answer
                raised = error
                break
    told = [_said(entry.message) for entry in warned[:20]]
    answer = {"id": recipe["id"], "warned": told, "ends": stage.ends}
    if raised is not None:
        answer.update(at=number, refused=isinstance(raised, Refused), raised=_said(raised))
    return answer


def _said(error: Warning | Exception | str) -> dict[str, Any]:
    types = [each.__name__ for each in type(error).__mro__ if each is not object]
    return {"types": types, "message": str(error)[:MOST_MESSAGE]}


def generations() -> dict[str, str]:
    """Which generations this interpreter can judge, found without importing any of it."""
    found: dict[str, str] = {}
    if _there("keras") and _release("keras") >= (3,):
        found["keras3"] = "keras"
    if _there("tensorflow") and (0,) < _release("keras", "tensorflow", "tensorflow-cpu") < (2, 16):
        found["keras2"] = "tensorflow.keras"
    elif _there("tf_keras"):
        found["keras2"] = "tf_keras"
    return found


def _there(name: str) -> bool:
    spec = importlib.util.find_spec(name)
    return spec is not None and spec.origin is not None


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _release(*distributions: str) -> tuple[int, ...]:
    for version in map(_version, distributions):
        parts = version.split(".")[:2]
        if len(parts) == 2 and all(part.isdigit() for part in parts):
            return int(parts[0]), int(parts[1])
    return (0,)


def load(generation: str, backend: str) -> tuple[Any, str]:
    """Keras of this generation, and how a program imports it."""
    home = generations().get(generation)
    if home is None:
        raise ImportError(f"no {generation} here")
    if generation == "keras3":
        there = [name for name in ("tensorflow", "torch", "jax") if _there(name)] or ["numpy"]
        if backend not in ("auto", *there):
            raise ImportError(f"no {backend} here")
        os.environ["KERAS_BACKEND"] = there[0] if backend == "auto" else backend
    return importlib.import_module("tensorflow").keras if "." in home else importlib.import_module(home), home


def describe(keras: Any, home: str) -> dict[str, str]:
    """Who judges: Keras, its backend and the device, in the words of the report."""
    backend = keras.backend.backend()
    module = importlib.import_module(backend)
    version = getattr(keras, "__version__", None) or sys.modules["keras"].__version__
    gpus: dict[str, Any] = {
        "tensorflow": lambda: module.config.list_physical_devices("GPU"),
        "torch": lambda: module.cuda.is_available(),
        "jax": lambda: module.default_backend() == "gpu",
    }
    return {
        "keras": f"{'tf_keras' if home == 'tf_keras' else 'Keras'} {version}",
        "backend": f"{backend} {module.__version__}",
        "device": "gpu" if backend in gpus and gpus[backend]() else "cpu",
        "home": home,
    }


def bound_memory(megabytes: int) -> None:
    """No more memory for data than what the import took and so much on top (where the system can say so)."""
    try:
        import resource

        with open("/proc/self/status") as status:
            taken = next(int(line.split()[1]) for line in status if line.startswith("VmData"))
        most = taken * 1024 + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, StopIteration, ValueError):
        return


def serve(generation: str, backend: str, megabytes: str) -> None:
    """Answers on the stdout it was given, each recipe of stdin; what Keras prints goes nowhere."""
    import gc

    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)

    def answer(said: dict[str, Any]) -> None:
        answers.write(json.dumps(said) + "\n")
        answers.flush()

    try:
        keras, home = load(generation, backend)
        answer(said := describe(keras, home))
    except Exception as error:  # noqa: BLE001 - an import may fail in any way
        answer({"broken": f"{type(error).__name__}: {str(error)[:MOST_MESSAGE]}"})
        return
    if said["device"] == "cpu":
        bound_memory(int(megabytes))
    gc.freeze()
    naming = sys.modules.get("keras.src.utils.naming") if home == "keras" else None
    anew = getattr(naming, "reset_uids", keras.backend.clear_session)  # Keras 3's throws compiled kernels away too
    for line in sys.stdin:
        answer(judge(keras, json.loads(line)))
        anew()


def main(arguments: list[str]) -> None:
    if arguments == ["generations"]:
        versions = [f"{name} {_version(name)}" for name in PACKAGES]  # what a verdict hangs on
        print(json.dumps({**generations(), "versions": [*versions, sys.version]}))
    else:
        serve(*arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
