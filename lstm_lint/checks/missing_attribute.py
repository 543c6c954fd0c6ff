"""An attribute that a layer or tensor of this generation does not have."""

from difflib import get_close_matches

from lstm_lint.checks import gone_methods
from lstm_lint.checks.case import Case, claim, fact, is_kind, remedy, says
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import AttributeRead, Clashed
from lstm_lint.values.value import Const, Tensor, Thing, Tuple, Value

RULE = "missing-attribute"
INSTEAD = {
    "output_shape": "output.shape",
    "input_shape": "input.shape",
    "kernel": "cell.kernel",
    "recurrent_kernel": "cell.recurrent_kernel",
    "bias": "cell.bias",
    "W": "cell.kernel",
    "U": "cell.recurrent_kernel",
    "b": "cell.bias",
    "output_dim": "units",
    "reset_states": "reset_state",
    "predict_proba": "predict",
    "lr": "learning_rate",
    "_keras_shape": "shape",
}
"""What says the same where the owner has it."""

HINTS = {
    "fit_generator": "`fit` takes generators",
    "evaluate_generator": "`evaluate` takes generators",
    "predict_generator": "`predict` takes generators",
    "predict_classes": "predict(x).argmax(axis=-1) gives the classes",
    "get_output_at": "layer.output gives the output, call the layer again for another",
    "reset_states": "each stateful layer has reset_state(): for layer in model.layers: ...",
}


def missing_attribute(case: Case[Clashed]) -> Claim | None:
    read = case.operation.operation
    if not is_kind(case, "attribute") or not isinstance(read, AttributeRead):
        return None
    name, known = read.name, fact(case, "known") or frozenset()
    several = [each for each in _items(read.owner) if isinstance(each, Tensor)]
    if several:
        told = f"these are {len(several)} tensors, which together have no `{name}`; {says(case)}"
        return claim(case, RULE, told, hint="name each: outputs, *states = layer(x)", place=read.place)
    if isinstance(read.owner, Tuple | Const):
        return _of_shape(case, read)
    owner = str(fact(case, "type")).rsplit(".", 1)[-1]
    instead = INSTEAD.get(name, "")
    if instead.split(".")[0] not in known:
        instead = ""
    close = get_close_matches(name, sorted(known), 1, 0.85)
    near = f"; `{close[0]}` is its nearest" if close and not instead else ""
    return claim(
        case,
        RULE,
        f"{owner} has no attribute `{name}`{f' in {case.keras}' if read.owner_place is not None else ''}"
        + (f": `{instead}` says it" if instead else near),
        hint="" if instead else HINTS.get(name, ""),
        place=read.place,
        remedy=_mended(case, read, instead),
    )


def _items(owner: Value) -> tuple[Value, ...]:
    items = owner.items if isinstance(owner, Tuple) else owner.get("items") if isinstance(owner, Thing) else ()
    return items if isinstance(items, tuple) else ()


OF_SHAPE = {"as_list": "list(", "ndims": "len(", "rank": "len("}


def _of_shape(case: Case[Clashed], read: AttributeRead) -> Claim:
    """Shapes were TensorFlow's own kind of tuple, and their sizes its own kind of number."""
    called, before = case.operation.called, OF_SHAPE.get(read.name)
    what = "this size is a plain int" if isinstance(read.owner, Const) else "this shape is a plain tuple"
    whole = called.place if called is not None else read.place
    mended = None
    if read.owner_place is not None and (before or read.name == "value"):
        text = (before, read.owner_place, ")") if before else (read.owner_place,)
        mended = remedy(case, "Write it for plain tuples", Change(whole, "replace", text), at=read.place)
    told = f"{what} in {case.keras}, and has no `{read.name}`"
    return claim(case, RULE, told, place=read.place, remedy=mended)


def _mended(case: Case[Clashed], read: AttributeRead, instead: str) -> Remedy | None:
    called = gone_methods.changes(case, read)
    if called:
        return remedy(case, "Call what does it now", *called, at=read.place)
    if not instead or read.name_place is None:
        return None
    return remedy(case, f"Read `{instead}`", Change(read.name_place, "replace", instead), at=read.place)
