"""What Keras asks of arguments where a thing is made: predicates, and the tables that say which parameter they are for.

A predicate tells of a value how Keras refuses it, or None: it is taken, or not known well enough.
"""

from collections.abc import Callable
from typing import TypeAlias

from lstm_lint.findings import Target
from lstm_lint.library.registry import Registry
from lstm_lint.library.rooms import fetch
from lstm_lint.library.tables import Table
from lstm_lint.records import dataclass
from lstm_lint.values.library import Call, Clash, Engine
from lstm_lint.values.value import Const, Function, Method, Symbol, Tensor, Thing, Tuple, UserClass, Value, Whole


@dataclass(frozen=True)
class Asked:
    """An argument of something that is being made, with all the others beside it."""

    registry: Registry
    engine: Engine
    callee: str
    name: str
    value: Value
    arguments: dict[str, Value]

    def other(self, name: str) -> Value | None:
        return self.arguments.get(name)


@dataclass(frozen=True)
class Refusal:
    """The exception, and what is surely in its message; `late` if it comes when the layer runs."""

    raises: str | tuple[str, ...]
    words: str | tuple[str, ...] = ()
    late: bool = False


Predicate: TypeAlias = Callable[[Asked], Refusal | None]

PARAMETERS = Table()
"""(class, generation) -> parameter -> predicates."""

FAMILIES: dict[str, Predicate] = {}
"""The end of a parameter's name -> the predicate for all parameters of that family (`kernel_initializer`)."""

EVERYWHERE: dict[str, Predicate] = {}
"""What every layer takes."""

WHOLE = Table()
"""(class, generation) -> functions that look at all arguments together."""


def check(*names: str, until: Target | None = None, since: Target | None = None, **predicates: Predicate) -> None:
    """Parameters of these classes and what is asked of them, beside what was asked already."""
    for key in _keys(names, until, since):
        held = PARAMETERS.setdefault(key, {})
        for parameter, predicate in predicates.items():
            held[parameter] = (*held.get(parameter, ()), predicate)


def whole(*names: str, until: Target | None = None, since: Target | None = None) -> Callable[..., Callable[..., None]]:
    """What is asked of all arguments of these classes together."""

    def keep(function: Callable[[Asked], None]) -> Callable[[Asked], None]:
        for key in _keys(names, until, since):
            WHOLE[key] = (*WHOLE.get(key, ()), function)
        return function

    return keep


def _keys(names: tuple[str, ...], until: Target | None, since: Target | None) -> list[tuple[str, Target]]:
    found = Table()
    found.register(names, until, since)(check)
    return list(found)


def examine(registry: Registry, call: Call, arguments: dict[str, Value]) -> None:
    """Raises Clash for the first argument that Keras surely refuses."""
    fetch(call.callee)
    held = PARAMETERS.get((call.callee, registry.target), {})
    layer = registry.knowledge.kind(call.callee) == "layer"
    for name, value in arguments.items():
        asked = Asked(registry, call.engine, call.callee, name, value, arguments)
        for predicate in (*held.get(name, ()), *(_shared(name) if layer else ())):
            refusal = predicate(asked)
            if refusal is not None:
                raise clash_of(asked, refusal)
        _by_kind(asked)
    for function in WHOLE.get((call.callee, registry.target), ()):
        function(Asked(registry, call.engine, call.callee, "", Const(None), arguments))


def _by_kind(asked: Asked) -> None:
    """No value of its kind is taken, whatever else is said of the parameter."""
    from lstm_lint.library.keras.wrongkinds import refused

    found = refused(asked.registry.target, asked.callee, asked.name, asked.value)
    if found is not None and found[0] == "make":
        raise clash_of(asked, Refusal(found[1]))


def _shared(name: str) -> tuple[Predicate, ...]:
    family = FAMILIES.get(name.rsplit("_", 1)[-1])
    every = EVERYWHERE.get(name)
    return tuple(predicate for predicate in (family, every) if predicate is not None)


def clash_of(asked: Asked, refusal: Refusal, name: str = "") -> Clash:
    raises = (refusal.raises,) if isinstance(refusal.raises, str) else refusal.raises
    words = (refusal.words,) if isinstance(refusal.words, str) else refusal.words
    facts = {"name": name or asked.name, "value": asked.value, "callee": asked.callee}
    return Clash("argument-value", raises, words, facts, at=name or asked.name)


# What a value is.

CALLABLE = (Function, UserClass, Method, Symbol)


def kind_of(value: Value) -> str | None:
    """The name of its Python type (`callable` and `object` for what has no plain one), None where that is not known."""
    match value:
        case Const(value=Whole()):
            return None
        case Const(value=plain):
            return type(plain).__name__
        case Tuple(kind=kind):
            return "tuple" if kind in ("shape", "bare") else kind
        case Thing(type="list" | "dict" | "set" as kind):
            return kind
        case Thing():
            return "object"
        case Tensor(type="numpy.ndarray" | "keras.KerasTensor" | "tensorflow.Tensor", shape=shape) if shape != ():
            return "tensor"
        case Function() | UserClass() | Method() | Symbol():
            return "callable"
    return None


def is_layer(registry: Registry, value: Value) -> bool | None:
    """Is it an instance of Layer?"""
    if isinstance(value, Thing) and value.type != "instance":
        return value.type not in ("list", "dict", "set") and (
            registry.knowledge.kind(value.type) in ("layer", "model") or value.type == "keras.Model"
        )
    if isinstance(value, Thing):
        bases = list(value.fields["__class__"].lineage())
        if any(isinstance(base, Symbol) and registry.knowledge.kind(base.path) in ("layer", "model") for base in bases):
            return True
        return False if all(isinstance(base, UserClass) for base in bases) else None
    return None if kind_of(value) is None else False


def plain(value: Value) -> object:
    """The value of a constant; Ellipsis for everything else."""
    return value.value if isinstance(value, Const) else ...
