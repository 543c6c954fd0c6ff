"""Traces built by hand, operation by operation, as the interpreter would record them."""

from pathlib import Path
from typing import Any

from lstm_lint.findings import Place
from lstm_lint.trace import AttributeRead, Called, Clashed, ItemRead, Operation, Trace, Unpacked
from lstm_lint.values.library import AFTER_A_CLASH, Argument, Clash
from lstm_lint.values.value import Const, Origin, Tensor, Thing, Tuple, Value

HERE = Place(None, None)


def value(plain: Any) -> Value:
    if isinstance(plain, tuple):
        return Tuple(tuple(map(value, plain)))
    if isinstance(plain, list):
        return Tuple(tuple(map(value, plain)), "list")
    return Const(plain) if plain is None or isinstance(plain, (bool, int, float, str, bytes)) else plain


def tensor(*shape: Any, kind: str = "keras.KerasTensor", dtype: str = "float32") -> Tensor:
    return Tensor(shape, kind, dtype)


def array(*shape: Any, dtype: str = "float64") -> Tensor:
    return tensor(*shape, kind="numpy.ndarray", dtype=dtype)


class Builder:
    """Each method records one operation and gives its result."""

    def __init__(self) -> None:
        self.trace = Trace(Path("user.py"))
        self.ways: frozenset[tuple[int, int]] = frozenset()

    @property
    def last(self) -> Operation:
        return next(o for o in reversed(self.trace.operations) if not isinstance(o, Clashed))

    def note(self, operation: Operation, result: Any, changes: tuple[Thing, ...] = ()) -> Any:
        operation.result, operation.changes, operation.ways = result, changes, self.ways
        self.trace.operations.append(operation)
        for path, part in (
            (((i,), p) for i, p in enumerate(result.items)) if isinstance(result, Tuple) else (((), result),)
        ):
            if isinstance(part, Tensor | Thing) and part.origin is None:
                part.origin = Origin(operation, path)
        return result

    def call(self, callee: str, *given: Any, result: Any = None, changes: tuple[Thing, ...] = (), **named: Any) -> Any:
        result = Thing(callee) if result is None else result
        return self.note(Called(place=HERE, callee=callee, arguments=_arguments(given, named)), result, changes)

    def apply(self, owner: Thing, *given: Any, result: Any = None, **named: Any) -> Any:
        return self.method(owner, "__call__", *given, result=result, **named)

    def method(self, owner: Any, name: str, *given: Any, result: Any = None, **named: Any) -> Any:
        called = Called(place=HERE, callee=name, receiver=owner, arguments=_arguments(given, named))
        return self.note(called, result, (owner,) if isinstance(owner, Thing) else ())

    def read(self, owner: Any, name: str, result: Any = None) -> Any:
        return self.note(AttributeRead(place=HERE, owner=owner, name=name), result)

    def item(self, owner: Any, index: Any, result: Any = None) -> Any:
        return self.note(ItemRead(place=HERE, owner=owner, index=value(index)), result)

    def unpack(self, whole: Any, names: int, starred: bool = False) -> Any:
        return self.note(Unpacked(place=HERE, value=whole, names=names, starred=starred), None)

    def clash(self, *raises: str) -> Operation:
        operation = self.last
        clashed = Clashed(place=HERE, operation=operation, clash=Clash("", raises), result=AFTER_A_CLASH)
        self.trace.operations.append(clashed)
        return operation


def _arguments(given: tuple[Any, ...], named: dict[str, Any]) -> tuple[Argument, ...]:
    return (*(Argument(value(each)) for each in given), *(Argument(value(each), name) for name, each in named.items()))
