"""The few of the standard library that functions and classes pass through."""

from typing import Any

from lstm_lint.library.tables import op
from lstm_lint.records import replace
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import CALLS, NONE, Const, Function, Symbol, Thing, UserClass, Value


@op("dataclasses.dataclass")
def dataclass_(registry: Any, call: Call) -> Value:
    given = call.positional()
    if given and isinstance(given[0].value, UserClass):
        call.engine.heap.put(given[0].value.scope, "__generated__", Const(True))
        return given[0].value
    return Symbol("dataclasses.dataclass")


@op("dataclasses.field")
def field_(registry: Any, call: Call) -> Value:
    factory = call.find("default_factory")
    if factory is not None and isinstance(factory.value, Function | UserClass):
        return call.engine.run(factory.value, ())
    if factory is not None and isinstance(factory.value, Symbol):
        made: Value = registry.call(Call(factory.value.path, (), call.engine))
        return made
    return call.value("default")


@op("functools.partial")
def partial_(registry: Any, call: Call) -> Value:
    given = call.positional()
    return Thing("functools.partial", {CALLS: (given[0].value, call.arguments[1:])}) if given else NONE


@op(
    "functools.wraps",
    "functools.lru_cache",
    "functools.cache",
    "tensorflow.function",
    "contextlib.contextmanager",
    "numba.jit",
)
def transparent(registry: Any, call: Call) -> Value:
    """A decorator that leaves the function as it is, with or without arguments of its own."""
    given, traced = call.positional(), call.callee == "tensorflow.function"
    if call.callee != "functools.wraps" and given and isinstance(given[0].value, Function):
        return _traced(given[0].value) if traced else given[0].value
    return Symbol("builtins.@traced" if traced else "builtins.@same")


def _traced(function: Value) -> Value:
    return replace(function, traced=True) if isinstance(function, Function) else function


@op("builtins.@same", "builtins.@traced")
def same(registry: Any, call: Call) -> Value:
    function = call.value("function", 0)
    return _traced(function) if call.callee.endswith("@traced") else function


@op("pytest.raises", "contextlib.suppress")
def expecting(registry: Any, call: Call) -> Value:
    return Thing(call.callee)


@op("copy.deepcopy", "copy.copy")
def copied(registry: Any, call: Call) -> Value:
    """A container of its own with the same content."""
    value = call.value("x", 0)
    plain = isinstance(value, Thing) and value.type in ("list", "dict", "set", *OPEN)
    return Thing(value.type, dict(value.fields)) if plain and isinstance(value, Thing) else value


OPEN = ("types.SimpleNamespace", "argparse.Namespace", "collections.namedtuple")


@op("types.SimpleNamespace", "argparse.Namespace")
def namespace(registry: Any, call: Call) -> Value:
    return Thing(call.callee, {("set", a.name): a.value for a in call.arguments if a.name})


def _own_fields(value: Value) -> dict[str, Value] | None:
    """What an instance of a class holds that inherits from the user's alone."""
    if not isinstance(value, Thing) or value.type != "instance":
        return None
    if not all(isinstance(base, UserClass) for base in value.fields["__class__"].lineage()):
        return None
    return {name: held for name, held in value.fields.items() if isinstance(name, str) and not name.startswith("__")}


@op("builtins.vars")
def vars_(registry: Any, call: Call) -> Value:
    value = call.value("object", 0)
    known = isinstance(value, Thing) and value.type in OPEN and isinstance(value, Thing)
    own = _own_fields(value)
    if own is not None:
        return Thing("dict", {"items": own})
    if not known or not isinstance(value, Thing):
        return Thing("dict", {"items": Unknown("the fields of an object")})
    return Thing("dict", {"items": {name[1]: held for name, held in value.fields.items() if isinstance(name, tuple)}})


@op("enum.auto", "uuid.uuid4", "datetime.datetime.now", "time.strftime", "time.sleep", "logging.getLogger")
def passed_over(registry: Any, call: Call) -> Value:
    return Unknown(f"what {call.callee} gives")


@op(
    "json.load", "json.loads", "yaml.safe_load", "yaml.load", "toml.load", "tomllib.load", "pickle.load", "pickle.loads"
)
def from_outside(registry: Any, call: Call) -> Value:
    """Whatever a file holds: what is read of it is named after the keys."""
    return Unknown(f"{call.callee} reads from outside", call.callee.partition(".")[0], object())
