"""What the library says of layers is what Keras said: the table `layers.csv`, question by question.

A row asks what a layer gives for its inputs. The answers of both generations were written by `tools/ask_layers.py`;
here they are held against ours: the same shapes and weights, an error only where Keras raises, in its words.
"""

import ast
import csv
import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from lstm_lint import interp
from lstm_lint.findings import Target
from lstm_lint.library import load
from lstm_lint.source.tree import parse
from lstm_lint.values.library import Clash
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tensor, Thing, Tuple, Value, show_shape

TABLE = Path(__file__).with_name("layers.csv")
ASK = Path(__file__).parents[1] / "tools" / "ask_layers.py"
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
RAISED = re.compile(r"(\w+): (.*)", re.DOTALL)
CUT = 200
MISSED = {"keras2": 220, "keras3": 115}
"""So many of the errors in the table we do not see, at most: what is found shall not get lost."""

HEAD = {
    "keras2": "import numpy as np\nimport tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras.layers import *\n",
    "keras3": "import numpy as np\nimport tensorflow as tf\nimport keras\nfrom keras.layers import *\n",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What Keras says and what we say: shapes and weights as text, or what was raised."""

    question: str
    shape: str
    weights: str
    run: str
    ours: str
    held: str | None
    clash: Clash | None

    @property
    def raised(self) -> "re.Match[str] | None":
        return RAISED.match(self.shape)

    @property
    def raised_later(self) -> "re.Match[str] | None":
        return RAISED.match(self.run)


def program(row: dict[str, str], target: Target) -> str:
    lines = [HEAD[target]]
    if row["inputs"]:
        body = ast.parse(f"({row['inputs']},)", mode="eval").body
        assert isinstance(body, ast.Tuple)
        lines += [f"{name} = {ast.unparse(each)}" for name, each in zip("abcdef", body.elts, strict=False)]
    lines.append(f"layer = {row['layer']}")
    if row["inputs"]:
        lines += [f"output = {row['call'] or 'layer(a)'}", "held = layer.weights"]
    return "\n".join(lines) + "\n"


def told(value: Value | None) -> str:
    """A value as `ask_layers` writes it; `?` for what is not known."""
    match value:
        case Tensor(shape=shape):
            return "?" if isinstance(shape, Unknown) else show_shape(shape)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return f"[{', '.join(map(told, items))}]"
    return "?"


def answer(row: dict[str, str], target: Target) -> Answer:
    trace = interp.run(parse(Path("layer.py"), program(row, target).encode()), load(target))
    values = {binding.name: binding.value for binding in trace.bindings}
    clashes = [each for each in trace.clashes() if row["inputs"] or not each.late]  # without inputs nothing runs
    held = values.get("held")
    listed = held.get("items") if isinstance(held, Thing) else None
    return Answer(
        " | ".join((row["layer"], row["inputs"], row["call"])),
        *(row[f"{target} {part}"].replace("True", "1") for part in ("shape", "weights", "run")),
        told(values.get("output")),
        " ".join(map(told, listed)) if isinstance(listed, tuple) else None,
        clashes[0].clash if clashes else None,
    )


@cache
def answers(target: Target) -> tuple[Answer, ...]:
    with TABLE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(answer(row, target) for row in rows)


def fits(ours: str, real: str) -> bool:
    """Is it the same shape, as far as we know it?"""
    pattern = re.escape(ours).replace(r"\?", r"(?:\(.*?\)|\w+|\[.*\])")
    return ours == "?" or re.fullmatch(pattern, real) is not None


def ran(answer: Answer) -> str:
    """What running gave, with the batch and the open axes as the symbolic answer has them."""
    return answer.run.replace("(2,", "(None,")


@pytest.mark.parametrize("target", TARGETS)
def test_no_false_alarm(target: Target) -> None:
    wrong = [a.question for a in answers(target) if a.clash and not a.raised and not a.raised_later]
    assert wrong == []


@pytest.mark.parametrize("target", TARGETS)
def test_shapes(target: Target) -> None:
    judged = [a for a in answers(target) if not a.clash and not a.raised and a.ours != "?" and a.shape != "NoneType"]
    wrong = [(a.question, a.ours, a.shape) for a in judged if not fits(a.ours, a.shape) and not fits(a.ours, ran(a))]
    assert wrong == []
    assert len(judged) > 900


@pytest.mark.parametrize("target", TARGETS)
def test_weights(target: Target) -> None:
    judged = [a for a in answers(target) if not a.clash and not a.raised and a.held is not None]
    wrong = [(a.question, a.held, a.weights) for a in judged if not fits(a.held or "", a.weights)]
    assert wrong == []
    assert len(judged) > 900


@pytest.mark.parametrize("target", TARGETS)
def test_words(target: Target) -> None:
    """A clash names the exception and words of its message; Keras 3 hides what the body of a Lambda raises."""
    wrong = []
    for each in answers(target):
        real = each.raised or each.raised_later
        if each.clash is None or real is None or each.question.startswith("Lambda("):
            continue
        lost = [word for word in each.clash.words if word not in real[2]]
        if real[1] not in each.clash.raises or lost and len(real[2]) < CUT:
            wrong.append((each.question, each.clash.raises, each.clash.words, each.shape))
    assert wrong == []


@pytest.mark.parametrize("target", TARGETS)
def test_errors_are_found(target: Target) -> None:
    refused = [a for a in answers(target) if a.raised]
    missed = [a.question for a in refused if a.clash is None]
    assert len(missed) <= MISSED[target], missed
    assert len(refused) > 900


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("every", [pytest.param(40, id="some"), pytest.param(1, id="all", marks=pytest.mark.slow)])
def test_the_table_is_what_keras_says(target: Target, every: int) -> None:
    """In the interpreter that LSTM_LINT_KERAS2 or LSTM_LINT_KERAS3 names."""
    python = os.environ.get(f"LSTM_LINT_{target.upper()}")
    if not python:
        pytest.skip(f"LSTM_LINT_{target.upper()} names no interpreter")
    command = [python, str(ASK), "--check", "--every", str(every)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == ""
