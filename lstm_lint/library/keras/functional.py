"""Functional models: made between tensors; called, they give their declared outputs for the inputs that they are given."""

from lstm_lint.library.arguments import NO_RANK
from lstm_lint.library.keras import everywhere
from lstm_lint.library.keras.calling import EAGER, SYMBOLIC, UNASKED, LayerCall, input_tensors
from lstm_lint.library.keras.checking import Asked
from lstm_lint.library.keras.dtypes import check_given
from lstm_lint.library.keras.feeding import Again, again, fed, fitted, inside, mapped, reworded
from lstm_lint.library.keras.graph import tensors_in
from lstm_lint.library.keras.late import doomed, meet, met, stops
from lstm_lint.library.keras.making import ARGUMENTS
from lstm_lint.library.keras.masks import Mask
from lstm_lint.library.keras.models import FUNCTIONAL
from lstm_lint.library.keras.otherwise import follow, lasting, settle
from lstm_lint.library.keras.several import check_reached
from lstm_lint.library.keras.shapes_given import check_one
from lstm_lint.library.keras.trials import check_sizes
from lstm_lint.library.keras.wiring import check_ends, check_wires
from lstm_lint.library.registry import Registry
from lstm_lint.library.tables import layer, op
from lstm_lint.records import replace
from lstm_lint.values import dims
from lstm_lint.values.library import Call, Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import NONE, Shape, Tensor, Thing, Tuple, Value


@op(FUNCTIONAL)
def functional(registry: Registry, call: Call) -> Value:
    """A model between tensors."""
    refused = next((a.name for a in call.arguments if a.name in ("input", "output")), "")
    if refused:
        raises = "TypeError" if registry.target == "keras2" else "ValueError"
        facts = {"name": refused, "callee": FUNCTIONAL, "known": frozenset({"inputs", "outputs", "name"})}
        raise Clash("argument-refused", (raises,), (refused,), facts, at=refused)
    inputs, outputs = call.value("inputs", 0, NONE), call.value("outputs", 1, NONE)
    _check_both(registry, call)
    named = call.value("name", 2, NONE)
    if named != NONE:
        check_one(Asked(registry, call.engine, FUNCTIONAL, "name", named, {}), everywhere.name)
    if call.find("inputs", 0) is None:
        return Unknown("a model of unknown layers")
    if call.find("outputs", 1) is not None:
        check_ends(registry, inputs, outputs)
        check_wires(registry, inputs, outputs)
        check_reached(outputs, call.engine)
        settle(outputs, call.engine.heap)
        check_sizes(registry, inputs, outputs, call)
    if registry.target == "keras2":
        outputs = _alone(outputs)
    return Thing(FUNCTIONAL, {ARGUMENTS: {"name": named}, "inputs": inputs, "outputs": outputs})


def _check_both(registry: Registry, call: Call) -> None:
    """Inputs without outputs, or outputs without inputs, are arguments that no model takes."""
    both = [call.find(name, index) is not None for index, name in enumerate(("inputs", "outputs"))]
    alone = call.find("inputs") or call.find("outputs")
    if call.open or all(both) or not any(both) or alone is None and registry.target == "keras2":
        return
    raises, words = MISSING[registry.target] if alone is not None else ("TypeError", "positional argument")
    name = "outputs" if both[0] else "inputs"
    raise Clash("missing-argument", (raises,), (words,), {"name": name, "callee": FUNCTIONAL})


MISSING = {
    "keras2": ("TypeError", "Keyword argument not understood"),
    "keras3": ("ValueError", "Unrecognized keyword arguments passed to Model"),
}


def _alone(outputs: Value) -> Value:
    """Keras 2 takes the tensor out of a list of one."""
    items = (
        outputs.items if isinstance(outputs, Tuple) else outputs.get("items") if isinstance(outputs, Thing) else None
    )
    return items[0] if isinstance(items, tuple) and len(items) == 1 and isinstance(items[0], Tensor) else outputs


@layer(FUNCTIONAL)
def call_functional(call: LayerCall) -> Value:
    """The outputs for inputs that fit the declared ones; the batch is theirs."""
    declared, outputs = _declared(call.layer), call.layer.get("outputs")
    if not declared or outputs is None or stops(call):
        return Unknown("a model of unknown inputs or outputs")
    found = fed(call, declared, functional=True)
    inputs = list(declared.values()) if isinstance(declared, dict) else declared
    if not isinstance(declared, dict) and call.symbolic:
        check_given(call, inputs)
    found = [inside(tensor) for tensor in found] if found is not None else None
    if call.keras3 and call.symbolic and found is not None and call.call.callee != UNASKED:
        found = [_held(mine, theirs) for mine, theirs in zip(inputs, found, strict=False)]
    stopped = any(map(doomed, tensors_in(outputs))) or call.keras3 and met(call)
    if found is None or len(found) != len(inputs) or stopped and not call.keras3:
        return mapped(outputs, lambda each: _output(each, call.input, None) if isinstance(each, Tensor) else each)
    if call.keras3 and call.symbolic and any(fitted(theirs.shape, mine.shape) for mine, theirs in zip(inputs, found)):
        result = _told_unasked(call, inputs, found)
        follow(call, result)
        return result
    try:
        return _all_renewed(_deaf(call) if stopped else call, inputs, found)
    except Clash as clash:
        _meet_inside(call, clash, inputs[0], found[0])
    return _told_unasked(call, inputs, found) if call.keras3 else _unknown(call)


def _told_unasked(call: LayerCall, inputs: list[Tensor], found: list[Tensor]) -> Value:
    """What Keras 3 tells where it asks no layer whether it takes that."""
    try:
        return _all_renewed(_deaf(call), inputs, found)
    except Clash:
        return _unknown(call)


def _meet_inside(call: LayerCall, clash: Clash, mine: Tensor, theirs: Tensor) -> None:
    """Raises what a layer inside refuses at once; in Keras 3 none looks at its weights before a run."""
    other = reworded(clash, call, mine, theirs)
    if call.keras3 and call.symbolic and clash.kind in ("features", "axis-size"):
        other.facts = {**other.facts, "stage": "run"}
        meet(call, other)
    if call.keras3 and met(call):
        return
    if not call.keras3 or not call.symbolic:
        raise other from None
    meet(call, other)


def _unknown(call: LayerCall) -> Value:
    """Outputs of shapes that are not known."""
    return mapped(call.layer.fields["outputs"], lambda each: call.of(NO_RANK) if isinstance(each, Tensor) else each)


def _deaf(call: LayerCall) -> LayerCall:
    """The same call, of which only what is told before a run is asked."""
    engine = call.call.engine
    return replace(call, call=replace(call.call, engine=Again(engine, engine.heap, deaf=True)))


def _all_renewed(call: LayerCall, inputs: list[Tensor], found: list[Tensor]) -> Value:
    outputs = call.layer.fields["outputs"]
    return mapped(outputs, lambda each: _renewed(call, inputs, found, each) if isinstance(each, Tensor) else each)


def _declared(model: Thing) -> list[Tensor] | dict[str, Tensor]:
    given = model.get("inputs")
    items = given.get("items") if isinstance(given, Thing) and given.type == "dict" else None
    if isinstance(items, dict):
        return dict(items) if all(isinstance(each, Tensor) for each in items.values()) else []
    return input_tensors(given) or [] if given is not None else []


def _renewed(call: LayerCall, inputs: list[Tensor], found: list[Tensor], output: Tensor) -> Tensor:
    """What an output is for these inputs: walked again where an axis was left open, or a size surely differs."""
    shape = found[0].shape
    seen = call.symbolic
    settled = all(_settled(mine, theirs, seen) for mine, theirs in zip(inputs, found, strict=True))
    if settled and not any(each.mask is not None for each in found):
        return _output(output, found[0], shape)
    result = again(call, inputs, found, output)
    if result is not None and result.mask is not None:  # the operations that make it are the model's own
        result = replace(result, mask=replace(result.mask, tensor=None))
    return result if result is not None else _output(output, found[0], shape if settled else None)


def _settled(mine: Tensor, theirs: Tensor, seen: bool) -> bool:
    """`seen`: so is an axis that was left open where the model was declared for a size."""
    if isinstance(mine.shape, Unknown) or isinstance(theirs.shape, Unknown) or len(mine.shape) != len(theirs.shape):
        return False
    return all(
        ours is not None and dims.same(ours, dim) is not False and not (seen and dim is None or dims.of_data(dim))
        for ours, dim in zip(mine.shape[1:], theirs.shape[1:], strict=True)
    )


def _held(mine: Tensor, theirs: Tensor) -> Tensor:
    """Keras 3 tells what is open, and holds a run to the declared sizes, but for the last axis, which may be 1."""
    shape = theirs.shape if theirs.runs is None else theirs.runs
    if not isinstance(mine.shape, tuple) or not isinstance(shape, tuple) or len(mine.shape) != len(shape):
        return theirs
    last = len(mine.shape) - 1
    pairs = enumerate(zip(mine.shape, theirs.shape, shape, strict=True))  # type: ignore[arg-type]
    kept = tuple(a if told is None and a is not None and 0 < i < last else b for i, (a, told, b) in pairs)
    return theirs if kept == shape else replace(theirs, runs=kept)


def _output(output: Tensor, given: Tensor, shape: Shape | Unknown | None) -> Tensor:
    """A declared output with the batch of what was given; with no shape its open axes are not known."""
    kind = given.type if given.type in (SYMBOLIC, "tensor") else EAGER
    really = lasting(output)
    declared = output.shape if really is None or kind == SYMBOLIC else really
    if isinstance(declared, Unknown) or not declared:
        return Tensor(NO_RANK, kind, output.dtype)
    batch = given.shape[0] if isinstance(given.shape, tuple) and given.shape else Unknown("the batch")
    rest = [Unknown("an axis left open") if dim is None and shape is None else dim for dim in declared[1:]]
    made = Tensor((batch if declared[0] is None else declared[0], *rest), kind, output.dtype)
    made.runs = really if kind == SYMBOLIC else None
    made.mask = None if output.mask is None else Mask(None, True, shape=output.mask.shape)
    return made
