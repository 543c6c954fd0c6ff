"""File names: what Keras 3 writes where is told by how the name ends, and it refuses any other end."""

from lstm_lint.library.keras.checking import Asked, whole
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.value import NONE, Const, Value, truth

WEIGHTS = (".weights.h5",)
MODELS = (".keras", ".h5", ".hdf5")
KEPT = (".keras", ".h5")
"""What ModelCheckpoint takes for whole models."""


@op("keras.Model.load_weights")
@op("keras.Model.save", "keras.Model.save_weights", until="keras3")
def nothing_back(registry: Registry, call: Call) -> Value:
    return NONE


@op("keras.Model.save_weights", since="keras3")
def save_weights(registry: Registry, call: Call) -> Value:
    if call.find("max_shard_size") is None and not call.open:
        _ends(call, WEIGHTS, "The filename must end in `.weights.h5`")
    return NONE


@op("keras.Model.save", since="keras3")
def save(registry: Registry, call: Call) -> Value:
    if all(call.find(name) is None for name in ("zipped", "save_format")) and not call.open:
        _ends(call, MODELS, "Invalid filepath extension for saving")
    return NONE


def _ends(call: Call, ends: tuple[str, ...], words: str) -> None:
    argument = call.find("filepath", 0)
    if argument is not None:
        _check(argument.value, ends, words, f"keras.Model.{call.callee}", argument.name)


@whole("keras.callbacks.ModelCheckpoint", since="keras3")
def checkpoint(asked: Asked) -> None:
    weights = truth(asked.arguments.get("save_weights_only", Const(False)))
    if weights is None:
        return
    words = "the filepath provided must end in `.weights.h5`" if weights else "must end in `.keras`"
    _check(asked.arguments.get("filepath", NONE), WEIGHTS if weights else KEPT, words, asked.callee, "filepath")


def _check(value: Value, ends: tuple[str, ...], words: str, callee: str, at: str) -> None:
    if isinstance(value, Const) and isinstance(value.value, str) and not value.value.endswith(ends):
        facts = {"value": value, "name": "filepath", "ends": ends, "callee": callee}
        raise Clash("file-name", ("ValueError",), (words,), facts, at=at)
