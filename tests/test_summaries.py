"""Architectures as tutorials teach them, in both generations: `summary` shows the models that real Keras makes."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from test_quiet import said

from lstm_lint.findings import Target

HERE = Path(__file__).parent
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
PROGRAMS = sorted((HERE / "architectures").glob("*.py"))
FEWEST = 60
TABLES = (
    "bilstm_tagger",
    "char_word_tagger",
    "ctc_speech",
    "gru_autoencoder",
    "next_frame",
    "residual_stack",
    "seq2seq_repeat_vector",
    "sentiment_functional",
    "transformer_timeseries",
    "wavenet_like",
)
"""Programs whose text tables are compared too: no layer in them is called twice, no cell takes two lines in Keras 2."""


def test_there_are_many() -> None:
    assert len(PROGRAMS) >= FEWEST


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_nothing_is_said(path: Path, target: Target) -> None:
    assert said(path, target) == []


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_nothing_is_unknown(path: Path, target: Target) -> None:
    assert ours(target)[path]
    assert "?" not in json.dumps([(m["layers"], m["params"]) for m in ours(target)[path]])


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_models_are_those_of_keras(path: Path, target: Target) -> None:
    answer = ran(target)[path]
    assert "raised" not in answer, answer["raised"]
    mine, real = ours(target)[path], answer["models"]
    assert [model["name"] for model in mine] == [model["name"] for model in real]
    for shown, made in zip(mine, real, strict=True):
        assert together(shown["layers"]) == [tuple(layer.values()) for layer in made["layers"]], made["name"]
        assert shown["params"] == made["params"]


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", TABLES)
def test_tables_are_those_of_keras(name: str, target: Target) -> None:
    path = HERE / "architectures" / f"{name}.py"
    tables = summary(target, "text", path).split("\n\n")
    mine = [columns(table) for table in tables if table.startswith("Model: ")]
    assert mine == [columns(model["summary"]) for model in ran(target)[path]["models"]]


def together(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str, list[Any], int | str]]:
    """One entry for each layer, with what each of its calls gave."""
    found: dict[str, tuple[str, str, list[Any], int | str]] = {}
    for row in rows:
        name, cls, gave, params = found.get(row["name"], (row["name"], row["class"], [], 0))
        found[name] = (name, cls, [*gave, row["output_shape"]], row["params"] if not gave else params)
    return list(found.values())


def columns(table: str) -> tuple[list[tuple[str, str]], str]:
    """The shapes and parameters of a table, and its total."""
    cells = (re.split(r"[│┃]|\s{2,}", line.strip(" │┃\n")) for line in table.splitlines())
    rows = [[cell.strip() for cell in row if cell.strip()] for row in cells]
    several = [(_shape(row[1]), row[2]) for row in rows if len(row) > 2 and re.fullmatch(r"[\d,]+", row[2])]
    total = re.search(r"Total params: ([\d,]+)", table)
    return [(shape, params.replace(",", "")) for shape, params in several], total[1].replace(",", "") if total else ""


def _shape(text: str) -> str:
    """Keras 2 writes an input's shape as a list of one."""
    return text[1:-1] if text.startswith("[(") and text.count("(") == 1 else text


def summary(target: Target, form: str, *paths: Path) -> str:
    command = [sys.executable, "-m", "lstm_lint", "summary", "--target", target, "--output-format", form]
    done = subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, encoding="utf-8")
    return done.stdout


@cache
def ours(target: Target) -> dict[Path, list[dict[str, Any]]]:
    """The models of each program that it makes itself, all in one process."""
    found: dict[Path, list[dict[str, Any]]] = {path: [] for path in PROGRAMS}
    for model in json.loads(summary(target, "json", *PROGRAMS))["models"]:
        if model["kind"] != "loose" and model["function"] is None:
            found[Path(model["filename"])].append(model)
    return found


@cache
def ran(target: Target) -> dict[Path, dict[str, Any]]:
    """The models that each program made under real Keras: one child for a generation."""
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    texts = json.dumps([path.read_text(encoding="utf-8") for path in PROGRAMS])
    child = [python, str(HERE / "run_summaries.py"), target]
    done = subprocess.run(child, input=texts, check=False, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip(PROGRAMS, json.loads(done.stdout.splitlines()[-1]), strict=True))
