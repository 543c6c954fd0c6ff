"""The older ways to say a model's input in its first layer, and Input, which says it now."""

from lstm_lint.checks.case import Case, remedy
from lstm_lint.checks.spelling import spell
from lstm_lint.claims import Change, Remedy, Text
from lstm_lint.trace import Called, Clashed, Operation
from lstm_lint.values.library import AFTER_A_CLASH, Argument
from lstm_lint.values.value import Thing, Tuple, Value

SEQUENTIAL = "keras.Sequential"
WRAPPER = "keras.layers.Bidirectional"


def by_input(case: Case[Clashed], batch: Argument) -> Remedy | None:
    """`batch_input_shape` of the first layer of a Sequential: an Input in front of it."""
    layer = case.operation.operation
    said = spell(case.operation.names, "keras.Input", layer.place) or spell(
        case.operation.names, "keras.layers.Input", layer.place
    )
    taker, whole = _taker(case, layer)
    if said is None or taker is None or batch.place is None:
        return None
    words: Text = (f"{said[0]}(batch_shape=", batch.place, ")")
    added = taker.callee == "add"
    before = Change(taker.place if added else whole.place, "again" if added else "item", words)
    gone = Change(batch.place, "remove-argument")
    return remedy(case, f"Say it by `{said[0]}(batch_shape=...)`", before, gone, *said[1], at=layer.place)


def _taker(case: Case[Clashed], layer: Operation) -> tuple[Called | None, Operation]:
    """The call that takes what the clashing one would have given, wrapped or not, as the first layer of a Sequential."""
    operations = case.trace.operations
    later = operations[operations.index(case.operation) + 1 :]
    held: Value = AFTER_A_CLASH
    if later and isinstance(later[0], Called) and later[0].callee == WRAPPER and _takes(later[0], held):
        layer, held, later = later[0], later[0].result or held, later[1:]
    for each in later:
        if isinstance(each, Called) and each.callee == "add" and _is_sequential(each.receiver):
            return (each if _takes(each, held) and _first(case, each) and each is later[0] else None), layer
        if isinstance(each, Called) and each.callee == SEQUENTIAL and each.receiver is None:
            return (each if _leads(each, held) else None), layer
    return None, layer


def _takes(call: Called, value: Value) -> bool:
    return bool(call.arguments) and call.arguments[0].value is value


def _is_sequential(value: Value | None) -> bool:
    return isinstance(value, Thing) and value.type == SEQUENTIAL


def _leads(made: Called, value: Value) -> bool:
    held = made.arguments[0].value if made.arguments else None
    return isinstance(held, Tuple) and bool(held.items) and held.items[0] is value


def _first(case: Case[Clashed], add: Called) -> bool:
    """Nothing was added before, neither when the model was made nor since."""
    before = case.trace.operations[: case.trace.operations.index(add)]
    mine = [each for each in before if isinstance(each, Called) and each.receiver is add.receiver]
    made = next((each for each in before if isinstance(each, Called) and each.result is add.receiver), None)
    return not mine and made is not None and all(each.name == "name" for each in made.arguments)


def by_shape(case: Case[Clashed], length: Argument | None, features: Argument) -> Remedy | None:
    """`input_dim=d, input_length=t` of a recurrent layer is `input_shape=(t, d)`; without a length, None stands for it."""
    if features.place is None or length is not None and length.place is None:
        return None
    steps: tuple[str, ...] | tuple[object, ...] = ("None",) if length is None else (length.place,)
    words: Text = ("input_shape=(", *steps, ", ", features.place, ")")
    more = () if length is None or length.place is None else (Change(length.place, "remove-argument"),)
    change = Change(features.place, "replace", words)
    return remedy(case, "Say it by `input_shape`", change, *more, at=case.operation.operation.place)
