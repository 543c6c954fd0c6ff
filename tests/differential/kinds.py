"""The layers that models are made of: which ranks each takes and gives, and texts for its arguments, right ones and wrong ones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, tuple[str, ...]]
Rank = Callable[[int, Mapping[str, str]], int]

SIZE = ("4", "2", "1", "6", "8")
BOOL = ("True", "False")
RATE = ("0.5", "0.0", "0.2", "0")
ACTIVATION = ("'relu'", "'tanh'", "None", "'softmax'", "'linear'", "keras.activations.sigmoid")
INITIALIZER = ("'zeros'", "'glorot_uniform'", "'orthogonal'", "keras.initializers.Ones()")
REGULARIZER = ("'l2'", "None", "keras.regularizers.L1(0.01)")
CONSTRAINT = ("'non_neg'", "None", "keras.constraints.MaxNorm(2)")
FORMAT = ("'channels_last'", "'channels_first'", "None")
WRONG = ("0", "-1", "2.5", "'4'", "'wrong'", "None", "(2, 2)", "(1, 2, 3, 4)", "True", "[]", "7", "layers.Dense(2)")
"""What is wrong for most arguments; where it is right, so much the better."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`required` are given in order, without their names; of `optional` each now and then."""

    ranks: tuple[int, ...] = (2, 3, 4)
    rank: Rank = lambda rank, given: rank
    required: Texts = field(default_factory=dict)
    optional: Texts = field(default_factory=dict)
    integers: bool = False
    only: str = ""


def to(rank: int) -> Rank:
    return lambda _, given: rank


def returned(short: int, long: int) -> Rank:
    return lambda _, given: long if given.get("return_sequences") == "True" else short


WEIGHTED: Texts = {
    "use_bias": BOOL,
    "activation": ACTIVATION,
    "kernel_initializer": INITIALIZER,
    "bias_initializer": ("'zeros'", "'ones'"),
    "kernel_regularizer": REGULARIZER,
    "kernel_constraint": CONSTRAINT,
}
STEPWISE: Texts = {
    "return_sequences": ("True", "True", "False"),
    "return_state": BOOL,
    "go_backwards": BOOL,
    "stateful": ("False", "True"),
}
RECURRENT: Texts = {
    **STEPWISE,
    **WEIGHTED,
    "unroll": BOOL,
    "recurrent_initializer": INITIALIZER,
    "dropout": RATE,
    "recurrent_dropout": RATE,
}
CELL: Texts = {"use_bias": BOOL, "activation": ACTIVATION, "dropout": RATE, "recurrent_dropout": RATE}

RECURRENTS = {
    name: Kind((3,), returned(2, 3), {"units": SIZE}, {**RECURRENT, **more})
    for name, more in {
        "LSTM": {"unit_forget_bias": BOOL, "recurrent_activation": ACTIVATION},
        "GRU": {"reset_after": BOOL, "recurrent_activation": ACTIVATION},
        "SimpleRNN": {},
    }.items()
}
CELLS = {
    "LSTMCell": Kind((2,), required={"units": SIZE}, optional={**CELL, "unit_forget_bias": BOOL}),
    "GRUCell": Kind((2,), required={"units": SIZE}, optional={**CELL, "reset_after": BOOL}),
    "SimpleRNNCell": Kind((2,), required={"units": SIZE}, optional=CELL),
}

PADDING = ("'same'", "'valid'")


def sized(dims: int, *sizes: str) -> tuple[str, ...]:
    """One number for all axes, or one for each."""
    return (*sizes, "(" + ", ".join((sizes * dims)[:dims]) + ("," if dims == 1 else "") + ")")


def pairs(dims: int) -> tuple[str, ...]:
    return ("1", "(1, 1)", "(0, 1)") if dims == 1 else ("1", sized(dims, "1")[-1], str(((1, 0), (0, 1), (1, 1))[:dims]))


def spatial(dims: int) -> dict[str, Kind]:
    """Convolutions, pools and the like over so many axes."""
    rank, suffix = dims + 2, f"{dims}D"
    window: Texts = {
        "strides": sized(dims, "1", "2"),
        "padding": PADDING,
        "data_format": ("'channels_last'",) * 5 + FORMAT,
    }
    dilated: Texts = {**window, **WEIGHTED, "dilation_rate": sized(dims, "1", "2")}
    causal: Texts = {"padding": (*PADDING, "'causal'")} if dims == 1 else {}
    filters: Texts = {"filters": SIZE, "kernel_size": sized(dims, "2", "3", "1")}
    pool: Texts = {**window, "pool_size": sized(dims, "2", "3", "1"), "strides": ("None", *sized(dims, "1", "2"))}
    found = {
        f"Conv{suffix}": Kind((rank,), required=filters, optional={**dilated, **causal, "groups": ("1", "2")}),
        f"Conv{suffix}Transpose": Kind(
            (rank,), required=filters, optional={**dilated, "output_padding": ("None", *sized(dims, "0", "1"))}
        ),
        f"Cropping{suffix}": Kind((rank,), required={"cropping": pairs(dims)}),
        f"ZeroPadding{suffix}": Kind((rank,), required={"padding": pairs(dims)}),
        f"UpSampling{suffix}": Kind((rank,), required={"size": sized(dims, "2", "3")[: 2 if dims == 1 else 3]}),
        f"SpatialDropout{suffix}": Kind((rank,), required={"rate": RATE}),
        f"ConvLSTM{suffix}": Kind(
            (rank + 1,),
            returned(rank, rank + 1),
            filters,
            {**dilated, **STEPWISE, "recurrent_dropout": RATE, "dropout": RATE},
        ),
    }
    for way in ("Max", "Average"):
        found[f"{way}Pooling{suffix}"] = Kind((rank,), optional=pool)
        found[f"Global{way}Pooling{suffix}"] = Kind(
            (rank,),
            lambda rank, given: rank if given.get("keepdims") == "True" else 2,
            optional={"keepdims": BOOL, "data_format": FORMAT},
        )
    if dims < 3:
        multiplied: Texts = {**dilated, **causal, "depth_multiplier": ("1", "2")}
        found[f"SeparableConv{suffix}"] = Kind((rank,), required=filters, optional=multiplied)
        kernel: Texts = {"kernel_size": filters["kernel_size"]}
        less = {
            name: texts for name, texts in multiplied.items() if not name.startswith("kernel_") and name != "padding"
        }
        found[f"DepthwiseConv{suffix}"] = Kind((rank,), required=kernel, optional={**less, "padding": PADDING})
    return found


LOOKED_UP: Texts = {"output_mode": ("'int'", "'one_hot'", "'multi_hot'"), "num_oov_indices": ("1", "2", "0")}

SHAPED = {
    "Flatten": Kind((2, 3, 4, 5), to(2), optional={"data_format": FORMAT}),
    "RepeatVector": Kind((2,), to(3), {"n": ("3", "5", "1")}),
    "Reshape": Kind(
        (2, 3, 4),
        lambda _, given: given.get("", "").count(",") + 1,
        {"": ("(-1, 2)", "(2, -1)", "(-1, 1)", "(-1, 2, 2)", "(4, 6)", "(-1, 4, 1, 1)")},
    ),
    "Permute": Kind(
        (3, 4), lambda _, given: given.get("", "").count(",") + 2, {"": ("(2, 1)", "(1, 2)", "(2, 1, 3)", "(3, 1, 2)")}
    ),
    "Masking": Kind((3, 4), optional={"mask_value": ("0.0", "-1.0", "0")}),
    "Embedding": Kind(
        (2, 3),
        lambda rank, _: rank + 1,
        {"input_dim": ("10", "50"), "output_dim": SIZE},
        {"mask_zero": BOOL, "embeddings_initializer": INITIALIZER},
        integers=True,
    ),
    "CategoryEncoding": Kind(
        (2,),
        required={"num_tokens": ("10", "4")},
        optional={"output_mode": ("'multi_hot'", "'count'", "'one_hot'")},
        integers=True,
    ),
    "Resizing": Kind(
        (4,), required={"height": SIZE, "width": SIZE}, optional={"interpolation": ("'nearest'", "'bilinear'")}
    ),
    "CenterCrop": Kind((4,), required={"height": ("4", "2"), "width": ("4", "2")}),
    "Rescaling": Kind((2, 3, 4), required={"scale": ("0.5", "1")}, optional={"offset": ("0.5", "0")}),
    "EinsumDense": Kind(
        (2, 3, 4),
        lambda rank, given: rank if "..." in given.get("equation", "") else given.get("equation", "").count("z") + 2,
        {
            "equation": (
                "'...x,xy->...y', 4",
                "'abx,xz->abz', (None, 6)",
                "'ax,xz->az', 4",
                "'abx,xzy->abzy', (None, 5, 4)",
                "'abcx,xz->abcz', (None, None, 2)",
            )
        },
        {"bias_axes": ("None", "'y'", "'z'"), "activation": ACTIVATION, "kernel_constraint": CONSTRAINT},
    ),
    "Normalization": Kind(optional={"axis": ("-1", "None", "1"), "mean": ("0.5",), "variance": ("2.0",)}),
    "Discretization": Kind(
        (2, 3),
        required={},
        optional={"bin_boundaries": ("[0.0, 1.0]", "[0.5]"), "output_mode": ("'int'", "'one_hot'", "'multi_hot'")},
    ),
    "Hashing": Kind((2,), required={"num_bins": ("8", "4")}, integers=True),
    "IntegerLookup": Kind((2,), optional={"vocabulary": ("[1, 2, 3]", "[5]"), **LOOKED_UP}, integers=True),
}
LAMBDAS = {
    "lambda x: x * 2": 0,
    "lambda x: x[:, -1]": -1,
    "lambda x: x[:, 1:]": 0,
    "lambda x: x[:, None]": 1,
    "keras.activations.relu": 0,
    "lambda x: x + x": 0,
}
"""The functions, and what they do to the rank."""
SHAPED["Lambda"] = Kind(
    (2, 3, 4), lambda rank, given: rank + LAMBDAS.get(given.get("function", ""), 0), {"function": tuple(LAMBDAS)}
)
TEXTUAL = {
    "TextVectorization": Kind(
        rank=to(2),
        optional={
            "vocabulary": ("['a', 'b', 'c']",),
            "output_mode": ("'int'", "'multi_hot'", "'count'"),
            "output_sequence_length": ("4", "6", "None"),
            "max_tokens": ("None", "10"),
        },
    ),
    "StringLookup": Kind(rank=to(2), optional={"vocabulary": ("['a', 'b']", "['c', 'd', 'e']"), **LOOKED_UP}),
}
"""They take texts."""

AXIS = ("-1", "1", "2", "(1, 2)", "[-1]")
SCALED: Texts = {"epsilon": ("0.001",), "center": BOOL, "scale": BOOL}
LEFT_AS_IT_IS = {
    "Dense": Kind((2, 3, 4), required={"units": SIZE}, optional=WEIGHTED),
    "Dropout": Kind(
        required={"rate": RATE}, optional={"seed": ("1",), "noise_shape": ("None", "(None, 1, 4)", "(2, 1)")}
    ),
    "AlphaDropout": Kind(required={"rate": ("0.5", "0.2")}),
    "GaussianDropout": Kind(required={"rate": ("0.5", "0.2")}),
    "GaussianNoise": Kind(required={"stddev": ("0.1", "1")}),
    "Activation": Kind(required={"activation": ACTIVATION[:2] + ACTIVATION[3:]}),
    "ActivityRegularization": Kind(optional={"l1": ("0.1",), "l2": ("0.1",)}),
    "ReLU": Kind(optional={"max_value": ("6.0", "None"), "negative_slope": ("0.1", "0"), "threshold": ("0.5", "0")}),
    "LeakyReLU": Kind(),
    "ThresholdedReLU": Kind(optional={"theta": ("1.0", "0.5")}, only="keras2"),
    "ELU": Kind(optional={"alpha": ("1.0", "0.5")}),
    "PReLU": Kind(optional={"shared_axes": ("[1]", "None", "[1, 2]")}),
    "Softmax": Kind(optional={"axis": AXIS}),
    "Identity": Kind(),
    "BatchNormalization": Kind(optional={**SCALED, "axis": AXIS[:3], "momentum": ("0.9",)}),
    "LayerNormalization": Kind(optional={**SCALED, "axis": AXIS}),
    "GroupNormalization": Kind((3, 4), optional={**SCALED, "groups": ("2", "1", "-1", "4"), "axis": AXIS[:3]}),
    "UnitNormalization": Kind(optional={"axis": AXIS}),
    "RMSNormalization": Kind(optional={"axis": AXIS[:3], "epsilon": ("0.001",)}, only="keras3"),
}

KINDS = {**RECURRENTS, **spatial(1), **spatial(2), **spatial(3), **SHAPED, **LEFT_AS_IT_IS}
USUAL = (
    "LSTM",
    "GRU",
    "SimpleRNN",
    "Dense",
    "Dropout",
    "Conv1D",
    "Flatten",
    "RepeatVector",
    "TimeDistributed",
    "Bidirectional",
)
"""What recurrent programs are mostly made of: drawn as often as all the others."""

MERGES = ("Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate")
