"""What `fit` is given beside its data: callbacks that watch a metric, and weights of samples and classes."""

from lstm_lint.library.keras.compiling import COMPILED, Asked
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import GRAPH_KINDS
from lstm_lint.library.keras.windows import listed
from lstm_lint.values import dims
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Value

WATCHING = tuple(f"keras.callbacks.{name}" for name in ("EarlyStopping", "ModelCheckpoint", "ReduceLROnPlateau"))
STEP = ("ValueError", "InvalidArgumentError")


def check_monitors(asked: Asked) -> None:
    """Keras 3 wants to know whether what is watched shall grow or shrink, unless `mode` says it."""
    known = _metrics(asked)
    if asked.keras2 or known is None:
        return
    given = asked.value("callbacks")
    for each in (given,) if isinstance(given, Thing) and given.type != "list" else listed(given) or ():
        if not isinstance(each, Thing) or each.type not in WATCHING or argument(each, "mode") != Const("auto"):
            continue
        monitor = argument(each, "monitor")
        name = (
            monitor.value.removeprefix("val_") if isinstance(monitor, Const) and isinstance(monitor.value, str) else ""
        )
        if name and name != "loss" and name not in known:
            words = ("isn't able to automatically determine whether that metric should be maximized or minimized",)
            facts = {"callback": each.type.rpartition(".")[2], "value": monitor.value, "known": known}  # type: ignore[union-attr]
            raise asked.clash("unknown-monitor", ("ValueError",), words, at="callbacks", **facts)


def _metrics(asked: Asked) -> tuple[str, ...] | None:
    """The names of all metrics; None where one is not known."""
    held = asked.model.get(COMPILED)
    several = [each for each in leaves(asked.model.get("outputs") or NONE) if isinstance(each, Tensor)]
    if (
        not isinstance(held, dict)
        or asked.model.type not in GRAPH_KINDS
        or len(several) > 1
        or held.get("more") != Const(False)
    ):
        return None
    metrics = held.get("metrics", NONE)
    items = () if metrics == NONE else listed(metrics)
    names = [_name(each) for each in items or ()]
    return None if items is None or None in names else tuple(name for name in names if name is not None)


def _name(metric: Value) -> str | None:
    if isinstance(metric, Thing) and metric.type.startswith("keras.metrics."):
        metric = argument(metric, "name")
    return metric.value if isinstance(metric, Const) and isinstance(metric.value, str) else None


def check_weights(asked: Asked, output: Value) -> None:
    """Weights of samples must fit what the loss gives: a number for each sample, or for each of its steps."""
    weights = asked.value("sample_weight")
    if not isinstance(output, Tensor) or not isinstance(output.shape, tuple) or len(output.shape) < 2:
        return
    rest = output.shape[1:-1]
    if isinstance(weights, Tensor) and isinstance(weights.shape, tuple) and weights.type == "numpy.ndarray":
        theirs = weights.shape[1:-1] if len(weights.shape) == len(output.shape) else weights.shape[1:]
        beyond = (
            len(weights.shape) == len(output.shape) and isinstance(weights.shape[-1], int) and weights.shape[-1] > 1
        )
        apart = any(dims.same(a, b) is False and b != 1 for a, b in zip(rest, theirs, strict=False))
        if beyond or apart or len(theirs) > len(rest):
            facts = {"weights": weights.shape, "shape": output.shape}
            raise asked.clash("sample-weights", STEP, (), at="sample_weight", **facts)
    given = asked.value("class_weight")
    wrong = isinstance(given, Const) and isinstance(given.value, str) or listed(given) is not None
    if wrong or isinstance(given, Tensor) and given.rank:
        raise asked.clash(
            "class-weight-kind", ("AttributeError", "ValueError"), (), at="class_weight", shape=output.shape
        )


def check_class_weight(asked: Asked, output: Value, target: Value) -> None:
    """A weight for each class wants one class for each sample."""
    given = asked.value("class_weight")
    whole = isinstance(given, Thing) and given.type == "dict"
    if not whole or not isinstance(output, Tensor) or not isinstance(target, Tensor) or output.rank is None:
        return
    steps = isinstance(target.shape, tuple) and len(target.shape) == 2 and target.shape[1] != 1 and output.rank == 3
    if steps and isinstance(target.shape, tuple) and isinstance(target.shape[1], int):
        raise asked.clash("class-weight-steps", STEP, (), at="class_weight", shape=output.shape)
