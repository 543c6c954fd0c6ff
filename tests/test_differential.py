"""Random models: what we infer is what Keras does (the long run: `python tools/differential.py --help`)."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import pytest
from differential.drawing import drawn
from differential.judge import Child, Difference, compare, ours
from differential.kinds import CELLS, KINDS, MERGES, TEXTUAL
from differential.programs import Made, Model, Step

from lstm_lint.findings import Target

TARGETS: tuple[Target, ...] = ("keras2", "keras3")
MODELS = 300
FIRST = 1_000_000


JOINED = {
    "Concatenate()([x, layers.UpSampling1D(2)(x)])": "merge",
    "Concatenate()([layers.Conv1D(4, 3)(x), layers.Conv1D(4, 5)(x)])": "merge",
    "Concatenate()([x[:, 1:], x])": "merge",
    "Dot(1)([x, layers.ZeroPadding1D(1)(x)])": "dot-axes",
    "Reshape((-1, 2))(layers.ZeroPadding1D((0, 1))(layers.Reshape((-1, 1))(x)))": "reshape",
    "Concatenate()([x, layers.UpSampling1D(2)(layers.MaxPooling1D(2)(x))])": "",
    "Concatenate()([x[:, 5:], x[:, 6:]])": "",
    "Add()([x, layers.Conv1D(4, 3)(x)])": "",
}
"""What is told of a tensor with open time steps: sizes that no data make equal clash, those that some data do are left."""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("call", JOINED)
def test_sizes_of_data(call: str, target: Target) -> None:
    text = f"import keras\nfrom keras import layers\n\nx = keras.Input((None, 4))\ny = layers.{call}\n"
    assert ours(text, target).clash.split(" ")[0] == JOINED[call]


ONCE_MORE = {
    ("Conv1D(4, 1)", (8, 2), (8, 4)): True,
    ("Conv1D(3, 1)", (8, 2), (8, 4)): False,
    ("Conv1D(4, 1)", (8, 4), (8, 2)): False,
    ("Conv1D(8, 1, groups=2)", (8, 4), (8, 2)): True,
    ("Conv1DTranspose(4, 1)", (8, 2), (8, 4)): False,
    ("Conv3DTranspose(4, 1)", (8, 8, 8, 2), (8, 8, 8, 3)): True,
    ("ConvLSTM1D(4, 1)", (3, 8, 2), (3, 9, 2)): True,
    ("ConvLSTM1D(4, 1)", (3, 8, 2), (3, 8, 4)): True,
    ("ConvLSTM1D(4, 1)", (3, 8, 2), (3, 8, 3)): False,
    ("BatchNormalization()", (8, 1), (8, 3)): True,
    ("BatchNormalization()", (8, 3), (8, 1)): False,
    ("BatchNormalization()", (8, 8, 1), (8, 8, 3)): False,
    ("BatchNormalization()", (8, 4), (8, 4, 4)): True,
    ("GlobalMaxPooling1D()", (8, 4), (4,)): True,
    ("UpSampling2D()", (8, 8, 4), (8, 8, 8, 4)): False,
    ("Conv1D(3, 1)", (8, 4), (4,)): False,
    ("PReLU()", (8, 4), (4,)): True,
    ("PReLU()", (8, 4), (5,)): False,
}
"""A layer called on one input, then on another, in Keras 2: is it only a run that refuses?"""


@pytest.mark.parametrize("case", ONCE_MORE, ids=[" ".join(map(str, each)) for each in ONCE_MORE])
def test_what_keras_2_asks_again(case: tuple[str, tuple[int, ...], tuple[int, ...]]) -> None:
    layer, first, second = case
    text = f"import keras\nfrom keras import layers\n\nl = layers.{layer}\nl(keras.Input({first}))\nl(keras.Input({second}))\n"
    assert ours(text, "keras2").late == {6: ONCE_MORE[case]}


PUT_OFF = """import keras
from keras import layers

model = keras.Sequential([keras.Input((8, 4))])
model.add(layers.Lambda(lambda x: x[:, :, :, 1]))
model.add(layers.GRU())
"""


@pytest.mark.parametrize(("target", "late"), [("keras2", {5: False, 6: False}), ("keras3", {5: True, 6: False})])
def test_what_a_sequential_puts_off(target: Target, late: dict[int, bool]) -> None:
    assert ours(PUT_OFF, target).late == late


POOLED = "layers.MaxPooling1D(2)(x)"
TOGETHER = {
    f"layers.Concatenate()([{POOLED}, layers.MaxPooling1D(2)({POOLED})])": "merge",
    "[layers.Reshape((8, 2))(layers.UpSampling1D(2)(x)), layers.Conv1D(4, 5)(x)]": "reshape",
    f"layers.Concatenate()([x[:, ::2], layers.MaxPooling1D(2)({POOLED})])": "merge",
    "[layers.Reshape((8, 2))(layers.UpSampling1D(2)(x)), layers.Conv1D(4, 2)(x)]": "",
    f"layers.Dot(1)([layers.UpSampling1D(2)({POOLED}), layers.Conv1D(4, 2)(x)])": "",
    f"layers.Dot(1)([layers.UpSampling1D(2)({POOLED}), layers.Conv1D(4, 2)(layers.UpSampling1D(2)(x))])": "dot-axes",
    "layers.Concatenate()([layers.Concatenate(axis=0)([x, x]), x])": "merge",
    "layers.Add()([layers.Concatenate(axis=0)([x, x]), x])": "",
}
"""What no size lets through, though each layer for itself takes some."""


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("outputs", TOGETHER)
def test_sizes_of_data_together(outputs: str, target: Target) -> None:
    text = f"import keras\nfrom keras import layers\n\nx = keras.Input((None, 4))\nmodel = keras.Model(x, {outputs})\n"
    assert ours(text, target).clash.split(" ")[0] == TOGETHER[outputs]


STEPS = "layers.RNN([layers.GRUCell(4), layers.{}Cell(3)])(x, initial_state={})"
WIRED = {
    "layers.RNN(layers.LSTMCell(4))(x, initial_state=[s])": ("state-count", "state-count"),
    STEPS.format("LSTM", "[s, [u, u]]"): ("", ""),
    STEPS.format("LSTM", "[s, u]"): ("state-count", "state-count"),
    STEPS.format("GRU", "[s]"): ("state-count", ""),
    "layers.GRU(4)(x, initial_state=[x])": ("state-rank", "state-rank"),
    "layers.SimpleRNN(4)(x, initial_state=[x])": ("state-rank", ""),
    "layers.Bidirectional(layers.LSTM(4))(x, initial_state=[s] * 5)": ("state-count", "state-count"),
    "layers.RNN([])(x)": ("", "argument-value"),
    "layers.Concatenate()([layers.LSTM(4, return_state=True)(x), x])": ("several-in-a-list", "several-in-a-list"),
    "layers.Add()([[x, x], x])": ("several-in-a-list", "several-in-a-list"),
    "keras.Model(n, layers.Attention()([keras.Model(t, layers.Masking()(t))(n)] * 2))": ("", ""),
    "layers.TimeDistributed(layers.Add())([x, x])": ("", "several-inputs"),
    "layers.TimeDistributed(layers.UpSampling3D(2))(keras.Input((3, 4, 5, 6, 8, 4)))": ("", ""),
}
"""Layers in layers, and states; the clash in each generation."""


@pytest.mark.parametrize("call", WIRED)
def test_wirings(call: str) -> None:
    made = "x, s, u = keras.Input((8, 4)), keras.Input((4,)), keras.Input((3,))\nt, n = keras.Input((None, 4)), keras.Input((None, 4))"
    text = f"import keras\nfrom keras import layers\n\n{made}\ny = {call}\n"
    assert tuple(ours(text, target).clash.split(" ")[0] for target in TARGETS) == WIRED[call]


@contextmanager
def keras(target: Target) -> Iterator[Child]:
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    package = "keras"
    if python == sys.executable:
        package = "tf_keras" if target == "keras2" else "keras"
        if find_spec("tensorflow") is None or find_spec(package) is None:
            pytest.skip(f"no {package} here")
    child = Child(python, package)
    try:
        child.start()
        assert child.version.startswith(target[-1] + ".")
        yield child
    finally:
        child.stop()


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
def test_random_models(target: Target) -> None:
    found: dict[int, Difference] = {}
    refused = 0
    with keras(target) as child:
        for seed in range(FIRST, FIRST + MODELS):
            difference, taken = compare(drawn(target, seed), target, child)
            refused += taken is False
            if difference is not None:
                found[seed] = difference
    assert not found, [f"seed {seed}: {each}" for seed, each in found.items()]
    assert MODELS // 5 < refused < MODELS // 2, "about a third is meant to be wrong"


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
def test_differences_are_seen(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself can fail: a judge that answers for another model is caught each time."""
    dense = Model("functional", ("(5, 3)",), (Step(Made("Dense", (("", "4"),)), (0,)),))
    wider = Model("functional", ("(5, 3)",), (Step(Made("Dense", (("", "6"),)), (0,)),))
    broken = Model("functional", ("(5, 3)",), (Step(Made("Dense", (("", "-1"),)), (0,)),))
    biased = Model("functional", ("(5, 3)",), (Step(Made("Dense", (("", "4"), ("use_bias", "False"))), (0,)),))
    others = {"shape": wider, "false alarm": broken, "params": biased}
    wanted = {kind: ours(other.text(), target) for kind, other in others.items()}
    right = ours(dense.text(), target)
    with keras(target) as child:
        assert compare(dense, target, child) == (None, True)
        assert compare(broken, target, child) == (None, False)
        for kind, mine in wanted.items():
            monkeypatch.setattr("differential.judge.ours", lambda *_, mine=mine: mine)
            difference, _ = compare(dense, target, child)
            assert difference is not None
            assert difference.kind == kind
        monkeypatch.setattr("differential.judge.ours", lambda *_: right)
        difference, _ = compare(broken, target, child)
        assert difference is not None
        assert difference.kind == "miss"


@pytest.mark.parametrize("target", TARGETS)
def test_models_are_various_and_repeatable(target: Target) -> None:
    models = [drawn(target, seed) for seed in range(3000)]
    assert models[:50] == [drawn(target, seed) for seed in range(50)]
    assert len(set(models)) > 2900
    layers = set().union(*(model.layers() for model in models))
    known = {name for name, kind in {**KINDS, **CELLS, **TEXTUAL}.items() if kind.only in ("", target)}
    assert (
        known | {*MERGES, "Dot", "Bidirectional", "TimeDistributed", "RNN", "StackedRNNCells", "Model", "Sequential"}
        <= layers
    )


def test_inference_is_total() -> None:
    """No model, however wrong, makes the inference itself fail."""
    clashes = [bool(ours(drawn(target, seed).text(), target).clash) for target in TARGETS for seed in range(100)]
    assert any(clashes)
    assert not all(clashes)


def test_smaller_models_are_smaller() -> None:
    for seed in range(30):
        model = drawn("keras3", seed)
        for less in model.smaller():
            compile(less.text(), "<model>", "exec")
            assert less != model
