"""`compile`, `fit`, `evaluate`, `predict` and their like: what each takes, and one batch of the data sent through the model."""

from collections.abc import Sequence
from math import floor
from typing import Any

from lstm_lint.library.arguments import NO_RANK, array_shape
from lstm_lint.library.keras import remarks, targets
from lstm_lint.library.keras.batches import one_batch
from lstm_lint.library.keras.calling import EAGER, call_layer
from lstm_lint.library.keras.compiling import COMPILED, Asked, ask, check_compiled, introduce, own
from lstm_lint.library.keras.entering import check_entering
from lstm_lint.library.keras.feeding import leaves, mapped
from lstm_lint.library.keras.keys import FITTING
from lstm_lint.library.keras.making import argument
from lstm_lint.library.keras.models import ends, layers_of
from lstm_lint.library.keras.provenance import without_order
from lstm_lint.library.keras.watching import check_class_weight, check_monitors, check_weights
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import op
from lstm_lint.records import dataclass, replace
from lstm_lint.values import dims
from lstm_lint.values.dims import Dim
from lstm_lint.values.heap import ABSENT
from lstm_lint.values.library import Argument, Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Const, Tensor, Thing, Tuple, Value, number, truth

DATASET = "tensorflow.data.Dataset"
BATCH_SIZE = 32
STEP_RAISES = ("ValueError", "InvalidArgumentError")


@dataclass(frozen=True, eq=False)
class Feed:
    """What one argument gives: `samples` where it is arrays, of which `size` at once make a batch; else a dataset's batches.

    `at` is the argument to blame, `whole` tells that the arrays are one batch. `batch` is the batch axis as the model
    sees it: not known, but one and the same for inputs and targets. `blurred`: Keras 2 does not look at the sizes of
    batches that Python gives one after the other, so that a mismatch shows in the arithmetic alone.
    """

    x: Value
    y: Value
    at: str
    batch: Dim = None
    samples: Dim = None
    size: Dim = None
    dataset: bool = False
    whole: bool = False
    blurred: bool = False

    def sizes(self) -> tuple[int, ...] | None:
        """The sizes of its batches; None where they are not known."""
        if not isinstance(self.samples, int):
            return None
        if self.whole:
            return (self.samples,)
        if not isinstance(self.size, int) or self.size < 1:
            return None
        full, rest = divmod(self.samples, self.size)
        return (*([self.size] if full else []), *([rest] if rest else []))


def _ask(registry: Registry, call: Call) -> Asked:
    """With a note of what the data may be like where they are not known."""
    asked = ask(registry, call)
    known = all(isinstance(each, Tensor) and isinstance(each.shape, tuple) for each in leaves(asked.value("x")))
    if not known:
        remarks.note_likely(asked)
    return asked


@op("keras.Model.fit")
def fit(registry: Registry, call: Call) -> Value:
    asked = _ask(registry, call)
    check_compiled(asked)
    _check_numbers(asked)
    introduce(asked)
    check_monitors(asked)
    data = _feed(asked, asked.value("x"), asked.value("y"), "x", asked.value("batch_size"))
    train, kept = _split(asked, data)
    output = _step(asked, train, "train_step")
    _check_order(asked, train)
    if not own(asked.model, "train_step"):
        check_weights(asked, output)
        check_class_weight(asked, output, data.y)
    if kept is not None:
        _check_stateful(asked, kept)
    _validate(asked)
    return Unknown("a history")


@op("keras.Model.evaluate")
def evaluate(registry: Registry, call: Call) -> Value:
    asked = _ask(registry, call)
    check_compiled(asked)
    _check_numbers(asked)
    _step(asked, _feed(asked, asked.value("x"), asked.value("y"), "x", asked.value("batch_size")), "test_step")
    return Unknown("losses and metrics")


@op("keras.Model.train_on_batch", "keras.Model.test_on_batch")
def on_batch(registry: Registry, call: Call) -> Value:
    asked = _ask(registry, call)
    check_compiled(asked)
    data = _feed(asked, asked.value("x"), asked.value("y"), "x", NONE, whole=True)
    _step(asked, data, "train_step" if call.callee.startswith("train") else "test_step")
    return Unknown("losses and metrics")


@op("keras.Model.predict")
def predict(registry: Registry, call: Call) -> Value:
    asked = _ask(registry, call)
    _check_numbers(asked)
    return _predicted(asked, _feed(asked, asked.value("x"), NONE, "x", asked.value("batch_size")))


@op("keras.Model.predict_on_batch")
def predict_on_batch(registry: Registry, call: Call) -> Value:
    asked = _ask(registry, call)
    return _predicted(asked, _feed(asked, asked.value("x"), NONE, "x", NONE, whole=True))


def _predicted(asked: Asked, data: Feed) -> Value:
    """The outputs for all samples, as arrays."""
    result = _step(asked, data, "predict_step", judged=False)
    batch, samples = data.batch, data.samples
    if samples == 1 and asked.keras2 and _stateful(asked.registry, asked.model) is not None:
        samples = None  # the states of a whole batch stretch it

    def whole(value: Value) -> Value:
        if not isinstance(value, Tensor) or isinstance(value.shape, Unknown) or not value.shape:
            return Tensor(Unknown("a prediction"), "numpy.ndarray") if isinstance(value, Tensor) else value
        first = value.shape[0]
        known = not data.dataset and samples is not None and (first is batch or first == batch)
        return Tensor((samples if known else Unknown("the samples"), *value.shape[1:]), "numpy.ndarray", value.dtype)

    return mapped(result, whole)


# The data.


def _feed(asked: Asked, x: Value, y: Value, at: str, size: Value, whole: bool = False) -> Feed:
    """Raises Clash where Keras refuses the kinds of data, or the numbers of samples differ."""
    if isinstance(x, Thing) and x.type == DATASET:
        return _of_dataset(asked, x, y, at)
    if isinstance(x, Tuple) and x.kind == "generator":
        _check_yields(asked, x)
    element = one_batch(asked, x)
    if element is not None:
        return replace(_of_batches(element, at), blurred=asked.keras2)
    _check_kinds(asked, x, y, at)
    x, y = _as_array(asked, x), _as_array(asked, y)
    weight = asked.value("sample_weight") if at == "x" else NONE
    counts = [_first(each) for part in (x, y, weight) if part != NONE for each in leaves(part)]
    if not whole or asked.keras2:
        _check_samples(asked, x, y, counts, at)
    first, at_once = counts[0] if counts else None, number(size)
    axis = first if whole else _batch(asked)
    return Feed(x, y, at, axis, first, BATCH_SIZE if at_once is None else at_once, whole=whole)


def _check_yields(asked: Asked, x: Tuple) -> None:
    first = x.items[0] if x.items else NONE
    if not asked.keras2 and (isinstance(first, Thing) and first.type == "list" or isinstance(first, Tensor)):
        words = ("When passing a Python generator to a Keras model, the generator must return a tuple",)
        raise asked.clash("generator-yields", ("ValueError",), words, at="x", data=x)


def _of_dataset(asked: Asked, x: Thing, y: Value, at: str) -> Feed:
    if y != NONE and not isinstance(y, Unknown):
        raise asked.clash("targets-beside-dataset", ("ValueError",), ("`y`",), at="y", data=x)
    if asked.call.callee == "fit" and at == "x" and truth(asked.value("validation_split")):
        words = ("`validation_split` is only supported for",)
        raise asked.clash("split-of-dataset", ("ValueError",), words, at="validation_split", data=x)
    return _of_batches(x.get("element") or Unknown("a dataset's element"), at)


def _of_batches(element: Value, at: str) -> Feed:
    """Data that come batch by batch: a tuple holds inputs, targets and weights."""
    if isinstance(element, Tuple) and element.kind == "tuple" and 1 <= len(element.items) <= 3:
        return Feed(element.items[0], (*element.items, NONE)[1], at, dataset=True)
    if isinstance(element, Thing) and element.type == "list":  # Keras 2 takes it for a tuple
        element = Unknown("a list of inputs, or of inputs and targets")
    known = not isinstance(element, Unknown)
    return Feed(element, NONE if known else Unknown("the targets of a dataset"), at, dataset=True)


def _first(value: Value) -> Dim:
    """The number of samples of an array."""
    if isinstance(value, Tensor) and isinstance(value.shape, tuple) and value.shape:
        return value.shape[0]
    return Unknown("a number of samples")


def _check_kinds(asked: Asked, x: Value, y: Value, at: str) -> None:
    """Keras 3 takes no numbers and no lists of them; Keras 2 lists alone, and none beside arrays."""
    words = ("Failed to find data adapter that can handle input",) if asked.keras2 else ("Unrecognized data type",)
    for name, value, other in ((at, x, y), ("y", y, x)):
        if any(
            isinstance(leaf, Tensor) and leaf.dtype == "object" and leaf.type == "numpy.ndarray"
            for leaf in leaves(value)
        ):
            said = ("Unsupported object type",) if asked.keras2 else ("Invalid dtype: object",)
            raise asked.clash("data-objects", ("ValueError",), said, at=name, data=value)
        plain = [
            leaf for leaf in leaves(value) if isinstance(leaf, Const) and isinstance(leaf.value, (int, float, str))
        ]
        alone = asked.keras2 and not isinstance(value, Const) and not isinstance(other, Tensor)
        if plain and not alone:
            raise asked.clash("data-kind", ("ValueError",), words, at=name, data=value)


def _as_array(asked: Asked, value: Value) -> Value:
    """Keras 2 makes arrays of nested lists of numbers."""
    numbers = [leaf for leaf in leaves(value) if isinstance(leaf, Const) and isinstance(leaf.value, (int, float))]
    if isinstance(value, Const) or not numbers:
        return value
    return Tensor(array_shape(value, asked.call.engine), "numpy.ndarray")


def _check_samples(asked: Asked, x: Value, y: Value, counts: Sequence[Dim], at: str) -> None:
    first = counts[0] if counts else None
    for other in counts[1:]:
        if dims.same(first, other) is False:
            facts: dict[str, Any] = {"expected": first, "found": other, "counts": list(counts), "data": x, "target": y}
            raise asked.clash("sample-count", ("ValueError",), ("Data cardinality is ambiguous",), **facts, argument=at)
    if first == 0 and (asked.keras2 or asked.call.callee == "predict") and not asked.call.callee.endswith("on_batch"):
        raises, words = ("ValueError", "UnboundLocalError"), ("Expected input data to be non-empty",)
        raise asked.clash("no-samples", raises, words if asked.keras2 else (), data=x, argument=at)


def _check_numbers(asked: Asked) -> None:
    """Sizes and counts that are no integers."""
    for name, kinds in (("batch_size", (float, str)), ("epochs", (float, str))):
        value = asked.given.get(name)
        if isinstance(value, Const) and isinstance(value.value, kinds) and isinstance(asked.value("x"), Tensor):
            raise asked.clash("not-a-number", ("TypeError", "ValueError"), (), at=name, value=value.value)


def _split(asked: Asked, data: Feed) -> tuple[Feed, Feed | None]:
    """`validation_split` keeps the last samples."""
    part = asked.given.get("validation_split")
    share = part.value if isinstance(part, Const) else None
    if data.dataset or not isinstance(share, float) or not share or not isinstance(data.samples, int):
        return data, None
    start = floor(data.samples * (1.0 - share))
    if start in (0, data.samples):
        facts = {"samples": data.samples, "share": share}
        words = (f"Training data contains {data.samples} samples, which is not sufficient to split",)
        raise asked.clash("split-too-small", ("ValueError",), words, at="validation_split", **facts)
    size = number(asked.value("validation_batch_size"))
    left, size = data.samples - start, data.size if size is None else size
    kept = replace(data, at="validation_split", samples=left, size=size)
    return replace(data, samples=start), kept


def _validate(asked: Asked) -> None:
    held = asked.given.get("validation_data", NONE)
    size = asked.value("validation_batch_size")
    size = asked.value("batch_size") if size == NONE else size
    items = held.items if isinstance(held, Tuple) else held.get("items") if isinstance(held, Thing) else None
    if isinstance(held, Thing) and held.type == DATASET or one_batch(asked, held) is not None:
        _step(asked, _feed(asked, held, NONE, "validation_data", size), "test_step")
    elif isinstance(items, tuple) and len(items) in (2, 3):
        _step(asked, _feed(asked, items[0], items[1], "validation_data", size), "test_step")


# One batch.


def _batch(asked: Asked) -> Dim:
    return None if isinstance(ends(asked.model)[1], Unknown) else dims.symbol("batch")


def _step(asked: Asked, data: Feed, method: str, judged: bool = True) -> Value:
    """The model's outputs for a batch, held against the targets."""
    if own(asked.model, method):
        return Unknown(f"a {method} of one's own")
    _check_stateful(asked, data)
    if not data.dataset:
        check_entering(asked, data.x)
    output = _forward(asked, mapped(data.x, lambda value: _cut(value, data)), data, method)
    if judged:
        remarks.remark(asked, output if isinstance(output, Tensor) else ends(asked.model)[1])
    if judged and all(isinstance(each, Tensor) for each in leaves(data.x)):
        target = mapped(data.y, lambda value: _cut(value, data))
        targets.check(asked, output, target, data.sizes(), "y" if data.at == "x" and not data.dataset else data.at)
    return output


def _cut(value: Value, data: Feed) -> Value:
    """A batch of an array."""
    if not isinstance(value, Tensor):
        return value if isinstance(value, Unknown) or value == NONE else Unknown("data that is no array")
    if isinstance(value.shape, Unknown) or not value.shape or value.dtype == "object":
        return Tensor(NO_RANK, EAGER, value.dtype)
    first = value.shape[0] if data.dataset or data.whole else data.batch
    rest = value.shape[1:]
    if data.blurred:
        rest = (*([None] * len(rest[:-1])), *rest[-1:]) if len(rest) > 1 else (None,) * len(rest)
    return Tensor((first, *rest), EAGER, value.dtype, origin=value.origin)


def _forward(asked: Asked, x: Value, data: Feed, method: str) -> Value:
    call = Call("__call__", (Argument(x),), asked.call.engine, asked.call.place, asked.model)
    heap = asked.call.engine.heap
    heap.put(FITTING, "of", heap)
    heap.put(FITTING, "method", method)
    heap.put(FITTING, "traced", _traced(asked))
    try:
        result: Value = call_layer(asked.registry, call)
        return result
    except Clash as clash:
        at = data.at
        clash.facts = {"model": asked.model, **clash.facts, "argument": at, "method": asked.call.callee}
        clash.raises, clash.words = (STEP_RAISES, ()) if data.blurred else (clash.raises, clash.words)
        clash.at = at if asked.call.find(at) is not None else ""
        raise
    finally:
        heap.put(FITTING, "of", ABSENT)


def _traced(asked: Asked) -> bool:
    """Does TensorFlow surely make a graph of the step?"""
    held = asked.model.get(COMPILED)
    return held is None or (isinstance(held, dict) and held.get("run_eagerly") in (NONE, Const(False)))


def _check_stateful(asked: Asked, data: Feed) -> None:
    """A stateful layer keeps one state for each sample of a batch: all batches are as large."""
    layer = _stateful(asked.registry, asked.model)
    if layer is None or data.dataset:
        return
    declared = next((t for t in leaves(ends(asked.model)[0]) if isinstance(t, Tensor)), None)
    shape = declared.shape if declared is not None else None
    fixed = shape[0] if isinstance(shape, tuple) and shape and declared is not None else None
    found = _wrong_size(asked, data, fixed) if isinstance(fixed, int) else _uneven(asked, data, declared)
    if found is not None:
        facts = {"layer": layer, "expected": fixed, "found": found, "samples": data.samples, "size": data.size}
        at = "batch_size" if "batch_size" in asked.given and data.at == "x" else ""
        raise asked.clash("stateful-batch-size", STEP_RAISES, (), at=at, **facts, argument=data.at)


def _check_order(asked: Asked, data: Feed) -> None:
    """A stateful layer goes on from batch to batch; shuffled, a batch does not follow on the one before."""
    layer, size, samples = _stateful(asked.registry, asked.model), data.size, data.samples
    several = isinstance(size, int) and isinstance(samples, int) and samples > size
    shuffled = asked.value("shuffle") in (Const(True), NONE) and asked.value("callbacks") == NONE
    drawn = any(without_order(each) for each in leaves(data.x))
    if layer is None or data.dataset or asked.call.open or not several or not shuffled or drawn:
        return
    facts: dict[str, Any] = {"layer": layer, "samples": samples, "size": size}
    asked.call.engine.remark(asked.clash("silent-stateful-shuffled", (), (), **facts))


def _wrong_size(asked: Asked, data: Feed, fixed: int) -> int | None:
    """A size that the batches surely have, and that is not the fixed one. A rest of one sample is stretched."""
    sizes = data.sizes()
    if sizes is None:
        smaller = isinstance(data.size, int) and 1 < data.size < fixed and not data.whole
        return data.size if smaller and isinstance(data.size, int) else None
    alone = data.whole or data.size == 1 or (data.samples == 1 and not asked.keras2)
    return next((size for size in sizes if size != fixed and (size > 1 or alone)), None)


def _uneven(asked: Asked, data: Feed, declared: Tensor | None) -> int | None:
    """A Sequential that its first batch builds knows that size only if all are as large."""
    if declared is not None or data.whole or not isinstance(data.samples, int) or not isinstance(data.size, int):
        return None
    rest = data.samples % data.size if data.size else 0
    one = asked.call.callee == "predict" and not asked.keras2 and data.samples < data.size
    return rest if rest and not one else None


def _stateful(registry: Registry, model: Thing) -> Thing | None:
    several = layers_of(registry, model) if model.type != "instance" else ()
    for layer in several or ():
        wrapped: Any = argument(layer, "layer")
        held = wrapped if isinstance(wrapped, Thing) else layer
        if truth(argument(held, "stateful")):
            return held
    return None
