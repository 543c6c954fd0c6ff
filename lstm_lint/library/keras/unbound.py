"""A method of a class of Keras' own, called on the class."""

from lstm_lint.library.registry import Registry
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Either, Symbol, Thing, UserClass, Value

RAISES = ("TypeError", "AttributeError", "ValueError")
"""What is missed first hangs on the arguments: `self`, the last of them, or what an instance would have."""

OF_CLASSES = frozenset(["from_config", "with_name_scope"])
"""All public class methods of layers and models in both generations."""


def call_unbound(registry: Registry, call: Call, home: str, name: str) -> Value:
    """`LSTM.call(layer, x)` is `layer.call(x)`. Raises Clash where the first argument is surely no instance."""
    first = call.positional()[0].value if call.positional() else None
    if isinstance(first, Thing) and home in registry.types(first):
        return registry.call(Call(name, call.arguments[1:], call.engine, call.place, first, call.open))
    of_classes = name in OF_CLASSES or registry.knowledge.method(home, name) is None
    if call.open or of_classes or isinstance(first, Unknown | Either | Symbol | UserClass):
        return Unknown(f"{call.callee} is not followed")
    if isinstance(first, Thing) and first.type == "instance":
        return Unknown(f"{call.callee} is not followed")
    raise Clash("class-for-self", RAISES, (), {"value": Symbol(home), "name": name})
