"""The defaults that a claim hangs on: of the command line, the environment, a function that nothing calls."""

import re
from collections.abc import Iterable, Iterator

from lstm_lint.checks.trail import Step
from lstm_lint.trace import Called, Operation
from lstm_lint.values.value import Const, Thing, Tuple, Value


def named(message: str, operation: Operation, layer: Thing | None, way: Iterable[Step]) -> str:
    """`, with --units at its default 48`: the numbers of the message that the program leaves to a default."""
    layers = [layer, *(step.layer for step in way), getattr(operation, "receiver", None)]
    values = [argument.value for argument in operation.arguments] if isinstance(operation, Called) else []
    for each in layers:
        if isinstance(each, Thing):
            held = each.get("arguments")
            values += held.values() if isinstance(held, dict) else held or ()
    found = {
        const.said: const.value
        for value in values
        for const in _constants(value)
        if const.said and _told(const.value, message)
    }
    several = [f"{said} at its default {value!r}" for said, value in found.items()]
    return f", with {' and '.join(several)}" if several else ""


def _told(value: object, message: str) -> bool:
    return type(value) is int and re.search(rf"\b{value}\b", message) is not None


def _constants(value: Value) -> Iterator[Const]:
    if isinstance(value, Const):
        yield value
    elif isinstance(value, Tuple):
        for item in value.items:
            yield from _constants(item)
