"""Initializers that make matrices are for no weight of other axes: a bias has one."""

from lstm_lint.library.keras.calling import LayerCall
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.weights import weights_for
from lstm_lint.values.value import NONE, Const, Thing, truth

ATTENTIONS = tuple(f"keras.layers.{name}Attention" for name in ("MultiHead", "GroupQuery", "GroupedQuery"))
END = "_initializer"
SQUARE = {
    "Orthogonal": ("orthogonal", "Orthogonal", "OrthogonalInitializer", "OrthogonalV2"),
    "Identity": ("identity", "Identity", "IdentityInitializer", "IdentityV2"),
}
"""Their names; what is orthogonal may have more axes than two."""


def misfit(call: LayerCall, held: Thing, name: str) -> bool:
    """Does the initializer surely not fit a weight that it is for?"""
    kind, shape = _kind(held, name), call.input.shape
    if kind is None or not isinstance(shape, tuple):
        return False
    start = name.removesuffix(END)
    if held.type in ATTENTIONS:
        return _of_heads(held, start, kind)
    for weight in weights_for(call.registry, held, shape) or ():
        mine = weight.name.rpartition("/")[2] in (start, f"{start}_kernel")
        if mine and (len(weight.shape) < 2 or len(weight.shape) > 2 and kind == "Identity"):
            return True
    return False


def _of_heads(held: Thing, start: str, kind: str) -> bool:
    """Kernels have three axes, and what is put together in the end one bias."""
    last = argument(held, "output_shape") == NONE and truth(argument(held, "use_bias")) is True
    return start == "kernel" and kind == "Identity" or start == "bias" and last


def _kind(held: Thing, name: str) -> str | None:
    value = argument(held, name)
    if isinstance(value, Thing):
        kind = value.type.removeprefix("keras.initializers.")
        return kind if kind in SQUARE else None
    text = value.value if isinstance(value, Const) else None
    return next((kind for kind, names in SQUARE.items() if text in names), None)
