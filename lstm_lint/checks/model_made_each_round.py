"""A loop makes and trains a new model each round, and what TensorFlow made of the last one is thrown away."""

from typing import Any

from lstm_lint.checks.case import Case
from lstm_lint.claims import Claim
from lstm_lint.trace import Called, Operation
from lstm_lint.values.library import Clash
from lstm_lint.values.value import Thing

RULE = "model-made-each-round"
TRAINS = ("fit", "train_on_batch")
CLEARS = ("keras.backend.clear_session", "keras.utils.clear_session", "tensorflow.keras.backend.clear_session")


def model_made_each_round(case: Case[Called]) -> Claim | None:
    trains = case.operation
    made = _made(trains)
    if made is None or trains.callee not in TRAINS:
        return None
    again = next((each for each in case.trace.operations if _next_round(trains, made, each)), None)
    clears = any(isinstance(each, Called) and each.callee in CLEARS for each in case.trace.operations)
    if again is None or clears:
        return None
    told = (
        f"each round of this loop makes a new model and trains it: {trains.callee} traces the training step anew, and"
    )
    told += ' the models before stay in memory; TensorFlow says "triggered tf.function retracing"'
    hint = (
        "make and compile the model before the loop; where each round wants a fresh one, keras.backend.clear_session()"
    )
    return Claim(RULE, made.place, told, hint, operation=trains, clash=Clash("made-each-round", (), (), {}))


def _made(operation: Operation) -> Called | None:
    """What made the model that this call trains."""
    model: Any = operation.receiver if isinstance(operation, Called) else None
    made = model.origin.operation if isinstance(model, Thing) and model.origin is not None else None
    return made if isinstance(made, Called) else None


def _next_round(trains: Called, made: Called, other: Operation) -> bool:
    """Is it the same call, reached the same way, for a model that was made anew?"""
    if other is trains or other.place.node is not trains.place.node or len(other.stack) != len(trains.stack):
        return False
    same = all(mine.node is theirs.node for mine, theirs in zip(trains.stack, other.stack, strict=True))
    theirs = _made(other)
    anew = theirs is not None and theirs is not made and theirs.place.node is made.place.node
    return same and anew and len(made.ways) <= len(trains.ways)
