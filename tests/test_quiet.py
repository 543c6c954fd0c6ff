"""Right programs, varied as people write them: nothing above info is said, and each really runs in both generations."""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from lstm_lint import interp
from lstm_lint.cards import card
from lstm_lint.checks import judge
from lstm_lint.findings import Severity, Target
from lstm_lint.library import load
from lstm_lint.source.places import spans
from lstm_lint.source.tree import parse

HERE = Path(__file__).parent
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
PROGRAMS = sorted((HERE / "quiet").glob("*.py"))
FEWEST = 80


def said(path: Path, target: Target) -> list[tuple[int, str, str]]:
    """What is said above info, each with its row."""
    source = parse(path, path.read_bytes())
    claims = judge(interp.run(source, load(target)), target)
    rows = spans(source, [claim.place.node for claim in claims])
    found = []
    for claim in claims:
        words = card(claim.rule)
        if words is not None and words.severities.get(target, Severity.INFO) != Severity.INFO:
            found.append((rows[claim.place.node].row, claim.rule, claim.message))
    return found


def test_there_are_many() -> None:
    assert len(PROGRAMS) >= FEWEST


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_nothing_is_said(path: Path, target: Target) -> None:
    assert said(path, target) == []


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_it_runs(path: Path, target: Target) -> None:
    assert ran(target)[path] is None


@cache
def ran(target: Target) -> dict[Path, list[str] | None]:
    """What each raised under real Keras: one child for a generation."""
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    child = [python, str(HERE / "run_programs.py"), target]
    texts = json.dumps([path.read_text(encoding="utf-8") for path in PROGRAMS])
    done = subprocess.run(child, input=texts, check=False, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip(PROGRAMS, json.loads(done.stdout.splitlines()[-1]), strict=True))
