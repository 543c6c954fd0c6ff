"""The tables of names kept by hand, against what the real packages told."""

import pytest

from lstm_lint.checks.backend import FUNCTIONS, KEYWORDS, Now
from lstm_lint.checks.moved import MODULES, NAMES, moved
from lstm_lint.library.versions import load

K2, K3 = load("keras2"), load("keras3")


@pytest.mark.parametrize(("old", "new"), NAMES.items())
def test_what_a_name_became_is_there(old: str, new: str) -> None:
    assert K3.exists(old) is False
    assert K3.exists(new)


@pytest.mark.parametrize(("old", "homes"), MODULES.items())
def test_where_a_modules_names_live_is_there(old: str, homes: tuple[str, ...]) -> None:
    assert all(K3.names(home) for home in homes)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("keras.layers.recurrent.LSTM", "keras.layers.LSTM"),
        ("keras.layers.recurrent", "keras.layers"),
        ("tensorflow.keras.layers.recurrent.GRU", "tensorflow.keras.layers.GRU"),
        ("tensorflow.python.keras.layers.recurrent.LSTM", "tensorflow.keras.layers.LSTM"),
        ("tensorflow.python.keras.layers.CuDNNLSTM", "tensorflow.keras.layers.LSTM"),
        ("keras.engine.topology.Layer", "keras.layers.Layer"),
        ("keras.engine.Model", "keras.models.Model"),
        ("keras.engine.topology.Merge", None),
        ("keras.utils.np_utils.to_categorical", "keras.utils.to_categorical"),
        ("keras.utils.vis_utils.plot_model", "keras.utils.plot_model"),
        ("keras.utils.visualize_util.plot", "keras.utils.plot_model"),
        ("keras.utils.multi_gpu_model", None),
        ("keras.layers.CuDNNGRU", "keras.layers.GRU"),
        ("keras.layers.cudnn_recurrent.CuDNNLSTM", "keras.layers.LSTM"),
        ("keras.preprocessing.text.Tokenizer", "tensorflow.keras.preprocessing.text.Tokenizer"),
        ("keras.backend.batch_dot", "tensorflow.keras.backend.batch_dot"),
        ("keras.backend.set_session", None),
        ("keras.backend.tensorflow_backend", "keras.backend"),
        ("keras.wrappers.scikit_learn.KerasClassifier", None),
        ("tensorflow.set_random_seed", "tensorflow.random.set_seed"),
        ("tensorflow.contrib.keras.layers.LSTM", "tensorflow.keras.layers.LSTM"),
        ("tensorflow.contrib.rnn.LSTMCell", None),
        ("keras.objectives.mean_squared_error", "keras.losses.mean_squared_error"),
        ("keras.optimizers.adam", "keras.optimizers.Adam"),
    ],
)
def test_moved(path: str, new: str | None) -> None:
    assert moved("keras3", path) == new


@pytest.mark.parametrize(("name", "now"), FUNCTIONS.items())
def test_a_backend_function_takes_today_what_it_took(name: str, now: Now) -> None:
    """By place and by name; a default that differs is written out by the fix."""
    before, after = K2.parameters(f"keras.backend.{name}"), K3.parameters(now.path)
    if before is None or after is None:
        pytest.skip("not in the data of both")
    assert len(after) >= now.places
    known = {each.name: each for each in after}
    for index, old in enumerate(before):
        new = after[index] if index < now.places else known.get(old.name) if old.name in KEYWORDS else None
        if new is None:
            continue
        written = old.name == now.needs or index <= now.at and new.name == now.needs
        assert written or old.required or old.default == new.default, (old, new)
