"""What a check asks of a layer: its name, the arguments it was made with, the place where that stands."""

from typing import Any

from lstm_lint.findings import Place
from lstm_lint.trace import Called
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Argument
from lstm_lint.values.value import NONE, Const, Thing, UserClass, Value

RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional")
STATES = {"LSTM": ("hidden state", "cell state"), "GRU": ("state",), "SimpleRNN": ("state",)}
WIDTHS = ("units", "filters", "n", "output_dim", "rate", "target_shape", "layer")


def name(layer: Thing) -> str:
    cls = layer.get("__class__")
    return cls.name if isinstance(cls, UserClass) else layer.type.rsplit(".", 1)[-1]


def argument(layer: Thing, wanted: str) -> Value:
    """What it was made with, or the default."""
    found: Any = (layer.get("arguments") or {}).get(wanted)
    return found if found is not None else NONE


def inner(layer: Thing) -> Thing:
    """The layer that a wrapper holds, else the layer itself."""
    held = argument(layer, "layer")
    return held if isinstance(held, Thing) else layer


def text(layer: Thing) -> str:
    """`LSTM(8)`, `Bidirectional(LSTM(8))`, `Flatten()`."""
    given = layer.get("given") or ()
    for wanted in WIDTHS:
        value = argument(layer, wanted)
        if wanted in given and isinstance(value, Thing):
            return f"{name(layer)}({text(value)})"
        if wanted in given and isinstance(value, Const | Size):
            return f"{name(layer)}({value.value if isinstance(value, Const) else value})"
    return f"{name(layer)}()"


def made_at(layer: Thing) -> Place | None:
    """The place of the call that made it."""
    call = layer.get("call")
    if call is not None and call.place is not None:
        return call.place  # type: ignore[no-any-return]
    operation = layer.origin.operation if layer.origin is not None else None
    return operation.place if isinstance(operation, Called) else None


def given(layer: Thing, wanted: str) -> Argument | None:
    """The keyword argument as it stands in the source."""
    call = layer.get("call")
    arguments = call.arguments if call is not None else ()
    return next((each for each in arguments if each.name == wanted), None)
