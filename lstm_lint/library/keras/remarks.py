"""What is said of a model, its loss and its last activation, whatever the data are."""

from typing import Any

from lstm_lint.library.keras.comparing import last_layer
from lstm_lint.library.keras.compiling import COMPILED, Asked, compile_, own
from lstm_lint.library.keras.feeding import leaves, mapped
from lstm_lint.library.keras.losses import Loss, activation, loss_of, misread
from lstm_lint.library.keras.models import ends
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.values import dims
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import FED, NONE, Const, Tensor, Thing, Tuple, Value

MEASURING = ("meansquarederror", "meanabsoluteerror", "meanabsolutepercentageerror", "huber", "logcosh")
SAID_AT = ("compile", "fit", "train_on_batch")
SAID = "said"
"""Marks, among what a model was compiled with, that this was judged."""


@op("keras.Model.compile")
def compiled(registry: Registry, call: Call) -> Value:
    """A model that is built is judged at once, any other where it is trained."""
    asked = compile_(registry, call)
    note_likely(asked)
    remark(asked, ends(asked.model)[1])
    return NONE


def note_likely(asked: Asked) -> None:
    """Notes what data the model would take."""
    given, wanted = ends(asked.model)
    if not all(isinstance(each, Tensor) for each in (*leaves(given), *leaves(wanted))):
        return
    samples = dims.symbol("samples", id(asked.model))
    held = asked.model.get(COMPILED)
    loss = loss_of(asked.registry, held.get("loss", NONE)) if isinstance(held, dict) else None

    def like(value: Value, labels: bool = False) -> Value:
        assert isinstance(value, Tensor)
        if not isinstance(value.shape, tuple) or not value.shape:
            return Unknown("data for an input that is not known")
        first, *rest = value.shape
        sizes = (samples if first is None else first, *(rest[:-1] if labels else rest))
        return Tensor(sizes, "numpy.ndarray", "int32" if labels else value.dtype)

    labels = loss is not None and loss.name.startswith("sparse")
    targets = mapped(wanted, lambda value: like(value, labels))
    asked.call.engine.heap.put(asked.model, FED, Tuple((mapped(given, like), targets)))


def remark(asked: Asked, output: Value) -> None:
    """A last activation that does not go with the loss, or with one unit, whatever the targets are."""
    held, outputs = asked.model.get(COMPILED), list(leaves(output))
    if (
        asked.call.callee not in SAID_AT
        or not isinstance(held, dict)
        or SAID in held
        or own(asked.model, "compute_loss")
    ):
        return
    loss = loss_of(asked.registry, held.get("loss", NONE))
    if loss is None or len(outputs) != 1 or not isinstance(outputs[0], Tensor):
        return
    output = outputs[0]
    asked.call.engine.heap.put(asked.model, COMPILED, {**held, SAID: Const(True)})
    last = last_layer(asked.model)
    facts: dict[str, Any] = {
        "loss": loss.name,
        "layer": last,
        "activation": activation(last),
        "output": output,
        "tensor": output,
    }
    one = isinstance(output.shape, tuple) and output.shape[-1:] == (1,)
    kind = "silent-one-class" if one and _of_one_class(loss, activation(last)) else misread(asked.registry, loss, last)
    if kind is not None:
        asked.call.engine.remark(asked.clash(kind, (), (), **facts))
    if activation(last) == "softmax" and one:
        asked.call.engine.remark(asked.clash("silent-softmax-of-one", (), (), **facts))
    if loss.name in MEASURING and activation(last) in ("linear", "relu") and _accuracy(asked):
        asked.call.engine.remark(asked.clash("silent-accuracy-of-measures", (), (), **facts))


def _of_one_class(loss: Loss, ends_in: str | None) -> bool:
    """Shares of 1 among units of which there is one; a relu of 0 has no share at all."""
    return loss.name == "categoricalcrossentropy" and ends_in in ("sigmoid", "linear")


def _accuracy(asked: Asked) -> bool:
    """Is the accuracy among the metrics?"""
    held = asked.model.get(COMPILED)
    metrics = held.get("metrics", NONE) if isinstance(held, dict) else NONE
    items: Any = (
        metrics.items if isinstance(metrics, Tuple) else metrics.get("items") if isinstance(metrics, Thing) else None
    )
    several = items if isinstance(items, tuple) else (metrics,)
    return any(isinstance(each, Const) and each.value in ("accuracy", "acc") for each in several)
