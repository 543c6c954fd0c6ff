"""What becomes of a verdict: kept for the next run, shared among children, a silent effect, a fix that must run."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from traces import HERE, Builder, tensor

from lstm_lint import cli
from lstm_lint import confirm as whole
from lstm_lint.claims import Claim
from lstm_lint.cli import main
from lstm_lint.confirm import Item, Means, asking, cache, confirm, interpreters, pool
from lstm_lint.confirm.recipe import Step
from lstm_lint.confirm.sizes import Unfit
from lstm_lint.confirm.slices import survey
from lstm_lint.confirm.verdicts import Expected, verdict
from lstm_lint.confirm.witness import Mended, Witness, of_claim, of_mended
from lstm_lint.findings import Confirmation, Target
from lstm_lint.values.library import Clash

FAKE = Path(__file__).with_name("witnesses") / "fake_child.py"
JUDGE = pool.Judge("Keras 3.0.0", "none 1.0", "cpu", "keras")
CHOSEN = interpreters.Interpreter("py", {"keras3": "keras"}, ("keras 3.0.0",))
SAID = pool.Answer(1, ("ValueError",), "expected ndim=3", warned=((("UserWarning", "Warning"), "old"),))


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The recipes that reach a child, child by child."""
    monkeypatch.setattr(cache, "directory", lambda: tmp_path)
    seen: list[list[str]] = []

    def judged(way: pool.Way, target: Target, recipes: Sequence[str], limits: pool.Limits) -> object:
        seen.append(list(recipes))
        for recipe in recipes:
            yield JUDGE, pool.Answer(fault="died") if recipe == "bad" else SAID

    monkeypatch.setattr(pool, "judged", judged)
    return seen


def test_a_verdict_is_asked_for_once(asked: list[list[str]]) -> None:
    means = Means(cached=True)
    first = asking.answered(CHOSEN, "keras3", means, ["a", "bad"])
    again = asking.answered(CHOSEN, "keras3", means, ["a", "bad", "b"])
    assert [each for each in asked if each] == [["a", "bad"], ["bad", "b"]]  # a fault is no verdict
    assert again["a"] == first["a"] == (JUDGE, SAID)


@pytest.mark.parametrize(
    "other",
    [
        (interpreters.Interpreter("py", CHOSEN.homes, ("keras 3.1.0",)), Means(cached=True)),
        (interpreters.Interpreter("other", CHOSEN.homes, CHOSEN.versions), Means(cached=True)),
        (CHOSEN, Means(cached=True, device="gpu")),
        (CHOSEN, Means(cached=True, backend="jax")),
        (CHOSEN, Means(cached=False)),
    ],
)
def test_another_way_of_asking_asks_anew(asked: list[list[str]], other: tuple[interpreters.Interpreter, Means]) -> None:
    asking.answered(CHOSEN, "keras3", Means(cached=True), ["a"])
    asking.answered(other[0], "keras3", other[1], ["a"])
    assert asked == [["a"], ["a"]]


def test_a_broken_cache_is_none(asked: list[list[str]], tmp_path: Path) -> None:
    asking.answered(CHOSEN, "keras3", Means(cached=True), ["a"])
    (path,) = tmp_path.iterdir()
    for text in ("nonsense\n", '{"recipe": 1}\n', "[]\n", "\x00"):
        path.write_text(text)
        assert asking.answered(CHOSEN, "keras3", Means(cached=True), ["a"])["a"] == (JUDGE, SAID)
    assert asked == [["a"]] * 5


def test_several_children_share_the_programs(asked: list[list[str]]) -> None:
    told: list[tuple[int, int]] = []
    recipes = [str(number) for number in range(100)]
    found = asking.answered(CHOSEN, "keras3", Means(jobs=3, progress=lambda *count: told.append(count)), recipes)
    assert set(found) == set(recipes) and sorted(map(len, asked)) == [33, 33, 34]
    assert told[-1] == (100, 100) and [done for done, _ in told] == list(range(1, 101))


def test_few_programs_are_not_worth_another_child(asked: list[list[str]]) -> None:
    asking.answered(CHOSEN, "keras3", Means(jobs=8), ["a", "b"])
    assert asked == [["a", "b"]]


# Silent effects.


def surplus() -> tuple[Builder, Clash]:
    """A GRU with two states where it has one."""
    build = Builder()
    inputs, state = (build.call("keras.Input", result=tensor(None, *shape), shape=shape) for shape in ((5, 3), (8,)))
    layer = build.call("keras.layers.GRU", 8)
    build.apply(layer, inputs, result=tensor(None, 8), initial_state=[state, state])
    return build, Clash("silent-state-count", (), (), {"states": [state, state], "expected": 1, "layer": layer})


def test_a_silent_claim_is_judged_by_its_effect() -> None:
    build, clash = surplus()
    ((witness,),) = of_claim(survey(build.trace), build.last, clash)
    assert [step.asserts for step in witness.steps][-1] and "allclose" in witness.steps[-1].text()
    silent = Expected()
    last = len(witness.steps) - 1

    def status(answer: pool.Answer) -> str:
        return verdict(silent, witness, answer).status

    assert status(pool.Answer()) == "confirmed"
    assert status(pool.Answer(last, ("Mismatch",), "Keras says False")) == "refuted"
    assert status(pool.Answer(witness.aim, ("ValueError",), "no")) == "unconfirmed"
    assert status(pool.Answer(0, ("ValueError",), "no")) == "unconfirmed"


def test_an_effect_that_nobody_measures_stays_unconfirmed() -> None:
    build, _ = surplus()
    ((witness,),) = of_claim(survey(build.trace), build.last, Clash("something-else", (), (), {}))
    assert verdict(Expected(), witness, pool.Answer()).status == "unconfirmed"


def test_a_warning_may_be_the_effect() -> None:
    witness = Witness((Step(1),), 0, skipped=False, warns="decay")
    warned = pool.Answer(warned=((("UserWarning",), "Argument `decay` will be ignored"),))
    assert verdict(Expected(), witness, warned).status == "confirmed"
    assert verdict(Expected(), witness, pool.Answer()).status == "unconfirmed"


def test_speed_is_measured_on_a_gpu_and_nowhere_else(tmp_path: Path) -> None:
    build = Builder()
    build.call("keras.layers.LSTM", 8, activation="relu")
    said = Claim(
        "rule", HERE, "slow", operation=build.last, clash=Clash("slower", (), (), {"usual": {"activation": "tanh"}})
    )
    told = {}
    for device in ("cpu", "gpu"):
        script = tmp_path / device
        script.write_text(f'#!/bin/sh\nFAKE={device} exec "{sys.executable}" "{FAKE}" "$@"\n')
        script.chmod(0o755)
        (told[device],) = confirm([Item(said, "keras3", build.trace)], Means(python=str(script)))
    assert told["cpu"].detail == "no GPU here: its speed is not measured"
    assert told["gpu"].device == "gpu" and told["gpu"].status == "confirmed"
    assert told["gpu"].detail == "a call takes 400 ms, with the fused kernel 100 ms: ratio of medians 4.00"
    assert 'fused = keras.layers.LSTM(8, activation="tanh")\n' in told["gpu"].witness
    assert told["gpu"].witness.endswith("print(slow_seconds / fused_seconds)\n")


@pytest.mark.parametrize(("slow", "status"), [(1.3, "confirmed"), (1.1, "unconfirmed")])
def test_a_layer_is_slow_from_a_fifth_on(slow: float, status: str) -> None:
    answer = pool.Answer(ends=((0.0, slow, 2 * slow), (0.0, 1.0, 2.0)))
    assert verdict(Expected(), Witness((Step(1),), 0, skipped=False), answer).status == status


# Fixes.


def test_what_a_fix_makes_must_run() -> None:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 5, 3), shape=(5, 3))
    build.apply(build.call("keras.layers.LSTM", 8), inputs, result=tensor(None, 8))
    ((witness,),) = of_mended(survey(build.trace), Mended(build.last))
    wanted = Expected(healthy=True, runs=True)
    assert verdict(wanted, witness, pool.Answer()).status == "confirmed"
    assert verdict(wanted, witness, pool.Answer(witness.aim, ("ValueError",), "no")).status == "refuted"
    assert verdict(wanted, witness, pool.Answer(0, ("ValueError",), "no")).status == "unconfirmed"


def test_a_fix_in_a_notebook_must_run_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = ["x = keras.Input((5, 3))\n", "y = layers.LSTM(4)(x)\n", "z = layers.LSTM(4)(y)\n"]
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for text in (["import keras\n", "from keras import layers\n"], source)
    ]
    book = tmp_path / "book.ipynb"
    book.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    witnesses: dict[str, str] = {}

    ask = whole.confirm

    def confirmed(items: Sequence[Item], means: Means) -> list[Confirmation]:
        told = ask(items, means)
        witnesses.update((item.title.partition(":")[0], said.witness) for item, said in zip(items, told, strict=True))
        return told

    monkeypatch.setattr("lstm_lint.confirm.confirm", confirmed)
    assert main(["check", "--confirm", "--target", "keras3", "--python", "/nowhere", str(book)]) == 1
    assert list(witnesses) == ["missing-return-sequences, book.ipynb, cell 2", "missing-return-sequences, mended"]
    assert "LSTM(4, return_sequences=True)" in witnesses["missing-return-sequences, mended"]


def test_the_progress_is_gone_in_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    for done in (1, 2):
        cli._progress(done, 2)
    assert capsys.readouterr().err == "\r\x1b[Kconfirm: 1 of 2\r\x1b[K"


def test_a_fix_is_not_judged_by_another_mistake() -> None:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 5, 3), shape=(5, 3))
    build.apply(build.call("keras.layers.LSTM", 8), inputs, result=tensor(None, 8))
    build.clash("ValueError")
    with pytest.raises(Unfit):
        of_mended(survey(build.trace), Mended(build.last))
