"""What no other rule explains: Keras stops here, in its own words."""

from lstm_lint.checks import layers
from lstm_lint.checks.case import Case, blamed, claim, fact, is_kind, layer_of, says
from lstm_lint.claims import Claim
from lstm_lint.trace import Clashed
from lstm_lint.values.dims import Size
from lstm_lint.values.value import Const, show_shape

RULE = "keras-raises"
WHAT = {
    "argument": "this argument is not possible here",
    "argument-unexpected": "`{name}` is no argument of its call",
    "argument-value": "`{name}` cannot be {value}",
    "attention-ranks": "query, value and key need {expected} axes, one of them has {found}",
    "attention-widths": "query and key must have features of one width",
    "axis-out-of-range": "there is no axis {axis}",
    "broadcast": "the shapes do not fit together",
    "cell-gives-no-pair": "the cell must give a pair, its output and a list of its states",
    "class-for-self": "a method of an instance is called on the class",
    "class-for-layer": "a class where a layer is wanted: the parentheses are missing",
    "dot-axes": "the axes that are multiplied must be of one size",
    "einsum": "the equation does not fit its input and `output_shape`",
    "einsum-rank": "the equation names {expected} axes, and the input has {found}",
    "features": "it was built for {expected} features, and gets {found}",
    "features-open": "the size of its last axis is open, and its weights need a number",
    "input-not-a-tensor": "its input is no tensor",
    "inputs-not-a-list": "its inputs are wanted in a list",
    "layer-for-a-cell": "RNN takes cells such as LSTMCell, and LSTM is a whole layer",
    "merge-one-tensor": "it joins several tensors, and gets one",
    "merge-widths": "forward and backward differ in width, and are joined element by element",
    "name-gone": "this name is gone",
    "no-cells": "the list of cells is empty",
    "no-elements": "an axis of size 0 leaves nothing to work on",
    "no-timesteps": "there is no step to take",
    "name-or-place": "it wants a name or an index, one of them",
    "no-such-name": "the model has no layer of the name {name!r}",
    "no-such-place": "there is no layer {index}: the model has {size}",
    "never-called": "a Sequential tells its `{name}` only once it was called: use `{name}s`",
    "not-built": "it is not built yet: no input shape is known",
    "not-stateful": "only a layer with stateful=True has states to reset",
    "number-of-states": "it takes {expected} states, and gets {found}",
    "repeated-argument": "`{name}` is given twice, by place and by name",
    "reset-to-states": "reset_states takes no states in this generation",
    "scale-of-another-axis": "gamma or beta was made for an axis of another size",
    "reset-of-several": "its states are lists, one for each cell, and Keras 3 resets tensors alone",
    "several-arguments": "a Sequential hands one tensor on, and this layer wants several",
    "several-inputs": "it takes one input, and gets {outputs}",
    "shape-not-a-tuple": "{value} where a shape is wanted: write ({value},)",
    "spatial-open": "height and width must be numbers",
    "silent-state-count": "`initial_state` holds another number of states than it has",
    "silent-target-stretched": "the loss stretches output and targets to one shape, and compares each with each",
    "squeezed": "axis {axis} is {size} long: only an axis of 1 can be taken away",
    "softmax-of-a-batch": "softmax works along the last axis, and the only one is the batch",
    "row-beside-symbolic": "Keras 3 makes no tensor of a {type} beside a symbolic one: `np.array(...)` is taken",
    "split": "the parts of a split must be equal",
    "state-count": "`initial_state` holds another number of states than it has",
    "state-batch": "`initial_state` is of another batch size",
    "state-kind": "`initial_state` holds something that is no state",
    "state-rank": "`initial_state` must be (batch, units)",
    "state-shape": "`initial_state` is of another shape than its states",
    "split-too-small": "{samples} samples, of which {share} are kept for validation, leave one part empty",
    "state-width": "`initial_state` is of another width than its units",
    "stateful-batch-size": "it was built for batches of {expected}, and gets {found}",
    "states-not-a-list": "a cell takes its states as a list",
    "tf-on-symbolic": "a function of TensorFlow cannot take a symbolic tensor of Keras 3: use keras.ops, or a layer",
    "time-axis-in-a-step": "a cell takes one step, (batch, features), without a time axis",
    "symbolic-slice": "Keras 3 takes a slice of a symbolic tensor, an ellipsis or a new axis only with a comma behind: `x[:3,]`",
    "too-many-arguments": "it gets more positional arguments than it takes",
    "too-many-indices": "a subscript for {expected} axes, and there are {found}",
    "too-small": "{size} steps are fewer than the window of {window}",
    "weights-for-an-open-axis": "the size of an axis is open, and its weights need a number",
    "several-for-one": "here are {outputs} tensors in a tuple: a layer gives its states beside its output",
    "weight-count": "set_weights wants {expected} arrays, and gets {found}",
    "weights-before-build": "it has no weights before it is built or called",
}
"""What a kind of clash means, in words; {} holds a fact."""


def keras_raises(case: Case[Clashed]) -> Claim | None:
    if is_kind(case, "no-loss"):
        return None  # not-compiled alone knows whether a layer adds one
    return general(case, RULE)


def general(case: Case[Clashed], rule: str) -> Claim:
    """The clash in general words, with what Keras says of it."""
    layer, argument = layer_of(case), blamed(case)
    who = layers.name(layer) if layer is not None else str(fact(case, "callee") or "").rsplit(".", 1)[-1]
    quoted = says(case)
    return claim(
        case,
        rule,
        f"{f'{who}: ' if who else ''}{what(case)}{_shapes(case)}; {quoted}",
        place=argument.place if argument is not None else None,
        end=quoted.partition(",")[0],
    )


def what(case: Case[Clashed]) -> str:
    """The kind of a clash in words."""
    kind = case.operation.clash.kind
    try:
        return WHAT[kind].format_map({name: _shown(value) for name, value in case.operation.clash.facts.items()})
    except KeyError:  # a kind without words, or a fact that this clash does not have
        return kind.replace("-", " ")


def _shown(value: object) -> str:
    if isinstance(value, Const):
        return repr(value.value)
    return str(value) if isinstance(value, int | str | tuple | Size) else "what it is"


def _shapes(case: Case[Clashed]) -> str:
    left, right = fact(case, "left"), fact(case, "right")
    if isinstance(left, tuple) and isinstance(right, tuple):
        return f", {show_shape(left)} and {show_shape(right)}"
    shape = fact(case, "shape")
    return f", {show_shape(shape)}" if isinstance(shape, tuple) else ""
