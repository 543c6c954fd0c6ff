"""The command line and the environment: the defaults that the program itself gives are what runs."""

from typing import Any

from lstm_lint.library.python.numbers import some_number
from lstm_lint.library.tables import op
from lstm_lint.records import replace
from lstm_lint.values import dims
from lstm_lint.values.library import Argument, Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Symbol, Thing, Tuple, Value

PARSER = "argparse.ArgumentParser"
NAMESPACE = "argparse.Namespace"
OPTIONS = "options"
SHARED = "shared"


@op("os.environ.get", "os.getenv")
def environment(registry: Any, call: Call) -> Value:
    name, default = call.value("name", 0), call.value("default", 1, NONE)
    if isinstance(name, Const) and isinstance(default, Const):
        return replace(default, said=f"environment variable {name.value}")
    return default


@op(PARSER, f"{PARSER}.add_argument_group", f"{PARSER}.add_mutually_exclusive_group")
def parser(registry: Any, call: Call) -> Value:
    """A group adds its arguments to the parser that it belongs to."""
    if isinstance(call.receiver, Thing):
        return Thing(PARSER, {SHARED: call.receiver.get(SHARED)})
    return Thing(PARSER, {SHARED: Thing("argparse options", {OPTIONS: {}})})


@op(f"{PARSER}.add_argument")
def add_argument(registry: Any, call: Call) -> Value:
    names = [a.value.value for a in call.positional() if isinstance(a.value, Const)]
    texts = [name for name in names if isinstance(name, str)]
    if texts and not call.open:
        default = _default(registry, call, texts)
        option = next((text for text in texts if text.startswith("--")), texts[0])
        _keep(call, _destination(call, texts), replace(default, said=option) if isinstance(default, Const) else default)
    return NONE


def _keep(call: Call, name: str, value: Value) -> None:
    assert isinstance(call.receiver, Thing)
    shared = call.receiver.fields[SHARED]
    call.engine.heap.put(shared, OPTIONS, {**shared.fields[OPTIONS], name: value})


def _destination(call: Call, names: list[str]) -> str:
    """`dest`, else the first long spelling, else the first."""
    given = call.value("dest", None, NONE)
    if isinstance(given, Const) and isinstance(given.value, str):
        return given.value
    name = next((name for name in names if name.startswith("--")), names[0])
    return name.lstrip("-").replace("-", "_")


def _default(registry: Any, call: Call, names: list[str]) -> Value:
    action, default = call.value("action", None, NONE), call.value("default", None, NONE)
    required = (
        not names[0].startswith("-") and call.find("nargs") is None or call.value("required", None, NONE) == Const(True)
    )
    name = _destination(call, names)
    if action in (Const("store_true"), Const("store_false")) and call.find("default") is None:
        return Const(action == Const("store_false"))
    if required and call.find("default") is None:
        return _asked_for(call, name)
    kind = call.value("type", None, NONE)
    if isinstance(default, Const) and isinstance(default.value, str) and isinstance(kind, Symbol):
        converted: Value = registry.call(Call(kind.path, (Argument(default),), call.engine))
        return converted
    if isinstance(default, Const) and isinstance(default.value, str) and isinstance(kind, Function):
        return call.engine.run(kind, (default,))
    return default


def _asked_for(call: Call, name: str) -> Value:
    """The user must give it: a size, a number, or something that is not known."""
    kind = call.value("type", None, NONE)
    if call.find("nargs") is None and kind == Symbol("builtins.int"):
        return dims.symbol(name)
    if call.find("nargs") is None and kind == Symbol("builtins.float"):
        return some_number()
    return Unknown(f"argument {name} of the command line", name, object())


@op(f"{PARSER}.set_defaults")
def set_defaults(registry: Any, call: Call) -> Value:
    for argument in call.arguments:
        if argument.name:
            _keep(call, argument.name, argument.value)
    return NONE


@op(f"{PARSER}.parse_args", f"{PARSER}.parse_known_args")
def parse(registry: Any, call: Call) -> Value:
    """An object of the defaults; arguments written in the program decide for themselves, so nothing is known then."""
    assert isinstance(call.receiver, Thing)
    held = call.receiver.fields[SHARED].fields[OPTIONS]
    given = call.value("args", 0, NONE)
    empty = given == NONE or call.engine.elements(given) in ([], ())
    fields = {
        ("set", name): value if empty else Unknown(f"argument {name}", name, object()) for name, value in held.items()
    }
    namespace = Thing(NAMESPACE, fields)
    return Tuple((namespace, Thing("list", {"items": ()}))) if call.callee == "parse_known_args" else namespace
