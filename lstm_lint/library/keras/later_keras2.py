"""What Keras 2 asks of arguments only where the layer is called (its weights are made), or runs."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lstm_lint.library.keras import later as questions
from lstm_lint.library.keras import predicates as ask
from lstm_lint.library.keras.checking import Asked, Predicate, Refusal, kind_of, plain
from lstm_lint.library.keras.everywhere import CUSTOM
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.later import (
    HOME,
    a_row,
    below,
    below_zero,
    forgetting,
    length_of_row,
    no_initializer,
    no_row,
    of_keras,
    refused_argument,
    rows_of_numbers,
    width_of_a_head,
)
from lstm_lint.library.keras.making import GIVEN, argument
from lstm_lint.library.keras.wholes import with_cells
from lstm_lint.library.keras.windows import listed
from lstm_lint.values import dims
from lstm_lint.values.value import NONE, Const, Shape, Thing, Value, truth

if TYPE_CHECKING:
    from lstm_lint.library.keras.calling import LayerCall


def later(*names: str, stage: str = "call", **predicates: Predicate) -> None:
    questions.later(*names, stage=stage, target="keras2", **predicates)


def alike(asked: Asked) -> Refusal | None:
    items = listed(asked.value) or ()
    sizes = {each.value for each in items if isinstance(each, Const)}
    return Refusal("ValueError") if len(sizes) > 1 else None


def some_pixels(asked: Asked) -> Refusal | None:
    value = plain(asked.value)
    row = kind_of(asked.value) in ("tuple", "list")
    return Refusal(("ValueError", "TypeError")) if row or isinstance(value, int) and value <= 0 else None


def places(asked: Asked) -> Refusal | None:
    """A size, or several; what counts as False is none."""
    value = plain(asked.value)
    if isinstance(value, int) and value < 0:
        return Refusal("ValueError")
    odd = any(kind_of(each) in ("NoneType", "str", "float") for each in listed(asked.value) or ())
    return Refusal("TypeError") if isinstance(value, (str, float)) and value or odd or of_keras(asked.value) else None


def no_longer_row(asked: Asked) -> Refusal | None:
    items = listed(asked.value)
    return Refusal("ValueError") if items is not None and len(items) > 1 else None


def of_a_config(asked: Asked) -> Refusal | None:
    """No dict may be among the attributes of that kernel."""
    return of_the_kernel(asked) if kind_of(asked.value) == "dict" else None


FUSED = {"activation": "tanh", "recurrent_activation": "sigmoid"}


def of_the_kernel(asked: Asked) -> Refusal | None:
    """Where TensorFlow has one kernel for all steps, it takes only plain attributes."""
    kind = kind_of(asked.value)
    if not of_one_kernel(asked.arguments) or kind not in ("NoneType", "tuple", "dict") and not of_keras(asked.value):
        return None
    return Refusal("TypeError" if kind == "dict" else "ValueError")


def of_one_kernel(held: Mapping[str, Value]) -> bool:
    """Has TensorFlow one for all steps of such an LSTM or GRU?"""
    plain_ones = all(plain(held.get(name, NONE)) == function for name, function in FUSED.items())
    unused = all(truth(held.get(name, NONE)) is False for name in ("recurrent_dropout", "unroll"))
    return (
        plain_ones and unused and all(truth(held[name]) is True for name in ("use_bias", "reset_after") if name in held)
    )


def rate(asked: Asked) -> Refusal | None:
    """Compared with 0."""
    wrong = kind_of(asked.value) in ("NoneType", "tuple", "list", "str", "dict") or of_keras(asked.value)
    return Refusal("TypeError") if wrong else None


CONSTANT = ("zeros", "ones", "constant", "identity", "Zeros", "Ones", "Constant", "Identity")
"""Initializers that draw nothing."""


def drawn(*initializers: str) -> Predicate:
    """Where numbers are drawn, True beside other sizes is no size."""

    def question(asked: Asked) -> Refusal | None:
        draws = any(_draws(asked.arguments.get(name, NONE)) for name in initializers)
        return Refusal(("ValueError", "InvalidArgumentError")) if plain(asked.value) is True and draws else None

    return question


def _draws(initializer: Value) -> bool:
    name, of_keras = plain(initializer), "keras.initializers."
    if isinstance(initializer, Thing) and initializer.type.startswith(of_keras):
        name = initializer.type.removeprefix(of_keras)
    return isinstance(name, str) and name not in CONSTANT


def gates(asked: Asked) -> Refusal | None:
    """Step by step, True beside other sizes cuts no gates apart either."""
    refused, held = drawn("recurrent_initializer")(asked), asked.arguments
    if refused is not None or plain(asked.value) is not True or asked.callee == HOME + "GRU" and of_one_kernel(held):
        return refused
    rate, biased = truth(held.get("recurrent_dropout", NONE)), truth(held.get("use_bias", NONE))
    if plain(held.get("implementation", NONE)) == 2 and rate is False:
        return Refusal(("ValueError", "TypeError"), late=True)
    apart = plain(held.get("implementation", NONE)) == 1 or rate
    return Refusal(("TypeError", "ValueError")) if apart and biased else None


def number_of_groups(asked: Asked) -> Refusal | None:
    """None is one; a float makes no size of a kernel."""
    value = plain(asked.value)
    return Refusal(("TypeError", "ValueError")) if isinstance(value, float) and value else below_zero(asked)


def axis_of_groups(asked: Asked) -> Refusal | None:
    """A number that stands for one axis."""
    row = kind_of(asked.value) in ("tuple", "list", "bool")
    return Refusal(("TypeError", "ValueError", "IndexError")) if row else None


def some_groups(asked: Asked) -> Refusal | None:
    value = plain(asked.value)
    if isinstance(value, float) and value != -1:
        return Refusal(("TypeError", "ValueError"))
    return Refusal("ZeroDivisionError") if value == 0 and isinstance(value, int) else None


def sizes_of_axes(asked: Asked) -> Refusal | None:
    """No text, nor a row of texts, of floats or of rows."""
    items = listed(asked.value) or ()
    odd = any(kind_of(each) in ("str", "float", "tuple", "list") or of_keras(each) for each in items)
    return Refusal(("TypeError", "ValueError")) if odd or plain(asked.value) not in ("", ...) else None


def width_if_any(asked: Asked) -> Refusal | None:
    """What counts as False is none at all."""
    value = plain(asked.value)
    if isinstance(value, int) and value < 0:
        return Refusal("ValueError")
    wrong = isinstance(value, (str, float)) and value or listed(asked.value) or of_keras(asked.value)
    return Refusal("TypeError") if wrong else None


def no_index(asked: Asked) -> Refusal | None:
    """One axis alone is taken out of its row."""
    several = listed(asked.value) or ()
    alone = len(several) == 1 and kind_of(several[0]) == "NoneType"
    wrong = any(kind_of(each) in ("float", "str", "NoneType") for each in several) and not alone
    return Refusal(("TypeError", "ValueError")) if wrong else None


NORMALIZATIONS = tuple(f"{name}Normalization" for name in ("Batch", "Layer", "Unit"))
later(*NORMALIZATIONS, "Normalization", axis=questions.no_indices)
later("PReLU", shared_axes=questions.no_indices)
later("Softmax", axis=no_index)


def no_regularizer(asked: Asked) -> Refusal | None:
    """An unknown name is kept, and then called."""
    value, known = plain(asked.value), asked.registry.knowledge.identifiers("regularizer")
    unknown = isinstance(value, str) and value and value not in known and CUSTOM.get("of") is not asked.engine.heap
    return Refusal("TypeError") if unknown and asked.callee != "keras.layers.EinsumDense" else None


def no_weights(asked: Asked) -> Refusal | None:
    """They are counted."""
    wrong = (
        kind_of(asked.value) in ("int", "float", "bool")
        or of_keras(asked.value)
        or plain(asked.value) not in ("", None, ...)
    )
    return Refusal(("TypeError", "ValueError")) if wrong and asked.callee != "keras.layers.Bidirectional" else None


later("", activity_regularizer=no_regularizer, weights=no_weights)
NO_PADDING = no_row("ValueError", "AttributeError", "AssertionError", "TypeError")
for n in (1, 2, 3):
    alone = (f"SeparableConv{n}D", f"DepthwiseConv{n}D")
    plain_ones = (f"Conv{n}D", f"Conv{n}DTranspose")
    pools = (f"MaxPooling{n}D", f"AveragePooling{n}D")
    later(*alone, *plain_ones, *pools, f"ConvLSTM{n}D", padding=NO_PADDING)
    later(*plain_ones, kernel_size=drawn("kernel_initializer"))
    later(*alone, kernel_size=drawn("depthwise_initializer"))
    later(f"ConvLSTM{n}D", kernel_size=drawn("kernel_initializer", "recurrent_initializer"))
    later(alone[0], depth_multiplier=below(1))
    later(alone[1], depth_multiplier=below_zero)
    later(f"Conv{n}D", groups=number_of_groups)
    later(f"ZeroPadding{n}D", padding=below_zero)
    later(f"ConvLSTM{n}D", bias_initializer=forgetting)
RECURRENT = [f"{name}{cell}" for name in ("LSTM", "GRU", "SimpleRNN") for cell in ("", "Cell")]
later(*RECURRENT, units=drawn("recurrent_initializer"))
later("GRU", "GRUCell", units=gates)
later("Embedding", input_dim=drawn("embeddings_initializer"))
sizes = no_row("ValueError", "TypeError")
later("Resizing", height=sizes, width=sizes)
later("CenterCrop", height=some_pixels, width=some_pixels)
later("LSTM", "LSTMCell", bias_initializer=forgetting)
later("TextVectorization", output_sequence_length=below_zero)
later("MultiHeadAttention", output_shape=places)
later("Conv2DTranspose", dilation_rate=alike)
later("Discretization", bin_boundaries=a_row)
later("Attention", "AdditiveAttention", dropout=rate)
later("LSTM", "GRU", go_backwards=of_the_kernel, time_major=of_the_kernel)
later("ELU", "LeakyReLU", alpha=no_longer_row)
later("LSTM", "GRU", return_sequences=of_a_config)
later("MultiHeadAttention", num_heads=below_zero, value_dim=width_if_any)
later("MultiHeadAttention", kernel_initializer=no_initializer, bias_initializer=no_initializer)
later("MultiHeadAttention", dropout=ask.rate("received for `rate`, expected a value between 0 and 1"))
later("GroupNormalization", groups=some_groups, axis=axis_of_groups)
later("Reshape", target_shape=sizes_of_axes)


def remade(asked: Asked) -> Refusal | None:
    """In a layer that is made anew from its config, a layer is no constraint once its weights are made."""
    inside = with_cells(asked.value) if isinstance(asked.value, Thing) else []
    for each in inside:
        names = ("kernel", "recurrent", "bias") if truth(argument(each, "use_bias")) else ("kernel", "recurrent")
        if any(of_keras(argument(each, f"{name}_constraint")) for name in names):
            return Refusal("ValueError")
    return None


later("Bidirectional", layer=remade)
later("MultiHeadAttention", key_dim=width_of_a_head)


# Against the input.

AT_ONCE = ("Masking", "Rescaling", "ELU")
"""Their rows of numbers meet the input where they are called."""
ONCE = tuple(f"{name}Normalization" for name in ("Batch", "Layer", "Unit", "Group"))
"""They name each axis once."""


def check_against(call: "LayerCall", name: str, shape: Shape) -> None:
    """What does not go together with the input."""
    if 0 in shape:
        from lstm_lint.library.keras.empty import check_empty

        check_empty(call, name, shape)
    if name == "BatchNormalization":
        _check_epsilon(call, shape)
    if name == "GroupNormalization":
        _check_group_epsilon(call, shape)
    for parameter in rows_of_numbers(call) if name in AT_ONCE else ():
        length, last = length_of_row(call, parameter), shape[-1]
        if isinstance(last, int) and last != 1 and length not in (None, 1, last):
            meet(call, refused_argument(call, parameter))
    axes = call.integers("axis") if name in (*ONCE, "Softmax") else None
    if axes and len({axis % len(shape) for axis in axes}) < len(axes):
        stage = "run" if name == "Softmax" and call.symbolic else "call"
        meet(call, refused_argument(call, "axis", stage))
    if name == "LayerNormalization" and len(shape) == 2 and axes == (1,) and _true(call):
        raise refused_argument(call, "axis", raises=("TypeError", "ValueError"))


def _true(call: "LayerCall") -> bool:
    """The last axis of all that there are begins where the shape is cut, which True cannot say."""
    value = call.value("axis")
    return any(plain(each) is True for each in listed(value) or (value,))


def _check_epsilon(call: "LayerCall", shape: Shape) -> None:
    """A row of numbers is added to the variances; the kernel for images takes one number."""
    length, axes = length_of_row(call, "epsilon"), call.integers("axis")
    if length is None or axes is None or len(axes) != 1 or not -len(shape) <= axes[0] < len(shape):
        return
    size = shape[axes[0]]
    if fused(call):
        raise refused_argument(call, "epsilon", raises=("TypeError", "ValueError"))
    if isinstance(size, int) and length not in (1, size):
        raise refused_argument(call, "epsilon")


def _check_group_epsilon(call: "LayerCall", shape: Shape) -> None:
    """A row of numbers meets the channels of one group, or what else is the last axis."""
    length, axis, groups = length_of_row(call, "epsilon"), call.integer("axis"), call.integer("groups")
    if length in (None, 1) or axis is None or not -len(shape) <= axis < len(shape):
        return
    last, channels = shape[-1], shape[axis]
    if axis in (-1, len(shape) - 1):
        last = dims.divide(channels, channels if groups == -1 else groups or 1)
    if isinstance(last, int) and length != last:
        raise refused_argument(call, "epsilon")


def fused(call: "LayerCall") -> bool:
    """Does BatchNormalization go over images or films, with a kernel of TensorFlow's own?"""
    axis, rank = call.integers("axis"), call.input.rank
    images = call.kind == "keras.layers.BatchNormalization" and rank in (4, 5)
    alone = images and axis is not None and len(axis) == 1 and "fused" not in (call.layer.get(GIVEN) or ())
    return alone and axis[0] % rank in (1, rank - 1)  # type: ignore[index, operator]
