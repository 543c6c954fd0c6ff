"""How an instance of each class is made: plausible values for what it requires, telling values for what it may take."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

GUESSES = (True, False, 1, 0.5, None)
TAKEN = re.compile(r"""kwargs\.(?:pop|get)\(\s*["'](\w+)["']|["'](\w+)["'] (?:not )?in kwargs""")
Make = Callable[..., Any]

# A value for each keyword, never the default: a keyword that is heeded must leave a mark.
LAYER_KEYWORDS: dict[str, object] = {
    "W_constraint": "non_neg",
    "W_regularizer": "l2",
    "U_regularizer": "l2",
    "activations": "tanh",
    "activity_regularizer": "l2",
    "autocast": False,
    "b_constraint": "non_neg",
    "b_regularizer": "l2",
    "batch_input_shape": (2, 5, 3),
    "batch_shape": (2, 5, 3),
    "batch_size": 2,
    "bias": False,
    "border_mode": "same",
    "consume_less": "gpu",
    "dim_ordering": "tf",
    "dropout_U": 0.5,
    "dropout_W": 0.5,
    "dtype": "float64",
    "dynamic": True,
    "forget_bias_init": "zeros",
    "hidden_size": 4,
    "implementation": 1,
    "init": "zeros",
    "inner_activation": "relu",
    "inner_init": "zeros",
    "input_dim": 3,
    "input_dtype": "float64",
    "input_length": 5,
    "input_shape": (5, 3),
    "input_size": 3,
    "name": "probed",
    "nb_col": 3,
    "nb_epoch": 3,
    "nb_filter": 4,
    "nb_row": 3,
    "num_units": 4,
    "output_dim": 4,
    "p": 0.5,
    "recurrent_dropout": 0.5,
    "reset_after": False,
    "return_runtime": True,
    "return_sequence": True,
    "return_sequences": True,
    "return_state": True,
    "return_states": True,
    "stateful": True,
    "subsample": (2, 2),
    "time_major": True,
    "trainable": False,
    "unit_forget_bias": False,
    "units": 4,
    "use_cudnn": False,
    "weights": [],
    "zero_output_for_mask": True,
}
# What a keyword needs beside it to mean anything.
COMPANY: dict[str, tuple[str, object]] = {"batch_size": ("input_shape", (5, 3)), "input_length": ("input_dim", 3)}
# Values for those that refuse the first one for its own sake.
OTHERWISE: dict[str, tuple[object, ...]] = {"dtype": ("int64", "string"), "weights": (None,)}
SHAPES = {"shape", "input_shape", "batch_shape", "batch_input_shape"}
OPTIMIZER_KEYWORDS: dict[str, object] = {
    "clipnorm": 0.5,
    "clipvalue": 0.5,
    "decay": 0.5,
    "learning_rate": 0.5,
    "lr": 0.5,
    "momentum": 0.5,
    "schedule_decay": 0.5,
    "weight_decay": 0.5,
}


def taken(keras: Any) -> set[str]:
    """Each name that a layer's source takes out of its **kwargs."""
    source = Path(keras.__file__).parent / "src"
    files = [file for room in ("layers", "engine") for file in (source / room).rglob("*.py")]
    return {a or b for file in files for a, b in TAKEN.findall(file.read_text(encoding="utf-8"))}


def handed_up(cls: type) -> set[str]:
    """What its bases name in their constructors: **kwargs may hand it on to them."""
    return {name for base in cls.__mro__[:-1] for name in inspect.signature(base.__init__).parameters}  # type: ignore[misc]


def by_parameter(keras: Any) -> dict[str, object]:
    """A plausible value for each parameter that some class requires."""
    layers = keras.layers
    return {
        "activation": "relu",
        "axes": 1,
        "cell": lambda: layers.LSTMCell(4),
        "cells": lambda: [layers.LSTMCell(4)],
        "dims": (2, 1),
        "equation": "abc,cd->abd",
        "factor": 0.1,
        "filters": 4,
        "fn": lambda: keras.losses.mean_squared_error,
        "function": lambda: keras.activations.relu,
        "head_dim": 4,
        "height": 4,
        "height_factor": 0.1,
        "inner_optimizer": lambda: keras.optimizers.SGD(),
        "input_dim": 10,
        "kernel_size": 2,
        "key_dim": 4,
        "layer": lambda: layers.Dense(3),
        "layers": lambda: [layers.Dense(3)],
        "max_number": 3,
        "n": 3,
        "num_bins": 4,
        "num_classes": 2,
        "num_heads": 2,
        "num_key_value_heads": 2,
        "num_query_heads": 2,
        "output_dim": 4,
        "output_shape": (None, 4),
        "output_size": 2,
        "pool_size": 2,
        "precision": 0.5,
        "rate": 0.1,
        "recall": 0.5,
        "scale": 2.0,
        "sensitivity": 0.5,
        "specificity": 0.5,
        "stddev": 0.1,
        "target_class_ids": [1],
        "target_shape": (-1,),
        "units": 4,
        "width": 4,
        "width_factor": 0.1,
    }


def by_class(keras: Any) -> dict[str, dict[str, object]]:
    layers = keras.layers
    shape = "shape" if "shape" in inspect.signature(layers.InputLayer.__init__).parameters else "input_shape"
    return {
        "keras.Input": {"shape": (6, 2)},
        "keras.layers.Bidirectional": {"layer": lambda: layers.LSTM(4)},
        "keras.layers.CategoryEncoding": {"num_tokens": 10},
        "keras.layers.Discretization": {"bin_boundaries": [0.0, 1.0]},
        "keras.layers.GroupNormalization": {"groups": 1},
        "keras.layers.InputLayer": {shape: (6, 2)},
        "keras.layers.IntegerLookup": {"vocabulary": [1, 2]},
        "keras.layers.RandomPosterization": {"factor": 4},
        "keras.layers.SpectralNormalization": {"layer": lambda: layers.Conv1D(4, 2)},
        "keras.layers.StringLookup": {"vocabulary": ["a", "b"]},
        "keras.layers.TextVectorization": {"vocabulary": ["a", "b"]},
    }


def functional(keras: Any, **given: object) -> Any:
    x = keras.Input((3,), name="x")
    return keras.Model(x, x, **{"name": "made", **given})


def maker(keras: Any, path: str, cls: Callable[..., Any]) -> Make:
    """Makes one instance with the fewest arguments and those given, automatic names starting anew."""
    if cls is keras.Model:
        return lambda **given: functional(keras, **given)
    values, own = by_parameter(keras), by_class(keras).get(path, {})
    function = cls.__init__ if isinstance(cls, type) else cls  # type: ignore[misc]
    required = [
        p.name
        for p in inspect.signature(function).parameters.values()
        if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD) and p.name in values
    ]
    clear = {"free_memory": False} if "free_memory" in inspect.signature(keras.backend.clear_session).parameters else {}

    def make(**given: object) -> Any:
        keras.backend.clear_session(**clear)
        keras.utils.set_random_seed(0)
        chosen = {name: values[name] for name in required} | own
        if own.keys() & SHAPES and given.keys() & SHAPES:
            chosen = {}
        return cls(**{name: v() if inspect.isfunction(v) else v for name, v in chosen.items()} | given)

    return make
