"""What a program does to Keras as a whole: it gives names, so that an unknown name of an activation or a loss is no
mistake from then on; it clears the session."""

from typing import Any

from lstm_lint.library.keras.everywhere import CUSTOM
from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Symbol, Thing, Value

SESSION = Thing("session")


@op("keras.saving.get_custom_objects", "keras.utils.CustomObjectScope", "keras.saving.CustomObjectScope")
def custom_objects(registry: Any, call: Call) -> Value:
    call.engine.heap.put(CUSTOM, "of", call.engine.heap)
    return Unknown("custom objects")


@op("keras.activations.get")
def activation(registry: Any, call: Call) -> Value:
    """The function of that name, or what is one already."""
    given = call.value("identifier", 0)
    match given:
        case Const(value=None):
            return Symbol("keras.activations.linear")
        case Const(value=str() as name) if registry.knowledge.exists(f"keras.activations.{name}"):
            return Symbol(f"keras.activations.{name}")
        case Symbol() | Function():
            return given
    return Unknown("an activation")


@op("keras.saving.register_keras_serializable")
def register(registry: Any, call: Call) -> Value:
    """A decorator with arguments that leaves what it decorates as it is."""
    call.engine.heap.put(CUSTOM, "of", call.engine.heap)
    return Symbol("builtins.@same")


@op("keras.backend.clear_session", "keras.utils.clear_session", "tensorflow.keras.backend.clear_session")
def clear_session(registry: Any, call: Call) -> Value:
    call.engine.heap.put(SESSION, "cleared", call.engine.heap)
    return NONE
