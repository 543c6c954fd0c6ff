"""A layer inside Sequential gives several values, and the next one takes one."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, is_kind, layer_of
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.value import Thing, truth

RULE = "several-outputs-in-sequential"


def several_outputs_in_sequential(case: Case[Clashed]) -> Claim | None:
    layer = layer_of(case)
    if not is_kind(case, "several-outputs") or layer is None:
        return None
    giver = _giver(case, layer)
    argument = layers.given(layers.inner(giver), "return_state")
    state = f"return_state makes {layers.name(giver)} give" if argument is not None else f"{layers.name(giver)} gives"
    gone = Change(argument.place, "remove-argument") if argument is not None and argument.place is not None else None
    return claim(
        case,
        RULE,
        f"{state} {fact(case, 'outputs')} values, and inside Sequential one tensor goes from layer to layer",
        hint="leave return_state out, or build the model with keras.Model, where the states have names",
        place=argument.place if argument is not None else layers.made_at(giver),
        remedy=Remedy("Leave `return_state` out", (gone,), "unsafe") if gone is not None else None,
        end=f"{layers.text(layer)}: {'gives' if giver is layer else 'takes one tensor, gets'} {fact(case, 'outputs')}",
    )


def _giver(case: Case[Clashed], layer: Thing) -> Thing:
    """Keras 3 stops at the layer behind: the one with the states is in front of it."""
    if truth(layers.argument(layers.inner(layer), "return_state")) and case.target == "keras2":
        return layer
    operation = case.operation.operation
    things = (*operation.changes, operation.receiver if isinstance(operation, Called) else None)
    models = (thing for thing in things if isinstance(thing, Thing) and "steps" in thing.fields)
    for model in models:
        held = model.get("layers")
        held = held if isinstance(held, tuple) else ()
        before = next((held[i - 1] for i, each in enumerate(held) if each is layer and i), None)
        if isinstance(before, Thing):
            return before
    return layer
