"""The questions that Keras asks of single arguments, each with its words in both generations."""

from lstm_lint.library.keras.checking import Asked, Predicate, Refusal, is_layer, kind_of, plain
from lstm_lint.library.keras.numbers import of_numpy
from lstm_lint.library.keras.windows import listed
from lstm_lint.values.value import Const, Value

NUMBERS = ("int", "float", "bool")


def above_zero(words: str) -> Predicate:
    """`if x <= 0: raise ValueError`: a text or a list cannot even be compared."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if kind is None or kind in ("object", "tensor", "callable"):
            return None
        if kind not in NUMBERS:
            return Refusal("TypeError", "'<=' not supported between instances of")
        return Refusal("ValueError", words) if isinstance(value, (int, float)) and value <= 0 else None

    return ask


def not_below_zero(words: str) -> Predicate:
    """Numbers below zero are refused."""

    def ask(asked: Asked) -> Refusal | None:
        value = plain(asked.value)
        return Refusal("ValueError", words) if isinstance(value, (int, float)) and value < 0 else None

    return ask


def comparable(asked: Asked) -> Refusal | None:
    """`min(1.0, max(0.0, x))`: any number will do."""
    kind = kind_of(asked.value)
    if kind is None or kind in (*NUMBERS, "object", "tensor", "callable"):
        return None
    return Refusal("TypeError", "not supported between instances of")


def rate(words: str, strict: bool = False) -> Predicate:
    """A number from 0 to 1; `strict`: what cannot be compared with one is a TypeError."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if strict and kind in ("str", "NoneType", "tuple", "list", "dict"):
            return Refusal("TypeError", "not supported between instances of")
        if isinstance(value, (int, float)) and not 0 <= value <= 1:
            return Refusal("ValueError", words)
        return None

    return ask


def positive_int(words: str, raises: str = "ValueError") -> Predicate:
    """An int of Python's above zero and nothing else."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if of_numpy(asked.value):
            return Refusal(raises, words)
        if kind is None or isinstance(value, int) and value > 0:
            return None
        return Refusal(raises, words)

    return ask


def an_int(words: str) -> Predicate:
    """An int of Python's: TypeError otherwise."""

    def ask(asked: Asked) -> Refusal | None:
        kind = kind_of(asked.value)
        if of_numpy(asked.value):
            return Refusal("TypeError", words)
        return None if kind in (None, "int", "bool") else Refusal("TypeError", words)

    return ask


def one_of(
    choices: tuple[object, ...],
    words: str | tuple[str, ...],
    raises: str | tuple[str, ...] = "ValueError",
    fold: bool = False,
) -> Predicate:
    """One of these; `fold`: whatever the case of its letters."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if kind is None:
            return None
        value = value.lower() if fold and isinstance(value, str) else value
        return None if value in choices else Refusal(raises, words)

    return ask


def text_of(choices: tuple[str, ...], words: str) -> Predicate:
    """`x.lower()` is one of these; what has no `lower` is an AttributeError. A list or tuple passes."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if kind is None or kind in ("list", "tuple", "object", "callable"):
            return None
        if not isinstance(value, str):
            return Refusal("AttributeError", "has no attribute 'lower'")
        return None if value.lower() in choices else Refusal("ValueError", words)

    return ask


def data_format(asked: Asked) -> Refusal | None:
    """channels_first, channels_last, in any case; None for the configured one."""
    kind, value = kind_of(asked.value), plain(asked.value)
    if kind is None or value is None:
        return None
    if not isinstance(value, str):
        raises = ("AttributeError", "ValueError")
        return Refusal(raises) if kind in NUMBERS else None
    good = value.lower() in ("channels_first", "channels_last")
    return None if good else Refusal("ValueError", "The `data_format` argument must be one of")


def per_axis(count: int, zero: bool = False, none: bool = False, words: str = "") -> Predicate:
    """One number, or `count` of them, above zero (`zero`: or zero; `none`: or None)."""
    words = words or f"argument must be a tuple of {count} integers"

    def ask(asked: Asked) -> Refusal | None:
        kind = kind_of(asked.value)
        if of_numpy(asked.value):
            return Refusal("ValueError", words)
        if kind is None or none and plain(asked.value) is None:
            return None
        if kind in ("int", "bool"):
            return Refusal("ValueError", words) if _too_low(asked.value, zero) else None
        items = listed(asked.value)
        if items is None:
            odd = kind in ("float", "NoneType", "str") or is_layer(asked.registry, asked.value)
            return Refusal(("ValueError", "TypeError")) if odd else None
        if len(items) != count or any(_too_low(item, zero) or kind_of(item) in NO_INT for item in items):
            return Refusal("ValueError", words)
        return None

    return ask


NO_INT = ("NoneType", "tuple", "list")


def _too_low(value: object, zero: bool) -> bool:
    number = value.value if isinstance(value, Const) else None
    return isinstance(number, int) and (number < 0 if zero else number <= 0)


def ends(count: int, below: bool = False) -> Predicate:
    """What is cut off or put around: one number, one for each axis, or a pair for each; `below`: also below zero."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if kind in ("NoneType", "float", "str"):
            return Refusal(("ValueError", "TypeError"))
        if isinstance(value, int) and value < 0 and not below and asked.registry.target == "keras3":
            return Refusal("ValueError")
        items = listed(asked.value)
        each_end = [end for item in items or () for end in (item, *(listed(item) or ()))]
        if asked.registry.target == "keras3" and any(_too_low(end, True) for end in each_end):
            return Refusal("ValueError")
        if any(map(_no_ends, items or ())):
            return Refusal(("ValueError", "TypeError"))
        return None if items is None or len(items) == count else Refusal("ValueError", "should have")

    return ask


def _no_ends(item: Value) -> bool:
    """Neither a number nor a pair; within a pair a float is made into an integer."""
    pair = listed(item)
    if pair is None:
        return kind_of(item) in ("NoneType", "str", "float")
    return len(pair) != 2 or any(kind_of(each) in (*NO_INT, "str") for each in pair)


def more_than(limit: int, words: str) -> Predicate:
    """None, or a number above the limit; a text cannot be compared."""

    def ask(asked: Asked) -> Refusal | None:
        kind, value = kind_of(asked.value), plain(asked.value)
        if kind == "str":
            return Refusal("TypeError", "not supported between instances of")
        return Refusal("ValueError", words) if isinstance(value, (int, float)) and value <= limit else None

    return ask


def not_none(words: str, negative: bool = True) -> Predicate:
    """A number; `negative`: also below zero."""

    def ask(asked: Asked) -> Refusal | None:
        value = plain(asked.value)
        below = isinstance(value, (int, float)) and value < 0 and not negative
        return Refusal("ValueError", words) if value is None or below else None

    return ask


def callable_(words: str) -> Predicate:
    """Something that can be called."""

    def ask(asked: Asked) -> Refusal | None:
        kind = kind_of(asked.value)
        wrong = kind is not None and kind not in ("callable", "object")
        return Refusal("TypeError", words) if wrong else None

    return ask
