"""What a witness may say: which operations, which of their arguments, which literals. Everything else is opaque.

The list of names is the child's own (`child.allowed`), which it checks again.
"""

from itertools import zip_longest

from lstm_lint.confirm.child import CONFIGURATION, LIBRARY, METHODS, OPERATORS, SIGNS, allowed, names, public
from lstm_lint.records import replace
from lstm_lint.trace import AttributeRead, AttributeSet, Called, ItemRead, Operated, Operation, Unpacked
from lstm_lint.values.dims import Size, symbol
from lstm_lint.values.library import Argument
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import FED, Const, Many, Pairs, Symbol, Tensor, Thing, Tuple, UserClass, Value

LONGEST_TEXT = 1000
LARGEST_NUMBER = 2**62
TRAINING = {"fit": 3, "train_on_batch": 2, "evaluate": 3, "test_on_batch": 2, "predict": 2, "predict_on_batch": 1}
"""Methods that run over data, and how many of their leading arguments are that data."""

DATA = ("x", "y", "sample_weight")
RUNNING = names(
    "epochs verbose callbacks initial_epoch steps steps_per_epoch validation_steps validation_freq max_queue_size workers "
    "use_multiprocessing validation_batch_size shuffle"
)
"""How long and how loud they run: a witness takes one quiet step."""

ENDING = names("steps steps_per_epoch validation_steps")

STAND_IN = "keras.activations.linear"
"""What is written for a function of the user's that is handed over in the step in question: only that it raises counts."""

SIZES = names(
    "units filters kernel_size strides pool_size input_dim output_dim n size batch_size input_length num_heads key_dim"
)
SHAPES = names("shape batch_shape input_shape batch_input_shape target_shape dims size")
OMITTABLE = names(
    "activation recurrent_activation kernel_initializer recurrent_initializer bias_initializer embeddings_initializer "
    "kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer embeddings_regularizer "
    "kernel_constraint recurrent_constraint bias_constraint embeddings_constraint name dropout recurrent_dropout seed "
    "learning_rate lr mask training"
)
"""Arguments that decide about no shape: where their value is not known, Keras' default stands for it."""

ARRAYS = ("tensorflow.", "numpy.", "keras.ops.")
FOREIGN = names("sklearn pandas")
PLAIN_TYPES = names("builtins.int builtins.float builtins.bool builtins.object")
"""As numpy knows them, by their name."""

MAKING_ARRAYS = names("numpy.zeros numpy.ones numpy.empty numpy.random.rand numpy.random.random")
MAKING_INPUTS = names("keras.Input keras.layers.Input keras.layers.Reshape")


def speakable(operation: Operation, wanted: bool) -> bool:
    """May it be written, as far as its name goes? The `wanted` one may read a name that no object has."""
    match operation:
        case Called(open=True):
            return False
        case Called(callee="__init__"):
            return bool(constructs(operation)) or (wanted and begins(operation))
        case Called(receiver=None, callee=callee) if wanted and not allowed(callee):
            path, _, name = callee.rpartition(".")
            return allowed(path) and name in METHODS
        case Called(receiver=None, callee=callee):
            return allowed(callee) and (wanted or not _is_open(operation))
        case Called(callee="add_weight"):
            return wanted
        case Called(callee=callee):
            return callee == "__call__" or callee in METHODS or (wanted and public(callee))
        case AttributeRead(owner=Symbol(path=path), name=name):
            return path in LIBRARY and public(name)
        case AttributeRead(name=name):
            return public(name) or wanted
        case AttributeSet(owner=Thing(), name=name):
            return wanted and public(name)
        case Operated(left=None, operator=sign):
            return sign in SIGNS
        case Operated(operator=sign):
            return sign in OPERATORS
    return isinstance(operation, ItemRead | Unpacked)


def begins(called: Called) -> bool:
    """Does the base of a user's class refuse what its `__init__` is given?"""
    return called.callee == "__init__" and called.result is None and isinstance(called.receiver, Thing)


def _is_open(called: Called) -> bool:
    """Is it a function of arrays that is told a shape with an open axis? What the program reads there has a number."""
    shapes = (each.value for each in called.arguments if isinstance(each.value, Tuple))
    return called.callee.startswith(ARRAYS) and any(Const(None) in shape.items for shape in shapes)


def constructs(operation: Operation) -> str:
    """The class of the library that makes an instance of a user's class which has no `__init__` of its own; or ""."""
    if (
        not isinstance(operation, Called)
        or operation.callee != "__init__"
        or operation.result is not operation.receiver
    ):
        return ""
    cls = operation.receiver.get("__class__") if isinstance(operation.receiver, Thing) else None
    if not isinstance(cls, UserClass) or any(
        "call" in each.scope.fields for each in cls.lineage() if isinstance(each, UserClass)
    ):
        return ""
    home = next((each.path for each in cls.lineage() if isinstance(each, Symbol)), "")
    return home if allowed(home) else ""


def foreign(operation: Operation) -> bool:
    """Is it about another library than those that a witness speaks of?"""
    receiver = operation.receiver if isinstance(operation, Called) else None
    name = receiver.type if isinstance(receiver, Thing) else operation.callee if isinstance(operation, Called) else ""
    return name.partition(".")[0] in FOREIGN


def spoken(value: Value) -> bool:
    """Is it written as it is, without an operation that makes it?"""
    match value:
        case Const(value=str() | bytes() as text):
            return len(text) <= LONGEST_TEXT
        case Const(value=bool() | float() | complex() | None):
            return True
        case Const(value=int() as count):
            return abs(count) <= LARGEST_NUMBER
        case Const(value=plain):
            return plain is ...
        case Symbol(path=path):
            return path in PLAIN_TYPES or allowed(path) or path in LIBRARY
    return isinstance(value, Size)


def arguments(called: Called) -> tuple[Argument, ...]:
    """Those that a witness writes: sizes that have but a name are numbers, what decides nothing is left out."""
    given = called.arguments
    if called.callee in TRAINING and called.receiver is not None:
        given = drawn(called) or given
        leading = [a for a in given if not a.name][: TRAINING[called.callee]]
        given = (*leading, *map(_shortened, (a for a in given if a.name and (a.name not in RUNNING or _odd(a)))))
    return tuple(sized for i, a in enumerate(given) if (sized := _sized(called, a, i)) is not None)


def drawn(called: Called) -> tuple[Argument, ...]:
    """With data that are like those that the model takes, where the program's own are not known; else nothing."""
    fed = called.receiver.get(FED) if isinstance(called.receiver, Thing) else None
    if called.callee not in TRAINING or not isinstance(fed, Tuple):
        return ()
    data = {name: index for index, name in enumerate(DATA[: TRAINING[called.callee]])}
    found = {a.name or name: a for a, name in zip_longest(called.arguments, data) if a and (a.name or name)}
    first = found.get("x")
    if first is None or _known(first.value):
        return ()
    wanted = [name for name in ("x", "y") if name in data and (name in found or not isinstance(first.value, Tensor))]
    rest = (a for a in called.arguments if a.name and a.name not in (*wanted, *DATA, "validation_data"))
    return (*(Argument(fed.items[data[name]], name) for name in wanted), *rest)


def _known(value: Value) -> bool:
    """Is it something that has a shape, or of some other kind than data?"""
    match value:
        case Unknown() | Tensor(shape=Unknown()):
            return False
        case Many(first=Unknown(), kind="generator") | Tuple(items=(Unknown(), *_), kind="generator"):
            return False
        case Thing(type="instance", fields={"__gave__": Tuple(items=(_, Unknown()))}):
            return False
    return True


def _odd(argument: Argument) -> bool:
    """A step is to be counted, and this is no number; or the data have no end."""
    text = isinstance(argument.value, Const) and isinstance(argument.value.value, str) and argument.name != "verbose"
    return argument.name in ENDING or (text and argument.name in RUNNING)


def _shortened(argument: Argument) -> Argument:
    count = isinstance(argument.value, Const) and type(argument.value.value) is int
    return replace(argument, value=Const(1)) if argument.name in ENDING and count else argument


def _sized(called: Called, argument: Argument, index: int) -> Argument | None:
    unknown = isinstance(argument.value, Unknown)
    if unknown and argument.name in OMITTABLE:
        return None
    if _is_size(called, argument, index) or (isinstance(argument.value, Tuple) and _is_shape(called, argument, index)):
        return replace(argument, value=_as_number(argument.value))
    return argument


def _is_size(called: Called, argument: Argument, index: int) -> bool:
    if argument.name or called.receiver is not None:
        return argument.name in SIZES
    layer = called.callee.startswith("keras.layers.") and called.callee not in MAKING_INPUTS
    return called.callee in MAKING_ARRAYS or (layer and index == 0)


def _is_shape(called: Called, argument: Argument, index: int) -> bool:
    return argument.name in SHAPES or (not argument.name and index == 0 and called.callee in MAKING_INPUTS)


def _as_number(value: Value) -> Value:
    """Sizes that are not known, as symbols; also within a shape."""
    match value:
        case Unknown(name=name, key=key):
            return symbol(name or "?", id(value) if key is None else key)
        case Tuple(items=items, kind=kind):
            return Tuple(tuple(map(_as_number, items)), kind)
    return value


def configures(pairs: Pairs) -> bool:
    """Would Keras read this dict as the description of an object?"""
    return any(isinstance(key, Const) and key.value in CONFIGURATION for key, _ in pairs.items)
