"""`input_shape=X.shape`: the samples are counted as an axis of each sample."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, claim, fact, layer_of, ranks, remedy, way_of
from lstm_lint.claims import Change, Claim
from lstm_lint.trace import Called, Clashed
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Tensor, Thing, Tuple, from_dim, number, show_shape

RULE = "batch-axis-in-input-shape"


def batch_axis_in_input_shape(case: Case[Clashed]) -> Claim | None:
    layer, way = layer_of(case), way_of(case)
    counted = ranks(case)
    if counted is None or layer is None or not way or counted[1] - counted[0] != 1:
        return None
    made = way[0].made
    argument = _shape_argument(made)
    if argument is None or argument.place is None or not _counts_samples(case, argument.value):
        return None
    whole = isinstance(argument.value, Tuple) and argument.value.kind in ("shape", "bare")
    shape, name = show_shape(way[0].gave.shape), argument.name or "shape"
    message = (
        f"`{name}` holds the batch axis: the input is {shape}, and {layers.name(layer)} gets {fact(case, 'found')} axes"
        f" where it takes {fact(case, 'expected')}; `{name}` is the shape of one sample, without the batch"
    )
    fix = remedy(
        case,
        "Leave the batch axis out: `[1:]`",
        Change(argument.place, "append", "[1:]"),
        at=made.place if isinstance(made, Called) else layers.made_at(made) if made is not None else None,
    )
    return claim(
        case,
        RULE,
        message,
        hint=f"without its first axis it is {_hint(argument.value)}" + (": append `[1:]`" if whole else ""),
        place=argument.place,
        remedy=fix if whole else None,
        end=f"{layers.text(layer)}: needs {fact(case, 'expected')} axes, gets {fact(case, 'found')}",
    )


def _shape_argument(made: Called | Thing | None) -> Argument | None:
    """`shape` of Input, or `input_shape` of the first layer."""
    if isinstance(made, Thing):
        return layers.given(made, "input_shape")
    if made is None or made.callee != "keras.Input":
        return None
    plain = next((each for each in made.arguments if not each.name), None)
    return next((each for each in made.arguments if each.name == "shape"), plain)


def _counts_samples(case: Case[Clashed], value: object) -> bool:
    """It is the whole `.shape` of an array, or tells the sizes of one that the program holds."""
    if not isinstance(value, Tuple):
        return False
    if value.kind in ("shape", "bare"):
        return True
    arrays = (each.value for each in case.trace.bindings if isinstance(each.value, Tensor))
    return any(each.type == "numpy.ndarray" and _same(value, each) for each in arrays)


def _same(value: Tuple, array: Tensor) -> bool:
    return isinstance(array.shape, tuple) and value.items == tuple(map(from_dim, array.shape))


def _hint(value: object) -> str:
    assert isinstance(value, Tuple)
    return show_shape(tuple(map(number, value.items[1:])))
