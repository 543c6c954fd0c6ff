"""The argument exists, and this value is none that it can have."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.findings import Place
from lstm_lint.trace import Clashed
from lstm_lint.values.value import Const, Function, Symbol, Tensor, Thing, Tuple, UserClass, show_shape

RULE = "invalid-argument"
UNNAMED = {
    "units-no-int": "units",
    "groups": "groups",
    "reshape-none": "target_shape",
    "reshape-unknowns": "target_shape",
}
KINDS = ("argument-value", "argument", "dropout-of-all", "not-a-number", *UNNAMED)
WANTED = {
    "units": "a whole number above zero",
    "filters": "a whole number above zero",
    "input_dim": "a whole number above zero",
    "output_dim": "a whole number above zero",
    "batch_size": "a whole number",
    "epochs": "a whole number",
    "n": "a whole number",
    "dropout": "a share from 0 to 1",
    "recurrent_dropout": "a share from 0 to 1",
    "rate": "a share from 0 to 1",
    "activation": "a function, or the name of one that Keras knows",
    "recurrent_activation": "a function, or the name of one that Keras knows",
    "merge_mode": "'sum', 'mul', 'ave', 'concat' or None",
    "padding": "'valid', 'same', or in one dimension 'causal'",
    "data_format": "'channels_last' or 'channels_first'",
    "groups": "a number that divides the channels and the filters",
    "target_shape": "a tuple of numbers without the batch axis, one of them -1 at most",
    "axis": "a whole number",
    "cell": "a cell, such as LSTMCell(units), or a list of cells",
    "layer": "a layer",
    "shape": "a tuple, such as (timesteps, features)",
    "input_shape": "a tuple, such as (timesteps, features)",
}


def invalid_argument(case: Case[Clashed]) -> Claim | None:
    name = str(fact(case, "name") or UNNAMED.get(case.operation.clash.kind) or case.operation.clash.at)
    if not is_kind(case, *KINDS) or not name:
        return None
    layer, callee = layer_of(case), str(fact(case, "callee") or "").rsplit(".", 1)[-1]
    who = layers.name(layer) if layer is not None else callee or "it"
    told = f"`{name}` of {who} cannot be {_shown(case, name)}"
    wanted = WANTED.get(name) or (WANTED["activation"] if name.endswith("activation") else "")
    hint = f"{name} is {wanted}" if wanted else ""
    return claim(case, RULE, f"{told}; {says(case)}", hint=hint, place=_place(case, name), end=told)


def _place(case: Case[Clashed], name: str) -> Place | None:
    """Where the argument stands: in this call, or in the one that made the layer."""
    argument, layer = blamed(case), layer_of(case)
    argument = argument or (layers.given(layer, name) if layer is not None else None)
    return argument.place if argument is not None else None


def _shown(case: Case[Clashed], name: str) -> str:
    value, layer = fact(case, "value"), layer_of(case)
    if value is None and layer is not None:
        value = layers.argument(layer, name)
    match value:
        case Const(value=plain):
            return repr(plain)
        case Thing(type="list" | "dict" | "set" as kind):
            return f"this {kind}"
        case Thing():
            return layers.text(value)
        case Symbol(path=path):
            return f"the class or function {path.rsplit('.', 1)[-1]}"
        case Function(name=called) | UserClass(name=called):
            return called
        case Tensor(shape=shape):
            return f"an array {show_shape(shape)}"
        case Tuple(items=items) if all(isinstance(item, Const) for item in items):
            return repr(tuple(item.value for item in items if isinstance(item, Const)))
        case int() | float() | str():
            return repr(value)
    return "what it is here"
