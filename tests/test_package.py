"""What users install: the wheel with its cards, and the pre-commit hook."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from lstm_lint import cards

ROOT = Path(__file__).parents[1]
WRONG = """\
from tensorflow.keras.layers import LSTM, Input
from tensorflow.keras.models import Sequential

model = Sequential([Input(shape=(10, 6)), LSTM(16), LSTM(8)])
"""


def run(*command: str | Path, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_", "VIRTUAL_ENV"))
    }
    return subprocess.run(
        list(map(str, command)), check=False, cwd=cwd, env=clean | more, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment that holds the wheel and nothing of the checkout."""
    work = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", work, ROOT)
    assert built.returncode == 0, built.stderr
    venv.create(work / "env", with_pip=True)
    wheel = next(work.glob("lstm_lint-*.whl"))
    done = run(work / "env" / "bin" / "python", "-m", "pip", "install", wheel)
    assert done.returncode == 0, done.stderr
    return work / "env" / "bin" / "lstm-lint"


def test_wheel_explains_every_rule(installed: Path, tmp_path: Path) -> None:
    assert len(cards.cards()) > 15
    for card in cards.cards():
        said = run(installed, "explain", card.name, cwd=tmp_path)
        assert said.returncode == 0, said.stderr
        assert card.code in said.stdout and "## Why" in said.stdout


def test_wheel_checks_without_tensorflow(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(WRONG)
    said = run(installed, "check", "--output-format", "concise", "model.py", cwd=tmp_path)
    assert said.returncode == 1, said.stderr
    assert "model.py:4:" in said.stdout and "missing-return-sequences" in said.stdout
    assert run(installed, "--version", cwd=tmp_path).stdout.startswith("lstm-lint ")


def test_hook_stops_a_wrong_file(tmp_path: Path) -> None:
    """The real pre-commit, over a repository of its own, with this project as the hook's."""
    for command in (["init", "-q"], ["config", "user.email", "a@b.c"], ["config", "user.name", "a"]):
        assert run("git", *command, cwd=tmp_path).returncode == 0
    (tmp_path / "model.py").write_text(WRONG)
    (tmp_path / "right.py").write_text(WRONG.replace("LSTM(16)", "LSTM(16, return_sequences=True)"))
    assert run("git", "add", ".", cwd=tmp_path).returncode == 0
    said = run(sys.executable, "-m", "pre_commit", "try-repo", ROOT, "lstm-lint", "--all-files", cwd=tmp_path)
    assert said.returncode == 1, said.stdout + said.stderr
    assert "missing-return-sequences" in said.stdout and "right.py" not in said.stdout
