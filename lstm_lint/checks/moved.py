"""Where a name that is gone lives now: kept by hand, and offered only where the generated data say that it is there."""

from collections.abc import Iterator

from lstm_lint.findings import Target

LAYERS = (
    *("recurrent", "core", "wrappers", "embeddings", "convolutional", "convolutional_recurrent", "normalization"),
    *("pooling", "noise", "merge", "merging", "advanced_activations", "local", "rnn", "cudnn_recurrent", "attention"),
    *("experimental.preprocessing", "experimental", "preprocessing", "reshaping", "regularization", "activation"),
)
UTILS = (
    *("np_utils", "generic_utils", "vis_utils", "visualize_util", "layer_utils", "data_utils", "io_utils"),
    *("conv_utils", "training_utils", "losses_utils", "tf_utils", "multi_gpu_utils"),
)
OPTIMIZERS = {
    **{name.lower(): name for name in ("Adam", "SGD", "Adagrad", "Adadelta", "Adamax", "Nadam")},
    "rmsprop": "RMSprop",
}
CORE = ("keras.layers", "keras.models", "keras", "keras.utils")

MODULES: dict[str, tuple[str, ...]] = {
    **{f"keras.layers.{name}": ("keras.layers",) for name in LAYERS},
    **{f"keras.utils.{name}": ("keras.utils",) for name in UTILS},
    **{f"keras.optimizers.{name}": ("keras.optimizers",) for name in (*OPTIMIZERS, "experimental")},
    "keras.optimizer_v2": ("keras.optimizers",),
    "keras.optimizer_v1": ("keras.optimizers",),
    "keras.optimizers.optimizer_v2": ("keras.optimizers",),
    "keras.optimizers.learning_rate_schedule": ("keras.optimizers.schedules",),
    "keras.engine": CORE,
    "keras.initializations": ("keras.initializers",),
    "keras.objectives": ("keras.losses",),
    "keras.backend.tensorflow_backend": ("keras.backend",),
    "keras.callbacks.callbacks": ("keras.callbacks",),
    "keras.preprocessing.timeseries": ("keras.utils",),
    "tensorflow.python.keras": ("tensorflow.keras",),
    "tensorflow.contrib.keras": ("tensorflow.keras",),
    "tensorflow.contrib.keras.api.keras": ("tensorflow.keras",),
    "tensorflow.contrib.keras.python.keras": ("tensorflow.keras",),
    "tensorflow.compat.v1.keras": ("tensorflow.keras",),
}
"""A module and where its names live now; the modules below it keep their names."""

NAMES = {
    "keras.layers.CuDNNLSTM": "keras.layers.LSTM",
    "keras.layers.CuDNNGRU": "keras.layers.GRU",
    "keras.layers.TimeDistributedDense": "keras.layers.Dense",
    "keras.layers.SyncBatchNormalization": "keras.layers.BatchNormalization",
    "keras.utils.plot": "keras.utils.plot_model",
    **{f"keras.optimizers.{old}": f"keras.optimizers.{new}" for old, new in OPTIMIZERS.items()},
    "tensorflow.set_random_seed": "tensorflow.random.set_seed",
    "tensorflow.random_normal": "tensorflow.random.normal",
    "tensorflow.random_uniform": "tensorflow.random.uniform",
    "tensorflow.random_shuffle": "tensorflow.random.shuffle",
    "tensorflow.truncated_normal": "tensorflow.random.truncated_normal",
    "tensorflow.multinomial": "tensorflow.random.categorical",
    "tensorflow.log": "tensorflow.math.log",
    "tensorflow.log_sigmoid": "tensorflow.math.log_sigmoid",
    "tensorflow.is_nan": "tensorflow.math.is_nan",
    "tensorflow.div": "tensorflow.math.divide",
    "tensorflow.mod": "tensorflow.math.floormod",
    "tensorflow.pack": "tensorflow.stack",
    "tensorflow.unpack": "tensorflow.unstack",
    **{
        f"tensorflow.{name}": f"tensorflow.compat.v1.{name}"
        for name in ("ConfigProto", "GPUOptions", "logging", "app", "flags", "to_float", "to_int32", "to_int64")
    },
}
"""A name, and what does the same. Sessions and placeholders are not here: their `tf.compat.v1` needs graphs."""


def moved(target: Target, path: str) -> str | None:
    """The path that this generation has for what `path` named, below the root that the program uses if it is there.

    `tensorflow.keras` keeps some names that `keras` lost: they are the last resort.
    """
    from lstm_lint.library import versions

    knowledge = versions.load(target)
    twin = path.startswith("tensorflow.keras.")
    for plain in (*_now(path.removeprefix("tensorflow.") if twin else path), path):
        below = plain.startswith("keras.")
        roots = (f"tensorflow.{plain}", plain) if twin else (plain, f"tensorflow.{plain}")
        for candidate in roots if below and (twin or plain == path) else (plain,):
            if candidate != path and knowledge.exists(candidate):
                return candidate
    return None


def _now(path: str) -> Iterator[str]:
    """All that may stand for a path now, likeliest first; what moved once has moved again since."""
    if path in NAMES:
        yield NAMES[path]
    parts = path.split(".")
    for count in range(len(parts), 0, -1):
        for home in MODULES.get(".".join(parts[:count]), ()):
            for skipped in range(max(1, len(parts) - count)):  # a module below is gone as well, its names are not
                new = ".".join((home, *parts[count + skipped :]))
                yield new
                plain = new.removeprefix("tensorflow.")
                root = new.removesuffix(plain)
                if plain != path and len(plain) < len(path):
                    yield from (each if each.startswith("tensorflow.") else root + each for each in _now(plain))
