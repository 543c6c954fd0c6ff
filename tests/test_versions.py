"""What the reader says about each generation, and that the shipped files are what the installed Keras says."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lstm_lint.findings import Target
from lstm_lint.library.versions import Knowledge, Opaque, Parameter, load, newest

TARGETS: tuple[Target, ...] = ("keras2", "keras3")
K2, K3 = load("keras2"), load("keras3")
DUMP = Path(__file__).parent.parent / "tools" / "dump_keras.py"
ASKED = r"\.(LSTM|LSTMCell|Dense|ZeroPadding1D)$"
"""All layers take minutes."""
SHIPPED = DUMP.parent.parent / "lstm_lint" / "library" / "versions"


@pytest.mark.parametrize(
    ("path", "keras2", "keras3"),
    [
        ("keras.layers.LSTM", "keras.layers.LSTM", "keras.layers.LSTM"),
        ("tensorflow.keras.layers.LSTM", "keras.layers.LSTM", "keras.layers.LSTM"),
        ("tf_keras.layers.LSTM", "keras.layers.LSTM", "keras.layers.LSTM"),
        ("keras.models.Sequential", "keras.Sequential", "keras.Sequential"),
        ("tensorflow.keras.models.Model", "keras.Model", "keras.Model"),
        ("keras.layers.Input", "keras.Input", "keras.Input"),
        ("keras.Layer", None, "keras.layers.Layer"),
        ("keras.layers.MaxPool1D", "keras.layers.MaxPooling1D", "keras.layers.MaxPooling1D"),
        ("keras.preprocessing.sequence.pad_sequences", "keras.utils.pad_sequences", "keras.utils.pad_sequences"),
        ("keras.preprocessing.text.Tokenizer", "keras.preprocessing.text.Tokenizer", None),
        (
            "tensorflow.keras.preprocessing.text.Tokenizer",
            "keras.preprocessing.text.Tokenizer",
            "tensorflow.keras.preprocessing.text.Tokenizer",
        ),
        ("keras.layers.CuDNNLSTM", None, None),
        ("keras.layers", "keras.layers", "keras.layers"),
        ("tensorflow.nn.softmax", "tensorflow.nn.softmax", "tensorflow.nn.softmax"),
    ],
)
def test_canonical(path: str, keras2: str | None, keras3: str | None) -> None:
    assert (K2.canonical(path), K3.canonical(path)) == (keras2, keras3)


@pytest.mark.parametrize(
    ("path", "keras2", "keras3"),
    [
        ("keras", True, True),
        ("keras.layers.GRU", True, True),
        ("keras.layers.recurrent", False, False),
        ("keras.layers.recurrent.LSTM", False, False),
        ("keras.layers.experimental.preprocessing.Normalization", True, False),
        ("keras.ops", False, True),
        ("keras.backend.zeros", True, False),
        ("tensorflow.keras.backend.zeros", True, True),
        ("keras.losses.mse", True, False),
        ("tensorflow.keras.losses.mse", True, True),
        ("tensorflow.keras.saving.load_model", True, True),
        ("tensorflow.placeholder", False, False),
        ("tensorflow.nn.dynamic_rnn", False, False),
        ("tensorflow.compat.v1.nn.dynamic_rnn", None, None),
        ("tensorflow.python.keras.layers", True, True),
        ("tensorflow.estimator", True, False),
        ("keras.src.layers.LSTM", None, None),
        ("keras.layers.LSTM.from_config", None, None),
        ("keras.__internal__", None, None),
        ("numpy", None, None),
        ("numpy.zeros", None, None),
    ],
)
def test_exists(path: str, keras2: bool | None, keras3: bool | None) -> None:
    assert (K2.exists(path), K3.exists(path)) == (keras2, keras3)


def test_importable() -> None:
    assert K3.importable("tensorflow.keras.layers") is True
    assert K3.importable("tensorflow.keras.saving") is True
    assert K3.importable("keras.preprocessing.text") is False
    assert K3.importable("keras.layers.LSTM") is None


@pytest.mark.parametrize(
    ("path", "name", "keras2", "keras3"),
    [
        ("keras.layers.LSTM", "units", "accepted", "accepted"),
        ("keras.layers.LSTM", "time_major", "accepted", "ValueError"),
        ("keras.layers.LSTM", "use_cudnn", "TypeError", "accepted"),
        ("keras.layers.LSTM", "return_sequence", "TypeError", "ValueError"),
        ("keras.layers.LSTM", "surely_unheard_of", "TypeError", "ValueError"),
        ("keras.layers.LSTM", "implementation", "accepted", "accepted"),
        ("keras.layers.SimpleRNN", "implementation", "ignored", "ValueError"),
        ("keras.layers.Dense", "input_dim", "accepted", "accepted"),
        ("keras.layers.Dense", "batch_size", "accepted", "ValueError"),
        ("keras.layers.Dense", "batch_input_shape", "accepted", "ValueError"),
        ("keras.layers.Embedding", "input_length", "accepted", "ignored"),
        ("keras.layers.Embedding", "dropout", "TypeError", "ValueError"),
        ("keras.layers.SpatialDropout1D", "seed", "accepted", "accepted"),
        ("keras.layers.SpatialDropout1D", "trainable", "accepted", "TypeError"),
        ("keras.layers.InputLayer", "surely_unheard_of", "ValueError", "ignored"),
        ("keras.Input", "surely_unheard_of", "ValueError", "TypeError"),
        ("keras.Input", "batch_input_shape", "accepted", "TypeError"),
        ("keras.Model", "surely_unheard_of", "TypeError", "ignored"),
        ("keras.Sequential", "surely_unheard_of", "TypeError", "TypeError"),
        ("keras.optimizers.Adam", "lr", "ignored", "ValueError"),
        ("keras.optimizers.Adam", "decay", "ValueError", "ignored"),
        ("keras.layers.NoSuchLayer", "units", "unprobed", "unprobed"),
    ],
)
def test_keyword(path: str, name: str, keras2: str, keras3: str) -> None:
    assert (K2.keyword(path, name), K3.keyword(path, name)) == (keras2, keras3)


@pytest.mark.parametrize("known", [K2, K3], ids=["keras2", "keras3"])
def test_signature(known: Knowledge) -> None:
    listed = known.parameters("tensorflow.keras.layers.LSTM")
    assert listed is not None
    assert listed[:2] == (Parameter("units", "pos", True), Parameter("activation", "pos", False, "tanh"))
    assert listed[-1] == Parameter("kwargs", "kwargs", False)
    strides = {p.name: p.default for p in known.parameters("keras.layers.Conv2D") or ()}["strides"]
    assert strides == (1, 1)
    assert known.parameters("keras.layers.NoSuchLayer") is None


@pytest.mark.parametrize("known", [K2, K3], ids=["keras2", "keras3"])
def test_kind_and_bases(known: Knowledge) -> None:
    assert [
        known.kind(f"keras.{path}") for path in ("layers.LSTM", "Model", "optimizers.Adam", "utils.to_categorical")
    ] == [
        "layer",
        "model",
        "class",
        "function",
    ]
    assert known.bases("keras.layers.LSTM")[:2] == ("keras.layers.RNN", "keras.layers.Layer")
    assert known.bases("keras.Sequential")[0] == "keras.Model"


@pytest.mark.parametrize("known", [K2, K3], ids=["keras2", "keras3"])
def test_methods_are_inherited(known: Knowledge) -> None:
    fit = known.method("keras.models.Sequential", "fit")
    assert fit is not None
    assert fit == known.method("keras.Model", "fit")
    assert [p.name for p in fit][:4] == ["x", "y", "batch_size", "epochs"]
    assert [p.name for p in known.method("keras.Model", "__init__") or ()][:2] == ["inputs", "outputs"]
    assert known.method("keras.layers.LSTM", "set_weights") == (Parameter("weights", "pos", True),)
    assert known.method("keras.layers.LSTM", "no_such_method") is None


def test_call() -> None:
    assert [p.name for p in K2.call("keras.layers.LSTM") or ()] == ["inputs", "mask", "training", "initial_state"]
    assert [p.name for p in K3.call("keras.layers.LSTM") or ()] == ["sequences", "initial_state", "mask", "training"]


def members(known: Knowledge, path: str) -> frozenset[str]:
    found = known.members(path)
    assert found is not None
    return found


@pytest.mark.parametrize("known", [K2, K3], ids=["keras2", "keras3"])
def test_members(known: Knowledge) -> None:
    assert {"units", "cell", "get_weights", "states", "name"} <= members(known, "keras.layers.LSTM")
    assert not {"kernel", "kernel_c", "bias_c", "W_i"} & members(known, "keras.layers.LSTM")
    assert {"kernel", "recurrent_kernel", "bias"} == known.built_members("keras.layers.LSTMCell")
    assert {"kernel", "units"} <= members(known, "keras.layers.Dense")
    assert {"history", "epoch"} <= members(known, "keras.callbacks.History")
    assert "fit" in members(known, "keras.Sequential")
    assert "predict_classes" not in members(known, "keras.Sequential")
    assert known.members("keras.layers.NoSuchLayer") is None


def test_members_differ() -> None:
    assert "reset_state" in members(K3, "keras.layers.LSTM") - members(K2, "keras.layers.LSTM")
    assert "fit_generator" in members(K2, "keras.Model") - members(K3, "keras.Model")
    assert "get_shape" in members(K2, "symbolic tensor") - members(K3, "symbolic tensor")


def test_defaults_are_data() -> None:
    """A default is a literal or opaque, and the same question gives the same answer."""
    for known in (K2, K3):
        for path in known.data["callables"]:
            for parameter in known.parameters(path) or ():
                assert isinstance(parameter.default, (bool, int, float, str, tuple, Opaque, type(None)))
                hash(parameter)
        assert load(known.target) is known


@pytest.mark.parametrize("known", [K2, K3], ids=["keras2", "keras3"])
def test_every_alias_leads_somewhere(known: Knowledge) -> None:
    for path, home in known.data["aliases"].items():
        assert known.exists(path)
        assert known.exists(home)
        assert known.canonical(home) == home


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
def test_shipped_file_is_what_this_keras_says(target: Target, tmp_path: Path) -> None:
    """In the interpreter that LSTM_LINT_KERAS2 or LSTM_LINT_KERAS3 names, or else in this one."""
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    installed = version_in(python)
    major, minor = installed.split(".")[:2] if installed else ("", "")
    shipped = SHIPPED / f"keras-{major}.{minor}.json"
    if major != target[-1] or not shipped.exists() or kept(shipped)["about"]["keras"] != installed:
        pytest.skip(f"no file about Keras {installed} of {python}")
    command = [python, DUMP, "--output", tmp_path, "--refused", ASKED]
    subprocess.run(command, check=True, capture_output=True)
    fresh, ours = kept(tmp_path / shipped.name), kept(shipped)
    assert fresh.pop("about")["keras"] == ours.pop("about")["keras"]
    assert fresh == ours
    refused = f"refused-{major}.{minor}.json"
    again, all_layers = kept(tmp_path / refused), kept(SHIPPED / refused)
    assert len(again) == 4
    assert again == {path: all_layers[path] for path in again}


def version_in(python: str) -> str:
    """The version of Keras in an environment with TensorFlow; empty where they are not."""
    asks = (
        "from importlib import metadata, util; print(metadata.version('keras') if util.find_spec('tensorflow') else '')"
    )
    return subprocess.run([python, "-c", asks], check=False, capture_output=True, text=True).stdout.strip()


def kept(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def test_one_more_file_is_one_more_version(tmp_path: Path) -> None:
    """The newest version of a generation is the one that counts, by number: 3.16 after 3.15 after 3.9."""
    for name in ("keras-2.15.json", "keras-3.9.json", "keras-3.16.json", "keras-3.15.json"):
        (tmp_path / name).touch()
    assert [newest(target, tmp_path).name for target in TARGETS] == ["keras-2.15.json", "keras-3.16.json"]
