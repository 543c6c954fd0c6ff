"""Training, states and weights: one table, two judges.

tests/data/training.txt holds snippets; indented under each, what both generations of real Keras answered: `fine`, or the
exception and words of its message, with `or` between what different versions of a generation answer. `(silent)` marks a
mistake that we do not see yet: the test fails once we do. `test_keras` asks real Keras again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from lstm_lint import interp
from lstm_lint.findings import Target
from lstm_lint.library import load
from lstm_lint.source.tree import parse
from lstm_lint.trace import Clashed, Trace

HERE = Path(__file__).parent
PRELUDE = (HERE / "data" / "training_prelude.py").read_text(encoding="utf-8")
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
SILENT = "(silent)"


@dataclass(frozen=True)
class Answer:
    """What may be raised; an empty name: it runs."""

    exceptions: tuple[str, ...] = ("",)
    words: tuple[str, ...] = ()
    silent: bool = False


@dataclass(frozen=True)
class Row:
    snippet: str
    answers: dict[str, Answer]


def answer(text: str) -> Answer:
    head, _, words = text.partition(": ")
    exceptions = head.removesuffix(SILENT).strip().replace("fine", "").split(" or ")
    return Answer(tuple(exceptions), tuple(words.split(" | ")) if words else (), SILENT in head)


def rows() -> Iterator[Row]:
    snippet, answers = "", {}
    for line in [*(HERE / "data" / "training.txt").read_text(encoding="utf-8").splitlines(), "end"]:
        if line.startswith("  "):
            target, _, said = line.strip().partition(" ")
            answers[target] = answer(said)
        elif line and not line.startswith("#"):
            if snippet:
                yield Row(snippet, answers)
            snippet, answers = line, {}


ROWS = list(rows())
CASES = [pytest.param(row, target, id=f"{target}-{row.snippet}") for row in ROWS for target in TARGETS]


def traced(snippet: str, target: Target) -> Trace:
    return interp.run(parse(Path("snippet.py"), f"{PRELUDE}\n{snippet}\n".encode()), load(target))


def clashes(snippet: str, target: Target) -> list[Clashed]:
    return traced(snippet, target).clashes()


STRETCHED, ALL = "silent-target-stretched", TARGETS
REMARKS: list[tuple[str, str, tuple[Target, ...]]] = [
    ("fit(chain(), x, y)", "", ALL),
    ("fit(chain(), x, data(8))", "", ALL),
    ("fit(chain(), x, data(8, 5))", STRETCHED, ALL),
    ("fit(S([steps(), L.Dense(1)]), x, data(8, 5))", "", ALL),
    ("fit(S([steps(), L.Dense(1)]), x, y)", STRETCHED, ALL),
    ("fit(S([steps(), L.Dense(1)]), x, data(8))", STRETCHED, ALL),
    ("fit(S([I((5, 3)), L.LSTM(4)]), x, data(8))", STRETCHED, ("keras2",)),
    ("L.GRU(8)(tensor(2, 5, 3), initial_state=[tensor(2, 8)] * 2)", "silent-state-count", ("keras3",)),
    ("fit(last('softmax', 1), x, y, 'binary_crossentropy')", "silent-softmax-of-one", ALL),
    ("fit(last('sigmoid', 1), x, y, 'categorical_crossentropy')", "silent-one-class", ALL),
    ("fit(last('sigmoid', 2), x, z(8, 2), 'categorical_crossentropy')", "", ALL),
    ("fit(last(), x, ints(2, (8,)), 'sparse_categorical_crossentropy')", "silent-scores-as-chances", ALL),
    ("fit(last('softmax'), x, ints(2, (8,)), 'sparse_categorical_crossentropy')", "", ALL),
    (
        "fit(last('softmax'), x, ints(2, (8,)), K.losses.SparseCategoricalCrossentropy(from_logits=True))",
        "silent-chances-as-scores",
        ("keras3",),
    ),
]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize(("snippet", "kind", "targets"), REMARKS)
def test_remarks(snippet: str, kind: str, targets: tuple[Target, ...], target: Target) -> None:
    """What runs, and surely is not meant."""
    found = [each.clash.kind for each in traced(snippet, target).remarks()]
    assert found == ([kind] if kind and target in targets else [])


@pytest.mark.parametrize(("row", "target"), CASES)
def test_linter(row: Row, target: Target) -> None:
    told, found = row.answers[target], clashes(row.snippet, target)
    if "" in told.exceptions or told.silent:  # what a run would meet, such a snippet may not come to
        assert not [each for each in found if not each.late]
        return
    assert found, f"{target} raises {told}"
    clash = found[0].clash
    assert set(told.exceptions) <= set(clash.raises)
    assert clash.words == told.words


@pytest.mark.keras
@pytest.mark.parametrize(("row", "target"), CASES)
def test_keras(row: Row, target: Target) -> None:
    told, raised = row.answers[target], asked(target)[row.snippet]
    exception, message = raised or ["", ""]
    assert exception in told.exceptions, message
    assert not exception or all(words in message for words in told.words), message


@cache
def asked(target: Target) -> dict[str, list[str] | None]:
    """What real Keras answers to all snippets: one child for a generation."""
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    child = [python, str(HERE / "run_training.py"), target]
    snippets = [row.snippet for row in ROWS]
    done = subprocess.run(child, check=False, input=json.dumps(snippets), capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip(snippets, json.loads(done.stdout.splitlines()[-1]), strict=True))


def test_there_are_rows() -> None:
    assert len(ROWS) >= 150
    assert all(row.answers.keys() == set(TARGETS) for row in ROWS)
