"""Making layers and other objects: the arguments as the generation's signature takes them."""

from typing import Any

from lstm_lint.library.registry import Registry
from lstm_lint.library.versions import Opaque, Parameter
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Thing, Tuple, Value

ARGUMENTS = "arguments"
"""The field of a made thing that holds its arguments by name: as given, else the default."""

GIVEN = "given"
"""The field that holds the names of those that were given."""


IGNORED = ("lr", "decay")
"""What optimizers take without effect, though it was meant to have one."""


WEIGHING = "LSTM GRU SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D Dense Embedding Conv1D Conv2D BatchNormalization LayerNormalization"
MAKE_WEIGHTS = frozenset(f"keras.layers.{name}" for name in WEIGHING.split())


CONVOLUTIONS = ("Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose")
FILTERED = (*CONVOLUTIONS, "SeparableConv1D", "SeparableConv2D")
ROUNDED = {
    "keras2": {
        "keras.layers.Dense": "units",
        "keras.layers.UpSampling1D": "size",
        **{f"keras.layers.{name}": "filters" for name in FILTERED},
    },
    "keras3": {"keras.layers.BatchNormalization": "axis"},
}
"""What Keras makes a whole number of."""


def make(registry: Registry, call: Call) -> Value:
    """A layer, optimizer, loss, ... with its arguments bound."""
    from lstm_lint.library.keras.checking import examine
    from lstm_lint.library.keras.contracts import note_made

    arguments = bind(registry, call)
    name = ROUNDED[registry.target].get(call.callee)
    if name is not None:
        arguments[name] = _whole(arguments[name], texts=name != "filters")
    examine(registry, call, arguments)
    given = {a.name for a in call.arguments if a.name} | _positional(registry, call)
    fields: dict[Any, Any] = {ARGUMENTS: arguments, GIVEN: frozenset(given), "open": call.open, "call": call}
    thing = Thing(call.callee, fields)
    if call.callee in MAKE_WEIGHTS:
        note_made(thing, call.engine)
    return thing


def _whole(value: Value, texts: bool) -> Value:
    match value:
        case Const(value=float(number)) if abs(number) < 2**53:
            return Const(int(number))
        case Const(value=str(text)) if texts and text.removeprefix("-").isdecimal():
            return Const(int(text))
    return value


def _positional(registry: Registry, call: Call) -> set[str]:
    takes = registry.knowledge.parameters(call.callee) or ()
    names = [p.name for p in takes if p.kind in ("pos", "posonly")]
    return set(names[: len(call.positional())])


def bind(registry: Registry, call: Call) -> dict[str, Value]:
    """Arguments by name, defaults filled in. Raises Clash for what the signature refuses."""
    takes = registry.knowledge.parameters(call.callee) or ()
    places = [p for p in takes if p.kind in ("pos", "posonly")]
    given = call.positional()
    if len(given) > len(places) and not any(p.kind == "args" for p in takes) and not call.open:
        raise Clash("too-many-arguments", ("TypeError",), ("positional argument",), {"callee": call.callee})
    bound: dict[str, Value] = {p.name: a.value for p, a in zip(places, given, strict=False)}
    for argument in call.arguments:
        if not argument.name:
            continue
        if argument.name in bound:
            words = ("multiple values for argument",)
            raise Clash("repeated-argument", ("TypeError",), words, {"name": argument.name, "callee": call.callee})
        _check(registry, call, argument.name)
        bound[argument.name] = argument.value
    for parameter in takes:
        if parameter.kind not in ("args", "kwargs") and parameter.name not in bound:
            bound[parameter.name] = _default(call, parameter)
    return bound


def _check(registry: Registry, call: Call, name: str) -> None:
    """Does this generation take the keyword?"""
    if registry.target == "keras2" and (name == "mesh" or name.endswith("_layout")):
        return  # DTensor's: decorators take them
    answer = registry.knowledge.keyword(call.callee, name)
    if answer == "ignored" and name in IGNORED and call.callee.startswith("keras.optimizers."):
        call.engine.remark(Clash("argument-ignored", (), (), {"name": name, "callee": call.callee}, at=name))
    if answer not in ("TypeError", "ValueError"):
        return
    known = {p.name for p in registry.knowledge.parameters(call.callee) or () if p.kind in ("pos", "kw")}
    facts = {"name": name, "callee": call.callee, "known": frozenset(known)}
    absent = _absent(registry, call)
    if absent:
        raise Clash("argument-refused", ("TypeError",), ("missing", f"'{absent}'"), facts, at=name)
    raise Clash("argument-refused", (answer,), (name,), facts, at=name)


def _absent(registry: Registry, call: Call) -> str:
    """A required parameter that is not given: where the rest goes into **kwargs, Python misses it first."""
    takes = registry.knowledge.parameters(call.callee) or ()
    if call.open or not any(p.kind == "kwargs" for p in takes):
        return ""
    given = _positional(registry, call) | {a.name for a in call.arguments}
    return next((p.name for p in takes if p.required and p.name not in given), "")


def _default(call: Call, parameter: Parameter) -> Value:
    if call.open:
        return Unknown(f"argument {parameter.name}")
    if not parameter.required:
        return from_plain(parameter.default)
    words = ("missing", f"'{parameter.name}'")
    raise Clash("missing-argument", ("TypeError",), words, {"name": parameter.name, "callee": call.callee})


def from_plain(data: object) -> Value:
    """A default of a signature as a value."""
    match data:
        case None | bool() | int() | float() | str():
            return Const(data)
        case list() | tuple():
            return Tuple(tuple(map(from_plain, data)))
        case Opaque(text=text):
            return Unknown(text)
    return Unknown("a default that is no literal")


def argument(thing: Thing, name: str) -> Value:
    """The argument that a thing was made with, or what its attribute was set to since."""
    if ("set", name) in thing.fields:
        return thing.fields["set", name]  # type: ignore[no-any-return]
    bound = arguments(thing)
    return Unknown("an argument of one of several ways") if bound is None else bound.get(name, NONE)


def arguments(thing: Thing) -> dict[str, Value] | None:
    """What a thing was made with; None where that hangs on the way here."""
    bound = thing.get(ARGUMENTS) or {}
    return bound if isinstance(bound, dict) else None


def check_function(registry: Registry, call: Call) -> None:
    """Arguments of a function that its signature does not take, or misses."""
    takes = registry.knowledge.parameters(call.callee)
    if call.open or takes is None or any(p.kind == "args" for p in takes):
        return
    places = [p.name for p in takes if p.kind in ("pos", "posonly")]
    given, named = len(call.positional()), [a.name for a in call.arguments if a.name]
    facts: dict[str, Any] = {
        "callee": call.callee,
        "known": frozenset(p.name for p in takes if p.kind in ("pos", "kw")),
    }
    if given > len(places):
        raise Clash("too-many-arguments", ("TypeError",), ("positional argument",), facts)
    for name in named if all(p.kind != "kwargs" for p in takes) else ():
        if name not in facts["known"]:
            raise Clash(
                "argument-refused",
                ("TypeError",),
                ("unexpected keyword argument", name),
                {**facts, "name": name},
                at=name,
            )
    missing = next((p.name for p in takes if p.required and p.name not in (*places[:given], *named)), None)
    if missing is not None:
        raise Clash("missing-argument", ("TypeError",), (), {**facts, "name": missing})
