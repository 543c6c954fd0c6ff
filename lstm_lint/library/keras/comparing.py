"""Losses that a program calls by itself, in a loop of its own or within a loss of its own: held against what they get."""

from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape, flag
from lstm_lint.library.arrays.spelling import EAGER, given
from lstm_lint.library.keras.compiling import Asked
from lstm_lint.library.keras.dtypes import FLOATS
from lstm_lint.library.keras.feeding import leaves
from lstm_lint.library.keras.keys import JUDGED
from lstm_lint.library.keras.losses import Loss, activation, fitted, keeps_logits, loss_of, meet, misread
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import GRAPH_KINDS, LAYERS
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.trace import Called
from lstm_lint.values.heap import ABSENT
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Function, Method, Shape, Symbol, Tensor, Thing, UserClass, Value

CROSS = ("categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy")
HOMES = ("keras.losses", "keras.metrics", "keras.backend", "tensorflow.keras.backend", "keras.ops")
OF_SCORES = {
    "softmax_cross_entropy_with_logits": "categoricalcrossentropy",
    "sparse_softmax_cross_entropy_with_logits": "sparsecategoricalcrossentropy",
    "sigmoid_cross_entropy_with_logits": "binarycrossentropy",
}
POINTWISE = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh", "mean_squared_logarithmic_error")
LOSS = "keras.losses.Loss"


# A loss of the user's, followed over one batch.


def follow(asked: Asked, loss: Value, target: Tensor, output: Tensor, last: Thing | None) -> None:
    """What Keras hands to it: targets and outputs, of a function brought to one rank."""
    shapes = _handed(asked, loss, target.shape, output.shape)
    if shapes is None or not isinstance(loss, Function | Thing):
        return
    cast = not asked.keras2 or target.dtype in FLOATS
    dtype = output.dtype if cast else target.dtype  # measured in both: Keras 2 leaves whole numbers as they are
    theirs, ours = Tensor(shapes[0], EAGER, dtype), Tensor(shapes[1], EAGER, output.dtype)
    heap = asked.call.engine.heap
    heap.put(JUDGED, "output", (ours, last))
    try:
        method = loss if isinstance(loss, Function) else _call_of(loss)
        if method is not None:
            asked.call.engine.run(method, (theirs, ours))
    finally:
        heap.put(JUDGED, "output", ABSENT)


def _handed(asked: Asked, loss: Value, target: Shape | Unknown, output: Shape | Unknown) -> tuple[Shape, Shape] | None:
    if isinstance(target, Unknown) or isinstance(output, Unknown):
        return None
    if isinstance(loss, Function):
        return fitted(asked.registry, target, output)
    column = asked.keras2 and len(target) == 1 and len(output) == 2
    return ((*target, 1) if column else target), output


def _call_of(loss: Thing) -> Method | None:
    """The `call` of an instance of the user's own class of losses."""
    cls = loss.get("__class__")
    lineage = list(cls.lineage()) if isinstance(cls, UserClass) else []
    own = [each for each in lineage if isinstance(each, UserClass)]
    if not any(isinstance(each, Symbol) and each.path.endswith(".Loss") for each in lineage):
        return None
    found = next((f for each in own if isinstance(f := each.scope.fields.get("call"), Function)), None)
    return Method(loss, found) if found is not None else None


# What compares, called.


@op(*(f"{home}.{name}" for home in HOMES for name in CROSS))
def cross_entropy(registry: Registry, call: Call) -> Value:
    """(targets, outputs, from_logits) -> one number for each row; of keras.backend's binary one, for each element."""
    logits = flag(given(call, 2, "from_logits", default=Const(False)))
    name = call.callee.rpartition(".")[2]
    rows = name != "binary_crossentropy" or call.callee.startswith(HOMES[:2])
    loss = Loss(name.replace("_", ""), logits, Symbol(call.callee))
    return _compared(registry, call, loss, given(call, 1, "y_pred", "output"), rows)


@op(*(f"tensorflow.nn.{name}" for name in OF_SCORES))
def of_scores(registry: Registry, call: Call) -> Value:
    """TensorFlow's own, which look for no scores behind what they get."""
    name = call.callee.rpartition(".")[2]
    loss = Loss(OF_SCORES[name], True, Symbol(call.callee))
    return _compared(registry, call, loss, given(call, 1, "logits"), not name.startswith("sigmoid"), raw=True)


@op(*(f"{home}.{name}" for home in HOMES[:2] for name in POINTWISE), until="keras3")
def pointwise(registry: Registry, call: Call) -> Value:
    """Keras 2 takes both as they are; Keras 3 brings them to one rank."""
    target, output = given(call, 0, "y_true"), given(call, 1, "y_pred")
    check_difference(target, output, call.engine)
    shape = array_shape(output, call.engine)
    return Tensor(shape[:-1] if isinstance(shape, tuple) and shape else NO_RANK, EAGER)


@op(f"{LOSS}.__call__", "keras.Loss.__call__")
def instance(registry: Registry, call: Call) -> Value:
    loss = loss_of(registry, call.receiver) if call.receiver is not None else None
    target, output = given(call, 1, "y_true"), given(call, 2, "y_pred")
    if loss is None or not isinstance(output, Tensor):
        return Tensor((), EAGER)
    _remark(registry, call, loss, output, raw=False)
    _meet(registry, call, loss, array_shape(target, call.engine), output)
    whole = argument(call.receiver, "reduction") if isinstance(call.receiver, Thing) else None
    summed = not (isinstance(whole, Const) and whole.value in ("none", None))
    return Tensor(() if summed else NO_RANK, EAGER)


def _compared(registry: Registry, call: Call, loss: Loss, output: Value, rows: bool, raw: bool = False) -> Value:
    shape = array_shape(output, call.engine)
    if isinstance(output, Tensor):
        _remark(registry, call, loss, output, raw)
    known = isinstance(shape, tuple) and shape
    kind = output.type if isinstance(output, Tensor) else EAGER
    return Tensor(shape[:-1] if known and rows else shape, kind)  # type: ignore[index]


def _remark(registry: Registry, call: Call, loss: Loss, output: Tensor, raw: bool) -> None:
    """Does it take scores for chances, or chances for scores?"""
    last = giver(output)
    kind = misread(registry, loss, last, raw)
    if kind is not None:
        facts: dict[str, Any] = {"loss": loss.name, "layer": last, "activation": activation(last), "tensor": output}
        facts |= {"output": output, "function": call.callee.rpartition(".")[2] if raw else ""}
        call.engine.remark(Clash(kind, (), (), facts))


def _meet(registry: Registry, call: Call, loss: Loss, target: Shape | Unknown, output: Tensor) -> None:
    """Raises Clash where the loss surely raises; remarks where it stretches one over the other."""
    if predicted(output) is None:
        return
    met = meet(
        registry, loss, target, output.shape, keeps_logits(giver(output)) if registry.target == "keras2" else None
    )
    if met.answer not in ("raises", "stretches"):
        return
    facts = {"loss": loss.name, "target": Tensor(target, EAGER), "output": output, "method": "the loss"}
    facts |= {"expected": met.output, "found": met.target, "tensor": output, "shape": output.shape}
    if met.answer == "raises":
        raise Clash("target-shape", ("ValueError", "InvalidArgumentError"), (), facts)
    call.engine.remark(Clash("silent-target-stretched", (), (), facts))


# What a model gave.


def giver(output: Tensor) -> Thing | None:
    """The layer whose own output this is: the last one of the model that gave it."""
    held = JUDGED.get("output")
    if held is not None and held[0] is output:
        return held[1]  # type: ignore[no-any-return]
    model = predicted(output)
    if model is None or model.type not in GRAPH_KINDS:
        return model
    return last_layer(model)


def predicted(output: Tensor) -> Thing | None:
    """The model or layer that was called, or asked to predict, to get just this."""
    operation = output.origin.operation if output.origin is not None else None
    if not isinstance(operation, Called) or output.origin is None or output.origin.path:
        return None
    receiver = operation.receiver
    called = operation.callee in ("__call__", "predict", "predict_on_batch")
    return receiver if called and isinstance(receiver, Thing) and receiver.type not in PLAIN else None


PLAIN = ("list", "dict", "set")


def last_layer(model: Thing) -> Thing | None:
    """The layer that gives the only output."""
    held = model.get(LAYERS)
    if isinstance(held, tuple) and held:
        last = held[-1]
        return last if isinstance(last, Thing) else None
    outputs = list(leaves(model.get("outputs") or NONE))
    return maker(outputs[0]) if len(outputs) == 1 else None


def maker(output: Value) -> Thing | None:
    """The layer whose call gave a symbolic tensor."""
    origin = output.origin if isinstance(output, Tensor) else None
    operation = origin.operation if origin is not None else None
    receiver = operation.receiver if isinstance(operation, Called) else None
    return receiver if isinstance(receiver, Thing) else None


def check_difference(left: Value, right: Value, engine: Any) -> None:
    """`y - model(x)`, a row less a column: a square of all pairs."""
    if not isinstance(left, Tensor) or not isinstance(right, Tensor):
        return
    given_ = [_is_output(each) for each in (left, right)]
    if given_[0] == given_[1]:
        return
    output, target = (left, right) if given_[0] else (right, left)
    ours, theirs = output.shape, target.shape
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple) or len(ours) != 2 or len(theirs) != 1:
        return
    if ours[1] == 1 and _several(ours[0], theirs[0]):
        facts = {"target": target, "output": output, "tensor": output, "shape": ours}
        engine.remark(Clash("silent-square-of-pairs", (), (), facts))


def _is_output(value: Tensor) -> bool:
    held = JUDGED.get("output")
    return predicted(value) is not None or held is not None and held[0] is value


def _several(rows: Any, entries: Any) -> bool:
    """Are there surely more than one of each: two of one size, or sizes that say it?"""
    if isinstance(rows, Unknown) or isinstance(entries, Unknown):
        return False
    return bool(rows != 1 and entries != 1)
