"""`keras.backend` functions, most of which live in `keras.ops` today, some with other defaults."""

from lstm_lint.checks.case import Case
from lstm_lint.checks.spelling import spell
from lstm_lint.claims import Change, Text
from lstm_lint.records import dataclass
from lstm_lint.trace import AttributeRead, Called, Clashed
from lstm_lint.values.value import Tensor


@dataclass(frozen=True)
class Now:
    """The path today; so many arguments may be given by place, each keyword by its name; `needs` is a keyword whose
    default was `value` and is another now."""

    path: str
    places: int
    needs: str = ""
    value: str = ""
    at: int = 1


def _ops(places: int, *names: str) -> dict[str, Now]:
    return {name: Now(f"keras.ops.{name}", places) for name in names}


FUNCTIONS: dict[str, Now] = {
    **_ops(1, "abs", "exp", "log", "square", "sin", "cos", "round", "sign", "tanh", "sigmoid", "softplus", "softsign"),
    **_ops(1, "ndim", "shape", "transpose", "stop_gradient", "relu"),
    **_ops(2, "dot", "equal", "not_equal", "greater", "greater_equal", "less", "less_equal", "maximum", "minimum"),
    **_ops(2, "reshape", "tile", "cast", "zeros_like", "ones_like", "one_hot", "squeeze", "stack"),
    **_ops(2, "softmax", "elu"),
    **_ops(3, "sum", "mean", "max", "min", "prod", "std", "var", "any", "all", "clip", "logsumexp"),
    **_ops(3, "binary_crossentropy"),
    "concatenate": Now("keras.ops.concatenate", 2, "axis", "-1"),
    "argmax": Now("keras.ops.argmax", 2, "axis", "-1"),
    "argmin": Now("keras.ops.argmin", 2, "axis", "-1"),
    "expand_dims": Now("keras.ops.expand_dims", 2, "axis", "-1"),
    "cumsum": Now("keras.ops.cumsum", 2, "axis", "0"),
    "gather": Now("keras.ops.take", 2, "axis", "0", 2),
    "pow": Now("keras.ops.power", 2),
    "permute_dimensions": Now("keras.ops.transpose", 2),
    "repeat_elements": Now("keras.ops.repeat", 3),
    "reverse": Now("keras.ops.flip", 2),
    "eval": Now("keras.ops.convert_to_numpy", 1),
    "get_value": Now("keras.ops.convert_to_numpy", 1),
    "random_normal": Now("keras.random.normal", 3),
    "random_uniform": Now("keras.random.uniform", 3),
}
METHODS = {"int_shape": (".shape", 1), "set_value": (".assign(", 2), "update": (".assign(", 2), "dtype": (".dtype", 1)}
"""What an attribute or a method of the first argument says."""

KEYWORDS = ("axis", "keepdims", "dtype", "seed", "num_classes", "from_logits")
"""They mean the same in both."""


def changes(case: Case[Clashed], read: AttributeRead, path: str) -> tuple[Change, ...]:
    module, _, name = path.rpartition(".")
    called = case.operation.called
    if module not in ("keras.backend", "tensorflow.keras.backend") or case.target != "keras3" or called is None:
        return ()
    if called.open or any(argument.place is None for argument in called.arguments):
        return ()
    return _by_function(case, read, name, called) or _by_method(name, called) or _by_legacy(case, read, name, called)


def _by_function(case: Case[Clashed], read: AttributeRead, name: str, called: Called) -> tuple[Change, ...]:
    now = FUNCTIONS.get(name)
    if now is None or not _alike(now, called):
        return ()
    said = spell(case.operation.names, now.path, read.place)
    if said is None:
        return ()
    given = {argument.name for argument in called.arguments}
    lacks = now.needs and now.needs not in given and sum(not each for each in map(_name, called.arguments)) <= now.at
    more = (Change(called.place, "add-argument", f"{now.needs}={now.value}"),) if lacks else ()
    return (Change(read.place, "replace", said[0]), *more, *said[1])


def _alike(now: Now, called: Called) -> bool:
    named = [argument.name for argument in called.arguments if argument.name]
    return len(called.arguments) - len(named) <= now.places and all(name in KEYWORDS for name in named)


def _name(argument: object) -> str:
    return str(getattr(argument, "name", ""))


def _by_method(name: str, called: Called) -> tuple[Change, ...]:
    method, count = METHODS.get(name, ("", 0))
    if not count or len(called.arguments) != count or any(argument.name for argument in called.arguments):
        return ()
    first, *rest = called.arguments
    if not first.text or first.place is None:
        return ()
    words: Text = (first.text, method)
    for argument in rest:
        assert argument.place is not None
        words = (*words, argument.place, ")")
    return (Change(called.place, "replace", words),)


def _by_legacy(case: Case[Clashed], read: AttributeRead, name: str, called: Called) -> tuple[Change, ...]:
    """`tf.keras.backend` keeps what `keras.backend` lost, for tensors of TensorFlow."""
    from lstm_lint.library import versions

    path = f"tensorflow.keras.backend.{name}"
    symbolic = any(
        isinstance(each.value, Tensor) and each.value.type == "keras.KerasTensor" for each in called.arguments
    )
    if symbolic or not versions.load(case.target).exists(path):
        return ()
    said = spell(case.operation.names, path, read.place)
    return (Change(read.place, "replace", said[0]), *said[1]) if said else ()
