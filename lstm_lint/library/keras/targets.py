"""Targets of a batch held against the outputs of the model, each under its loss."""

from typing import Any

from lstm_lint.library.keras.comparing import follow, last_layer, maker
from lstm_lint.library.keras.compiling import COMPILED, Asked, own
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.losses import Loss, Meeting, keeps_logits, loss_of, meet, too_few
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.provenance import bounds
from lstm_lint.trace import Called
from lstm_lint.values.dims import Size
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Shape, Tensor, Thing, Tuple, Value

TRAINS = ("fit", "train_on_batch")
SPARSE = "sparsecategoricalcrossentropy"


def check(asked: Asked, output: Value, target: Value, sizes: tuple[int, ...] | None, at: str) -> None:
    """Raises Clash where a loss surely raises; remarks where it surely stretches one over the other."""
    held = asked.model.get(COMPILED)
    if not isinstance(held, dict) or own(asked.model, "compute_loss"):
        return
    loss = held.get("loss", NONE)
    if target == NONE:
        _missing(asked, loss)
        return
    outputs, found = list(leaves(output)), list(leaves(target))
    if (
        not all(isinstance(each, Tensor) for each in (*outputs, *found))
        or isinstance(loss, Unknown)
        or _is_dict(target)
    ):
        return
    _check_names(asked, loss)
    losses = _losses(loss, outputs)
    if len(outputs) != len(found):
        if NONE in losses:  # the outputs that are trained may be those that have a target
            return
        told = len(losses) in (len(outputs), 1) or _is_dict(loss) and len(outputs) > 1
        _count(asked, told, outputs, found, target is not found[0])
        return
    for index, (mine, theirs, given) in enumerate(zip(outputs, found, losses, strict=False)):
        known = loss_of(asked.registry, given)
        if not isinstance(mine, Tensor) or not isinstance(theirs, Tensor):
            continue
        if known is not None:
            _one(asked, known, theirs, mine, sizes, at, index if len(outputs) > 1 else None)
        elif isinstance(given, Function | Thing) and asked.call.callee in TRAINS:
            follow(asked, given, theirs, mine, last_layer(asked.model) if len(outputs) == 1 else None)


def _is_dict(value: Value) -> bool:
    return isinstance(value, Thing) and value.type == "dict"


def _check_names(asked: Asked, loss: Value) -> None:
    """Losses by name: each name is an output's; Keras 3 wants them all."""
    items = loss.get("items") if isinstance(loss, Thing) and loss.type == "dict" else None
    names = [_name(each) for each in leaves(asked.model.get("outputs") or NONE)]
    if not isinstance(items, dict) or len(names) < 2 or None in names:
        return
    strange = [key for key in items if key not in names]
    if strange or not asked.keras2 and len(items) < len(names):
        words = "do not correspond to any Model output" if asked.keras2 else "in loss dict, but found loss.keys()="
        raise asked.clash("loss-names", ("ValueError",), (words,), expected=names, found=list(items))


def _name(output: Value) -> str | None:
    """The name that the source gave to the layer of an output."""
    layer = maker(output)
    given = argument(layer, "name") if layer is not None else NONE
    return given.value if isinstance(given, Const) and isinstance(given.value, str) else None


def _losses(loss: Value, outputs: list[Value]) -> list[Value]:
    """One loss for each output; none where they are told apart by name."""
    items: Any = loss.items if isinstance(loss, Tuple) else loss.get("items") if isinstance(loss, Thing) else None
    if isinstance(items, tuple):
        return list(items)
    return [] if _is_dict(loss) else [loss] * len(outputs)


def _missing(asked: Asked, loss: Value) -> None:
    """Nothing to train towards."""
    known = loss_of(asked.registry, loss)
    if known is None or asked.call.callee not in TRAINS or asked.call.open or asked.model.get("added loss"):
        return
    if own(asked.model, "train_step"):
        return
    words = ("Target data is missing",) if asked.keras2 else ("None values not supported",)
    raise asked.clash("target-missing", ("ValueError",), words, loss=known.name)


def _count(asked: Asked, told: bool, outputs: list[Value], found: list[Value], listed: bool) -> None:
    """One target for each output; but Keras 2 takes a single one, and several for a single output."""
    facts = {"expected": len(outputs), "found": len(found), "outputs": outputs, "targets": found}
    if asked.keras2 and listed and len(outputs) > 1:
        words = ("two structures don't have the same sequence length",)
        raise asked.clash("target-count", ("ValueError",), words, at="y", **facts)
    if not asked.keras2 and told:
        raise asked.clash("target-count", ("ValueError", "KeyError"), (), at="y", **facts)


def _all_zero(target: Tensor) -> bool:
    """Were its labels written as zeros?"""
    operation = target.origin.operation if target.origin is not None else None
    return isinstance(operation, Called) and "zeros" in operation.callee


def _one(
    asked: Asked, loss: Loss, target: Tensor, output: Tensor, sizes: tuple[int, ...] | None, at: str, index: int | None
) -> None:
    if too_few(loss, output.shape) and not _all_zero(target):
        words = ("outside the valid range of [0, 1)",)
        raise asked.clash("one-class", ("InvalidArgumentError",), words, tensor=output, shape=output.shape)
    _check_labels(asked, loss, target, output)
    last = last_layer(asked.model)
    found = keeps_logits(last) if asked.keras2 else None
    met = meet(asked.registry, loss, _batched(target.shape, output.shape), output.shape, found)
    for size in sizes or ():
        if met.answer in ("raises", "stretches"):
            break
        ours, theirs = _of_size(target.shape, size), _of_size(output.shape, size)
        now = meet(asked.registry, loss, ours, theirs, found)
        met = now if now.answer == "raises" else met
    if met.answer not in ("raises", "stretches"):
        return
    clash = _clash(asked, met, loss, target, output, at, index, last)
    if met.answer == "raises":
        raise clash
    asked.call.engine.remark(clash)


def _check_labels(asked: Asked, loss: Loss, target: Tensor, output: Tensor) -> None:
    """Numbers of classes for which there is no unit."""
    units = output.shape[-1] if isinstance(output.shape, tuple) and output.shape else None
    given = argument(loss.given, "ignore_class") if isinstance(loss.given, Thing) else NONE
    known = bounds(target) if loss.name == SPARSE and given == NONE else None
    if known is None or not isinstance(units, int) or 0 <= known[0] and known[1] < units:
        return
    words = (f"outside the valid range of [0, {units})",)
    facts: dict[str, Any] = {
        "tensor": output,
        "shape": output.shape,
        "size": units,
        "greatest": known[1],
        "least": known[0],
    }
    raise asked.clash("value-out-of-range", ("InvalidArgumentError",), words, **facts, what=loss.name)


def _clash(
    asked: Asked,
    met: Meeting,
    loss: Loss,
    target: Tensor,
    output: Tensor,
    at: str,
    index: int | None,
    last: Thing | None,
) -> Clash:
    kind = "target-shape" if met.answer == "raises" else "silent-target-stretched"
    facts = {"loss": loss.name, "target": target, "output": output, "index": index, "argument": at, "layer": last}
    met_as = {"expected": met.output, "found": met.target, "tensor": output, "shape": output.shape}
    return asked.clash(kind, met.raises, met.words, at=at, **facts, **met_as)


def _batched(target: Shape | Unknown, output: Shape | Unknown) -> Shape | Unknown:
    """A model of a fixed batch size is given so many targets at a time."""
    fixed = output[0] if isinstance(output, tuple) and output else None
    return _of_size(target, fixed) if isinstance(fixed, int) else target


def _of_size(shape: Shape | Unknown, size: int) -> Shape | Unknown:
    """The shape of a batch of so many samples."""
    if isinstance(shape, Unknown) or not shape or not (shape[0] is None or isinstance(shape[0], Size)):
        return shape
    return (size, *shape[1:])
