"""All cards and literate programs put to real Keras: nothing of what we say of them is refuted, and nearly all is confirmed.

LSTM_LINT_KERAS3 and LSTM_LINT_KERAS2 name the interpreters (else our own); LSTM_LINT_OTHERS names more, of any version of
Keras from TensorFlow 2.4 on and any backend (`PYTHON` or `PYTHON=BACKEND`, parted by spaces): see CONTRIBUTING.md.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_lint.confirm import interpreters

ROOT = Path(__file__).parents[1]
PROGRAMS = ("rules", "tests/spec", "examples")
TITLES = ("claims: ", "models: ")
LEAST = 90
"""Percent that another version must confirm."""

REFUTED_ELSEWHERE = 5
"""Claims about 2.15 or 3.15 that an older release may rightly refute: what it had not yet refused."""


def confirmed(python: str, target: str, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "tools/confirm_all.py", "--target", target, "--python", python, *more, *PROGRAMS]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.keras
@pytest.mark.parametrize("target", ["keras2", "keras3"])
def test_what_we_say_keras_says(target: str) -> None:
    python = os.environ.get("LSTM_LINT_KERAS" + target[-1], sys.executable)
    if target not in interpreters.ask(python).homes:
        pytest.skip(f"no {target} in {python}")
    done = confirmed(python, target)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


OTHERS = os.environ.get("LSTM_LINT_OTHERS", "").split()


if OTHERS:

    @pytest.mark.versions
    @pytest.mark.parametrize("other", OTHERS)
    def test_other_versions_say_nearly_the_same(other: str) -> None:
        python, _, backend = other.partition("=")
        homes = interpreters.ask(python).homes
        assert homes, f"no Keras in {python}"
        for target in homes:
            done = confirmed(python, target, "--backend", backend or "auto")
            lines = done.stdout.splitlines()
            refuted = [line for line in lines if line.startswith("refuted: ")]
            shares = [line.partition("(")[2].partition("%")[0] for line in lines if line.startswith(TITLES)]
            assert len(shares) == 2 and len(refuted) <= REFUTED_ELSEWHERE, done.stdout[-4000:] + done.stderr[-2000:]
            assert all(float(share) >= LEAST for share in shares), done.stdout[-4000:]
