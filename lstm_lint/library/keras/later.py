"""What Keras asks of arguments not where they are given, but where the layer is called (its weights are made), or runs."""

from typing import TYPE_CHECKING, TypeGuard, get_args

from lstm_lint.findings import Target
from lstm_lint.library.keras import predicates as ask
from lstm_lint.library.keras.checking import Asked, Predicate, Refusal, kind_of, plain
from lstm_lint.library.keras.graph import SYMBOLIC
from lstm_lint.library.keras.late import meet
from lstm_lint.library.keras.making import ARGUMENTS, argument
from lstm_lint.library.keras.windows import listed
from lstm_lint.values.library import Clash
from lstm_lint.values.value import NONE, Const, Thing, Value, truth

if TYPE_CHECKING:
    from lstm_lint.library.keras.calling import LayerCall

RUN = ("InvalidArgumentError", "ValueError")
HOME = "keras.layers."
LATER: dict[tuple[Target, str], dict[str, tuple[str, Predicate]]] = {}
"""Generation and class (all of them: where they are at home) -> parameter -> the stage and the question."""


def later(*names: str, stage: str = "call", target: Target = "keras3", **predicates: Predicate) -> None:
    for name in names:
        held = LATER.setdefault((target, HOME + name), {})
        held |= {parameter: (stage, predicate) for parameter, predicate in predicates.items()}


def no_row(*raises: str) -> Predicate:
    """No tuple and no list."""

    def question(asked: Asked) -> Refusal | None:
        return Refusal(raises) if kind_of(asked.value) in ("tuple", "list") else None

    return question


def a_text(asked: Asked) -> Refusal | None:
    kind = kind_of(asked.value)
    return None if kind in (None, "str", "callable") else Refusal("TypeError")


def sizes_or_rows(asked: Asked) -> Refusal | None:
    """An int, or something with at least one size in it."""
    empty = listed(asked.value) == () or plain(asked.value) == ""
    wrong = kind_of(asked.value) in ("NoneType", "float", "str") or of_keras(asked.value)
    return Refusal(("TypeError", "ValueError", "IndexError")) if wrong or empty else None


def a_row(asked: Asked) -> Refusal | None:
    """Something to go through, not a number."""
    return Refusal("TypeError") if kind_of(asked.value) in ask.NUMBERS else None


def of_length(count: int) -> Predicate:
    def question(asked: Asked) -> Refusal | None:
        items = listed(asked.value)
        return Refusal("ValueError") if items is not None and len(items) != count else None

    return question


def number_of_pixels(asked: Asked) -> Refusal | None:
    value = plain(asked.value)
    below = isinstance(value, int) and value < 0
    return Refusal("ValueError") if below or kind_of(asked.value) in ("tuple", "list") else None


def below(least: int) -> Predicate:
    def question(asked: Asked) -> Refusal | None:
        value = plain(asked.value)
        return Refusal("ValueError") if isinstance(value, int) and value < least else None

    return question


below_zero = below(0)


def negative(asked: Asked) -> Refusal | None:
    return Refusal(RUN) if below_zero(asked) else None


def width_of_a_head(asked: Asked) -> Refusal | None:
    """Its root divides."""
    kind, value = kind_of(asked.value), plain(asked.value)
    if isinstance(value, int) and value <= 0:
        return Refusal(("ZeroDivisionError", "ValueError"))
    wrong = kind in ("NoneType", "tuple", "list", "str", "float") or of_keras(asked.value)
    return Refusal(("TypeError", "ValueError")) if wrong else None


def of_keras(value: Value) -> bool:
    return isinstance(value, Thing) and value.type.startswith("keras.layers.")


def sizes(asked: Asked) -> Refusal | None:
    """Of a weight; letters are none."""
    value, items = plain(asked.value), listed(asked.value)
    several = [value] if items is None else list(map(plain, items))
    wrong = any(isinstance(each, (int, float)) and each < 0 for each in several)
    wrong = wrong or any(each is None or isinstance(each, (str, float)) for each in several if items or each)
    return Refusal(("ValueError", "TypeError")) if wrong and asked.value != NONE else None


def no_indices(asked: Asked) -> Refusal | None:
    wrong = any(kind_of(each) in ("float", "str", "NoneType") for each in listed(asked.value) or ())
    return Refusal(("TypeError", "ValueError")) if wrong else None


def no_numbers(asked: Asked) -> Refusal | None:
    wrong = any(kind_of(each) in ("str", "NoneType") for each in listed(asked.value) or ())
    return Refusal("TypeError") if wrong else None


def of_several(asked: Asked) -> Refusal | None:
    """Several axes are one row of numbers."""
    several = listed(asked.value) or ()
    wrong = len(several) > 1 and any(kind_of(each) in ("str", "NoneType") for each in several)
    return Refusal(("ValueError", "TypeError")) if wrong else None


def heads(asked: Asked) -> Refusal | None:
    kind, value = kind_of(asked.value), plain(asked.value)
    return Refusal("ValueError") if kind == "float" or isinstance(value, int) and value < 0 else None


def forgetting(asked: Asked) -> Refusal | None:
    """The bias of a forget gate of ones is put between those of the others."""
    used = all(truth(asked.arguments.get(name, NONE)) for name in ("use_bias", "unit_forget_bias"))
    return Refusal("TypeError") if asked.value == NONE and used else None


def no_initializer(asked: Asked) -> Refusal | None:
    return Refusal("AttributeError") if asked.value == NONE else None


def only_one(asked: Asked) -> Refusal | None:
    """An image is cut, or something is put around it."""
    both = truth(asked.value) and truth(asked.arguments.get("pad_to_aspect_ratio", NONE))
    return Refusal("ValueError") if both else None


def thin(asked: Asked) -> Refusal | None:
    """What counts as False asks for no LoRA, which goes with no constraint."""
    value, asks = plain(asked.value), truth(asked.value)
    held = [asked.arguments.get(f"{name}_constraint", NONE) for name in ("kernel", "embeddings")]
    if asks and any(each != NONE and kind_of(each) for each in held):
        return Refusal("ValueError")
    wrong = kind_of(asked.value) in ("str", "float", "tuple", "list") or of_keras(asked.value)
    below = isinstance(value, int) and value < 0
    return Refusal(("ValueError", "TypeError")) if asks and (wrong or below) else None


later("Dense", "Embedding", "EinsumDense", "Conv1D", "Conv2D", "Conv3D", lora_rank=thin)


def in_parts(asked: Asked) -> Refusal | None:
    """True ends no slice: so the gates are parted, where they are multiplied one by one."""
    one_by_one = plain(asked.arguments.get("implementation", NONE)) == 1
    rate = plain(asked.arguments.get("recurrent_dropout", NONE))
    apart = one_by_one or isinstance(rate, (int, float)) and 0 < rate <= 1
    return (
        Refusal(("InvalidArgumentError", "TypeError", "ValueError")) if plain(asked.value) is True and apart else None
    )


later("GRU", "GRUCell", stage="run", units=in_parts)
EITHER = ask.one_of(("valid", "same"), "must be either 'valid' or 'same'")
for n in (1, 2, 3):
    convolutions = [f"{name}{n}D" for name in ("Conv", "SeparableConv", "DepthwiseConv", "ConvLSTM")]
    later(*convolutions, f"Conv{n}DTranspose", padding=no_row("ValueError", "AttributeError"))
    later(f"MaxPooling{n}D", f"AveragePooling{n}D", padding=EITHER)
    later(f"Conv{n}DTranspose", output_padding=of_length(n))
    later(f"ConvLSTM{n}D", filters=no_row("ValueError", "TypeError"), bias_initializer=forgetting)
later("ZeroPadding2D", "ZeroPadding3D", stage="run", padding=negative)
later("LSTM", "LSTMCell", bias_initializer=forgetting)
later("CenterCrop", "Resizing", height=number_of_pixels, width=number_of_pixels)
INTERPOLATIONS = ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic", "area")
later(
    "UpSampling2D", stage="run", interpolation=ask.one_of(INTERPOLATIONS, "Invalid value for argument `interpolation`")
)
later("Resizing", stage="run", crop_to_aspect_ratio=only_one)
later("Resizing", stage="run", fill_mode=ask.one_of(("constant",), "Only `'constant'` is supported"))
later("Resizing", stage="run", interpolation=ask.one_of(INTERPOLATIONS, "Invalid value for argument `interpolation`"))
for generation in get_args(Target):
    later("EinsumDense", target=generation, equation=a_text, output_shape=sizes_or_rows)
later("EinsumDense", bias_axes=a_row)
later("Discretization", stage="run", bin_boundaries=a_row)
later("TextVectorization", output_sequence_length=below_zero)
later("GroupQueryAttention", "GroupedQueryAttention", head_dim=width_of_a_head)
later("GroupQueryAttention", "GroupedQueryAttention", num_query_heads=heads, num_key_value_heads=heads)
later("GroupQueryAttention", "GroupedQueryAttention", dropout=ask.rate(""))
later("LayerNormalization", "RMSNormalization", "Normalization", axis=no_indices)
later("UnitNormalization", axis=no_numbers)
later("Softmax", stage="run", axis=of_several)
later("PReLU", shared_axes=no_indices)
later("MultiHeadAttention", dropout=ask.rate(""), output_shape=sizes)
for heads_of in ("MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention"):
    later(heads_of, kernel_initializer=no_initializer, bias_initializer=no_initializer)


def asked_later(call: "LayerCall", held: Thing, name: str) -> tuple[str, tuple[str, ...]] | None:
    """The stage at which an argument is refused, and how."""
    if call.registry.target == "keras2":
        import lstm_lint.library.keras.later_keras2  # noqa: F401, its table
    tables = (LATER.get((call.registry.target, path), {}) for path in (held.type, HOME))
    stage, question = next((table[name] for table in tables if name in table), ("", None))
    if question is None:
        return None
    arguments = held.get(ARGUMENTS) or {}
    refusal = question(Asked(call.registry, call.call.engine, held.type, name, argument(held, name), arguments))
    if refusal is None:
        return None
    stage = "run" if refusal.late else stage
    return stage, (refusal.raises,) if isinstance(refusal.raises, str) else refusal.raises


# Against the input.

BROADCAST = {
    "Masking": ("mask_value",),
    "Rescaling": ("scale", "offset"),
    "ELU": ("alpha",),
    "LayerNormalization": ("epsilon",),
    "RMSNormalization": ("epsilon",),
}
"""Rows of numbers that meet the last axis of the input when the layer runs."""
REDUCED = ("Softmax", "LayerNormalization", "UnitNormalization", "RMSNormalization")
"""They go over each of their axes once."""
ACTIVATED = ("activation", "recurrent_activation")
INTEGERS = ("bool", "int32", "int64", "uint8", "int8", "uint16", "int16", "uint32")
"""What dropout does not scale."""


def check_against_input(call: "LayerCall") -> None:
    """What a run of Keras 3 cannot bring together with its input, or a call of Keras 2."""
    name, shape = call.layer.type.removeprefix("keras.layers."), call.input.shape
    if not isinstance(shape, tuple) or not shape:
        return
    if not call.keras3:
        from lstm_lint.library.keras.later_keras2 import check_against

        check_against(call, name, shape)
        return
    for parameter in rows_of_numbers(call):
        length, last = length_of_row(call, parameter), shape[-1]
        if isinstance(last, int) and last != 1 and length not in (None, 1, last):
            meet(call, refused_argument(call, parameter))
    if len({length_of_row(call, parameter) for parameter in rows_of_numbers(call)} - {None, 1}) > 1:
        meet(call, refused_argument(call, rows_of_numbers(call)[-1]))
    axes = call.integers("axis") if name in REDUCED else None
    if axes and len({axis % len(shape) for axis in axes}) < len(axes):
        meet(call, refused_argument(call, "axis"))
    if name in ("LSTM", "GRU", "SimpleRNN"):
        check_dropout(call, call.layer)
    if name.endswith(("LSTM", "GRU", "RNN")) or name.startswith("ConvLSTM"):
        check_activations(call, call.layer)


def check_dropout(call: "LayerCall", held: Thing) -> None:
    """Whole numbers are not scaled; all of them are dropped without that."""
    rate = plain(argument(held, "dropout"))
    whole = call.input.type == SYMBOLIC and call.input.dtype in INTEGERS
    if whole and isinstance(rate, (int, float)) and 0 < rate < 1:
        meet(call, call.clash("input-dtype", (), "ValueError", dtype=call.input.dtype, stage="run"))


def _is_dense(value: Value) -> TypeGuard[Thing]:
    return isinstance(value, Thing) and value.type == "keras.layers.Dense"


def check_activations(call: "LayerCall", held: Thing) -> None:
    """A layer for an activation gives as many features as its gate has; what is stretched is met in the next step.

    In the same one by an LSTM, which puts the state that is stretched through it, too.
    """
    shape, plain_cell = call.input.shape, "SimpleRNN" in held.type
    several = isinstance(shape, tuple) and len(shape) > 1 and isinstance(shape[1], int) and shape[1] > 1
    wide = plain(argument(held, "filters" if "ConvLSTM" in held.type else "units"))
    once = not several and (plain_cell or wide == 1)
    for parameter in ACTIVATED if not once else ACTIVATED[:1] if "LSTM" in held.type else ():
        function = argument(held, parameter)
        units = plain(argument(function, "units")) if _is_dense(function) else ...
        if isinstance(units, int) and isinstance(wide, int) and units != wide and (plain_cell or units != 1):
            meet(call, refused_argument(call, parameter, held=held))


def rows_of_numbers(call: "LayerCall") -> tuple[str, ...]:
    """Its parameters that may hold one."""
    return BROADCAST.get(call.layer.type.removeprefix("keras.layers."), ())


def length_of_row(call: "LayerCall", name: str) -> int | None:
    """None where it is no row of numbers."""
    items = listed(call.value(name))
    return len(items) if items is not None and all(isinstance(each, Const) for each in items) else None


def refused_argument(
    call: "LayerCall", name: str, stage: str = "", raises: tuple[str, ...] = RUN, held: Thing | None = None
) -> Clash:
    """Said when Keras 3 runs, and Keras 2 is called."""
    stage, held = stage or ("run" if call.symbolic and call.keras3 else "call"), held or call.layer
    facts = {"tensor": call.input, "callee": held.type, "name": name, "value": argument(held, name)}
    return call.clash("argument-value", (), raises, **facts, stage=stage)
