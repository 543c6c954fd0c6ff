"""The first layers of a model, and what the data bring to them: indices beyond a table, padding that no mask sees."""

from collections.abc import Iterator
from typing import Any

from lstm_lint.library.keras.compiling import Asked
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.graph import FIRST_CALL, INPUT_LAYER, Node
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.masks import SKIPPING
from lstm_lint.library.keras.models import LAYERS, layers_of
from lstm_lint.library.keras.provenance import argument_of, bounds, padded
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Value, number

EMBEDDING, MASKING = "keras.layers.Embedding", "keras.layers.Masking"
FUSED = ("keras.layers.LSTM", "keras.layers.GRU")
UNFUSED = ("activation", "recurrent_activation", "recurrent_dropout", "unroll", "use_bias", "reset_after", "use_cudnn")


def check_entering(asked: Asked, x: Value) -> None:
    """Raises Clash for an index beyond the table of an Embedding; remarks on padding."""
    for layer, data in _entering(asked, x):
        if layer.type == EMBEDDING:
            _check_indices(asked, layer, data)
        if isinstance(layer.get(SKIPPING), Thing):
            _check_padding(asked, layer, data)


def _entering(asked: Asked, x: Value) -> Iterator[tuple[Thing, Tensor]]:
    """Each layer that works on the data themselves, and these."""
    model, found = asked.model, list(leaves(x))
    several = layers_of(asked.registry, model) if model.type != "instance" else None
    first = [each for each in several or () if each.type != INPUT_LAYER][:1]
    if LAYERS in model.fields:
        yield from ((layer, data) for layer, data in zip(first, found, strict=False) if isinstance(data, Tensor))
        return
    inputs = list(leaves(model.get("inputs") or NONE))
    for layer in several or () if len(inputs) == len(found) else ():
        node = layer.get(FIRST_CALL)
        at = next((i for i, each in enumerate(inputs) if isinstance(node, Node) and each is node.given), None)
        data = found[at] if at is not None else None
        if isinstance(data, Tensor):
            yield layer, data


def _check_indices(asked: Asked, layer: Thing, data: Tensor) -> None:
    known, rows = bounds(data), number(argument(layer, "input_dim"))
    if known is not None and isinstance(rows, int) and known[1] >= rows:
        words = (f"is not in [0, {rows})",)
        facts: dict[str, Any] = {
            "layer": layer,
            "tensor": data,
            "shape": data.shape,
            "size": rows,
            "greatest": known[1],
        }
        raise asked.clash("value-out-of-range", ("InvalidArgumentError",), words, **facts, what="Embedding")


def _check_padding(asked: Asked, maker: Thing, data: Tensor) -> None:
    """Does the mask see what `pad_sequences` put in, and can cuDNN skip it?"""
    call, masked = padded(data), Const(0) if maker.type == EMBEDDING else argument(maker, "mask_value")
    put = argument_of(call, "value", 5, 0.0) if call is not None else None
    if call is None or not isinstance(masked, Const) or not isinstance(put, int | float):
        return
    facts: dict[str, Any] = {"maker": maker, "tensor": data, "shape": data.shape, "value": put, "made": call}
    facts["masked"] = masked.value
    if put != masked.value:
        if maker.type == MASKING or put > 0:
            asked.call.engine.remark(asked.clash("silent-padding-unmasked", (), (), **facts, layer=maker))
        return
    reader = maker.get(SKIPPING)
    if argument_of(call, "padding", 3, "pre") == "pre" and _fused(reader):
        asked.call.engine.remark(asked.clash("silent-padded-left", (), (), **facts, layer=reader))


def _fused(layer: Thing) -> bool:
    """May a GPU run it, or the layer within, by the kernel of cuDNN?"""
    held = argument(layer, "layer")
    layer = held if isinstance(held, Thing) else layer
    return layer.type in FUSED and not layer.get("open") and not any(name in layer.get(GIVEN, ()) for name in UNFUSED)
