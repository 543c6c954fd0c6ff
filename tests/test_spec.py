"""Literate programs, tests/spec/*.md: one text, two judges.

`# shape: (None, 10, 64)` behind an assignment is the shape that each of its names then has (several: in order);
`# error: <rule>` marks a line that the rule speaks of (`# error[keras3]:` in one generation only), `# todo-error:` one
that it will speak of one day. A fence `python keras3` holds in that generation alone. Real Keras runs the same text:
the shapes must be its shapes, and a program with errors must raise where one stands or below, one without must not.
"""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from lstm_lint import interp
from lstm_lint.cards import cards
from lstm_lint.checks import judge
from lstm_lint.findings import Severity, Target
from lstm_lint.library import load
from lstm_lint.source.places import spans
from lstm_lint.source.tree import parse
from lstm_lint.trace import shown
from lstm_lint.values.value import Tensor

HERE = Path(__file__).parent
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
FENCE = re.compile(r"^```python([ \w]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHAPE = re.compile(r"# shape(?:\[(\w+)\])?: (.+?)\s*$")
ERROR = re.compile(r"# error(?:\[(\w+)\])?: ([\w-]+)")
TODO = re.compile(r"# todo-error(?:\[(\w+)\])?: ([\w-]+)")


@dataclass(frozen=True)
class Program:
    name: str
    targets: tuple[Target, ...]
    text: str

    def marked(self, pattern: re.Pattern[str], target: Target) -> dict[int, str]:
        """What comments of a kind say in this generation, by row."""
        lines = enumerate(self.text.split("\n"), 1)
        found = ((row, pattern.search(line)) for row, line in lines)
        return {row: match[2] for row, match in found if match and match[1] in (None, target)}

    def shapes(self, target: Target) -> dict[int, list[Any]]:
        """The shapes that an assignment's names have, by row."""
        return {row: _shapes(text) for row, text in self.marked(SHAPE, target).items()}


def _shapes(text: str) -> list[Any]:
    """`(None, 3)` is one shape, `(3,), (4,)` are two."""
    value = ast.literal_eval(text)
    several = value if any(isinstance(each, tuple) for each in value) else (value,)
    return [list(each) for each in several]


def programs() -> Iterator[Program]:
    for path in sorted((HERE / "spec").glob("*.md")):
        for number, (words, text) in enumerate(FENCE.findall(path.read_text(encoding="utf-8")), 1):
            wanted = tuple(target for target in TARGETS if target in words.split())
            yield Program(f"{path.stem}-{number}", wanted or TARGETS, text)


PROGRAMS = list(programs())
CASES = [pytest.param(p, target, id=f"{p.name}-{target}") for p in PROGRAMS for target in p.targets]


def bound(program: Program, target: Target) -> tuple[dict[int, list[Any]], set[tuple[int, str]]]:
    """Ours: the shapes bound on each row, in order, and what is said on which."""
    source = parse(Path("spec.py"), program.text.encode())
    trace = interp.run(source, load(target))
    claims = judge(trace, target)
    where = spans(source, [*(b.place.node for b in trace.bindings), *(claim.place.node for claim in claims)])
    shapes: dict[int, list[Any]] = {}
    for binding in trace.bindings:
        if isinstance(binding.value, Tensor):
            shapes.setdefault(where[binding.place.node].row, []).append(shown(binding.value.shape))
    info = {each.name for each in cards() if each.severities.get(target) == Severity.INFO}
    return shapes, {(where[claim.place.node].row, claim.rule) for claim in claims if claim.rule not in info}


@pytest.mark.parametrize(("program", "target"), CASES)
def test_linter(program: Program, target: Target) -> None:
    shapes, said = bound(program, target)
    assert {row: shapes.get(row) for row in program.shapes(target)} == program.shapes(target)
    assert said == set(program.marked(ERROR, target).items())
    todo = program.marked(TODO, target)
    assert not {row for row, _ in said} & todo.keys(), "a todo-error works now: make it an error"


@pytest.mark.keras
@pytest.mark.parametrize(("program", "target"), CASES)
def test_keras(program: Program, target: Target) -> None:
    answer = ran(target)[program.text]
    shapes = {int(row): found for row, found in answer["shapes"].items()}
    for row, wanted in program.shapes(target).items():
        assert shapes.get(row) == wanted, f"line {row}: {answer['raised']}"
    raised = sorted(int(row) for row in answer["raised"])
    wrong = sorted({*program.marked(ERROR, target), *program.marked(TODO, target)})
    assert bool(raised) == bool(wrong), answer["raised"]
    if wrong:
        last = max(int(entry[2]) for entry in answer["raised"].values())
        assert wrong[0] <= last, answer["raised"]


@cache
def ran(target: Target) -> dict[str, Any]:
    """What real Keras makes of all programs: one child for a generation."""
    texts = [program.text for program in PROGRAMS if target in program.targets]
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    child = [python, str(HERE / "run_spec.py"), target]
    done = subprocess.run(child, check=False, input=json.dumps(texts), capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(zip(texts, json.loads(done.stdout.splitlines()[-1]), strict=True))


def test_there_are_programs() -> None:
    assert len(PROGRAMS) >= 10
