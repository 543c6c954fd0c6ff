"""Methods of models that are gone, and the calls that do what they did."""

from lstm_lint.checks.case import Case
from lstm_lint.claims import Change
from lstm_lint.trace import AttributeRead, Called, Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Tensor, Thing

GENERATORS = {
    "fit_generator": (
        "fit",
        ("x", "steps_per_epoch", "epochs", "verbose", "callbacks", "validation_data", "validation_steps"),
        ("validation_freq", "class_weight", "shuffle", "initial_epoch"),
    ),
    "evaluate_generator": ("evaluate", ("x", "steps", "callbacks"), ("verbose",)),
    "predict_generator": ("predict", ("x", "steps", "callbacks"), ("verbose",)),
}
"""What each became, its first parameters, and the others that are the same."""

KEYWORDS = {"generator": "x", "nb_epoch": "epochs"}
IDLE = ("max_queue_size", "workers", "use_multiprocessing", "max_q_size", "nb_worker", "pickle_safe")
"""They told how the batches were fetched."""

VARIABLES = ("layer", "each", "recurrent")


def changes(case: Case[Clashed], read: AttributeRead) -> tuple[Change, ...]:
    """What to write for the call of a method that is gone; nothing where that is not certain."""
    called, name = case.operation.called, read.name
    if called is None or called.open or read.name_place is None:
        return ()
    if name == "get_shape" and not called.arguments and read.owner_place is not None:
        return (Change(called.place, "replace", (read.owner_place, ".shape")),)
    if not isinstance(read.owner, Thing):
        return ()
    if name in GENERATORS:
        return _generator(read, called)
    if name == "predict_classes":
        return _classes(read, read.owner, called)
    if name == "reset_states" and not called.arguments:
        return _reset(case, read, called)
    return ()


def _generator(read: AttributeRead, called: Called) -> tuple[Change, ...]:
    assert read.name_place is not None
    method, places, others = GENERATORS[read.name]
    found = [Change(read.name_place, "replace", method)]
    for index, argument in enumerate(called.arguments):
        change = _argument(argument, index, places, others)
        if change is None:
            return ()
        found += change
    return tuple(found)


def _argument(argument: Argument, index: int, places: tuple[str, ...], others: tuple[str, ...]) -> list[Change] | None:
    """How an argument is given now; None for one of another meaning."""
    name, place = argument.name, argument.place
    if place is None or not name and index >= len(places):
        return None
    if not name:
        return [Change(place, "prepend", f"{places[index]}=")] if index else []
    if name in IDLE:
        return [Change(place, "remove-argument")]
    if name in KEYWORDS:
        return [Change(place, "rename", KEYWORDS[name])]
    return [] if name in (*places, *others) else None


def _classes(read: AttributeRead, model: Thing, called: Called) -> tuple[Change, ...]:
    """The likeliest of several classes, or whether the one is likely."""
    output = model.get("output")
    width = output.shape[-1] if isinstance(output, Tensor) and isinstance(output.shape, tuple) and output.shape else 0
    if not isinstance(width, int) or width < 1 or read.name_place is None:
        return ()
    name = Change(read.name_place, "replace", "predict")
    if width > 1:
        return name, Change(called.place, "append", ".argmax(axis=-1)")
    return Change(called.place, "prepend", "("), name, Change(called.place, "append", ' > 0.5).astype("int32")')


def _reset(case: Case[Clashed], read: AttributeRead, called: Called) -> tuple[Change, ...]:
    """As Keras 2 did it."""
    taken = case.operation.names
    layer = next((name for name in VARIABLES if name not in taken), "")
    if not layer or read.owner_place is None:
        return ()
    lines = f'.layers:\n    if getattr({layer}, "stateful", False):\n        {layer}.reset_state()'
    return (Change(called.place, "become", (f"for {layer} in ", read.owner_place, lines)),)
