"""Old programs, as they were written for Keras 1, Keras 2.2 and tf.keras 2: each fails in Keras 3, and runs once mended.

A program that says `# needs --unsafe-fixes` in its first line is mended with them, all others by the safe fixes alone.
"""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from lstm_lint.cli import main

HERE = Path(__file__).parent
PROGRAMS = sorted((HERE / "migration").glob("*.py"))
UNSAFE = "# needs --unsafe-fixes"


def migrate(path: Path, folder: Path) -> str:
    """The text after the fixes of the group."""
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    more = ["--unsafe-fixes"] if path.read_text(encoding="utf-8").startswith(UNSAFE) else []
    main(["check", "--target", "keras3", "--select", "migration", "--fix", *more, str(copy)])
    return copy.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_what_fails_is_found_and_mended(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--target", "keras3", "--select", "migration", str(path)]) == 1
    fixed = tmp_path / path.name
    fixed.write_text(migrate(path, tmp_path), encoding="utf-8")
    capsys.readouterr()
    main(["check", "--target", "keras3", "--output-format", "json", str(fixed)])
    found = json.loads(capsys.readouterr().out)
    assert [(each["location"]["row"], each["name"]) for each in found if each["severity"] == "error"] == []


def test_there_are_enough_of_each_age() -> None:
    ages = [path.stem.partition("_")[0] for path in PROGRAMS]
    assert len(ages) >= 25
    assert all(ages.count(age) >= 5 for age in ("keras1", "keras22", "tf2"))


@pytest.mark.keras
@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_keras_refuses_the_old_and_runs_the_new(path: Path) -> None:
    before, after = answers()[path]
    assert before is not None, "it runs in Keras 3 as it is"
    assert after is None, after


@cache
def answers() -> dict[Path, tuple[object, object]]:
    """What real Keras 3 says to each program before and after: one child for all."""
    from tempfile import TemporaryDirectory

    python = os.environ.get("LSTM_LINT_KERAS3", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    with TemporaryDirectory() as folder:
        texts = [text for path in PROGRAMS for text in (path.read_text("utf-8"), migrate(path, Path(folder)))]
    child = [python, str(HERE / "run_migration.py")]
    done = subprocess.run(child, input=json.dumps(texts), check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    return {path: (told[2 * index], told[2 * index + 1]) for index, path in enumerate(PROGRAMS)}
