"""What only running tells: which keywords a class really takes, and which attributes its instances have."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from keras_makers import COMPANY, GUESSES, OTHERWISE, Make

NONSENSE = "no_such_keyword"
CHANCE = "left to chance"
ADDRESS = r" at 0x[0-9a-f]+|\b\d{9,}\b"


def state(value: object, seen: frozenset[int] = frozenset()) -> object:
    """All that an object holds, as plain text; what the constructor merely wrote down does not count."""
    if isinstance(value, str):
        return re.sub(ADDRESS, "", value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if id(value) in seen or len(seen) > 6:
        return type(value).__name__
    seen |= {id(value)}
    if isinstance(value, dict):
        return {str(key): state(item, seen) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [state(item, seen) for item in value]
    if type(value).__module__.split(".")[0] in ("keras", "tf_keras") and hasattr(value, "__dict__"):
        return {name: state(item, seen) for name, item in vars(value).items() if name != "_auto_config"}
    return re.sub(ADDRESS, "", repr(value))


def config(instance: Any) -> object:
    try:
        return state(instance.get_config())
    except (NotImplementedError, AttributeError, TypeError, ValueError):
        return None


def marks(instance: Any) -> dict[str, object]:
    held = state(instance)
    return {**(held if isinstance(held, dict) else {"": held}), "get_config()": config(instance)}


def steady(make: Make) -> dict[str, object]:
    """What an instance holds, `CHANCE` where two made alike differ: some hold sets, whose order is chance."""
    one, two = marks(make()), marks(make())
    return {name: mark if two.get(name) == mark else CHANCE for name, mark in (two | one).items()}


def keyword(make: Make, plain: dict[str, object], name: str, value: object) -> str:
    """accepted, ignored (no trace of it in the object or its config), or the name of the exception."""
    try:
        found = marks(make(**{name: value}))
    except Exception as refusal:  # noqa: BLE001, whichever it is, its name is the answer
        return type(refusal).__name__
    same = plain.keys() >= found.keys() and all(mark in (CHANCE, found.get(key)) for key, mark in plain.items())
    return "ignored" if same else "accepted"


def keywords(make: Make, signature: set[str], candidates: dict[str, object], found: set[str]) -> dict[str, str]:
    """The outcome for each candidate that the signature does not name, and for a name that nobody knows."""
    plain = steady(make)
    outcomes = {NONSENSE: keyword(make, plain, NONSENSE, 1)}
    for name in candidates.keys() - signature:
        values = (candidates[name], *OTHERWISE.get(name, ()))
        outcomes[name] = summed([keyword(make, plain, name, value) for value in values])
    for name in (COMPANY.keys() & candidates.keys()) - signature:
        other, value = COMPANY[name]
        if other in signature or outcomes[other] == "accepted":
            beside = partial(make, **{other: value})
            outcomes[name] = keyword(beside, steady(beside), name, candidates[name])
    for name in found - signature - candidates.keys() - {"self", "args", "kwargs"}:
        if not name.startswith("_"):
            outcomes[name] = summed([keyword(make, plain, name, value) for value in GUESSES])
    return outcomes


def summed(outcomes: list[str]) -> str:
    """One word for several values: refused if all were, ignored if none left a trace."""
    if "accepted" in outcomes:
        return "accepted"
    return outcomes[0] if len(set(outcomes)) == 1 or "ignored" not in outcomes else "accepted"


def calls(keras: Any) -> Iterator[tuple[Any, ...]]:
    """What a layer may want to be called on, the likeliest first."""
    for shape in ((5, 3), (8, 8, 3), (4, 8, 8, 3), (4,), (1,), (2, 4, 8, 8, 3)):
        for dtype in ("float32", "int32", "string"):
            one, two = keras.Input(shape, dtype=dtype), keras.Input(shape, dtype=dtype)
            yield from ((one,), ([one, two],), (one, two))


def built(keras: Any, make: Make) -> Any:
    """An instance that was called, or at least built, or, if there is no way, only made."""
    attempts: list[Callable[[Any], object]] = [partial(build, (None, 3))]
    if "state_size" not in dir(make()) or "cell" in dir(make()):
        attempts = [partial(called, call) for call in calls(keras)] + attempts
    for attempt in attempts:
        instance = make()
        with suppress(Exception):  # not this kind of input; the next one
            attempt(instance)
            return instance
    return make()


def build(shape: tuple[int | None, ...], instance: Any) -> None:
    instance.build(shape)


def called(arguments: tuple[Any, ...], instance: Any) -> object:
    return instance(*arguments)


def models(keras: Any, numpy: Any) -> Iterator[tuple[str, Any]]:
    """A trained model of each kind, and what training gives back."""
    rows = numpy.zeros((4, 3), "float32")

    def trained(model: Any) -> Any:
        model.compile("sgd", "mse")
        history.append(model.fit(rows, rows, epochs=1, verbose=0))
        return model

    class Own(keras.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.dense = keras.layers.Dense(3)

        def call(self, x: Any) -> Any:
            return self.dense(x)

    history: list[Any] = []
    x = keras.Input((3,))
    yield "keras.Sequential", trained(keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)]))
    yield "keras.Model", trained(keras.Model(x, keras.layers.Dense(3)(x)))
    yield "keras.Model", trained(Own())
    yield "keras.callbacks.History", history[0]


def things(keras: Any, numpy: Any) -> Iterator[tuple[str, Any]]:
    """What is no layer: models, the history of a training, a symbolic tensor, an eager one, a weight."""
    yield from models(keras, numpy)
    dense = keras.layers.Dense(3)
    yield "symbolic tensor", keras.Input((3,))
    yield "eager tensor", dense(numpy.zeros((4, 3), "float32"))
    yield "variable", dense.weights[0]
