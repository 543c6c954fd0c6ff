"""Which Python runs the child: one that the user named or stands in, never one that the checked project brought along.

`--python`, else the active environment, else the project's .venv if that lies in a git repository which tracks nothing in
it (a clone brings no such thing along), else our own: the first that has Keras.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from lstm_lint.findings import Target
from lstm_lint.records import dataclass

CHILD = Path(__file__).with_name("child.py")
SECONDS = 30
KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "WINDIR", "CUDA_HOME")
MISSING = {
    "keras2": "no Keras 2 here (pip install tf-keras)",
    "keras3": "no Keras 3 here (pip install keras tensorflow)",
}


@dataclass(frozen=True)
class Interpreter:
    """`homes`: the generations that it can judge, and the module where each lives."""

    python: str
    homes: Mapping[Target, str]
    versions: tuple[str, ...] = ()


def choose(python: str | None, project: Path) -> Interpreter | None:
    """The first with Keras; of a named one only that."""
    for candidate in [python] if python else _candidates(project):
        found = ask(candidate)
        if found.homes:
            return found
    return None


def _candidates(project: Path) -> Iterator[str]:
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if os.environ.get(variable):
            yield from _python(Path(os.environ[variable]))
    environment = project / ".venv"
    if environment.is_dir() and not tracked(environment):
        yield from _python(environment)
    yield sys.executable


def _python(environment: Path) -> Iterator[str]:
    for place in ("bin/python", "Scripts/python.exe", "python.exe"):
        if (environment / place).is_file():
            yield str(environment / place)
            return


def tracked(directory: Path) -> bool:
    """Does git know files in it? Where git cannot say, it may have come along with the rest."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-c", "core.fsmonitor=false", "ls-files", "--", directory.name]
    try:
        found = subprocess.run(
            command, cwd=directory.parent, env=plain, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return found.returncode != 0 or bool(found.stdout)


def ask(python: str) -> Interpreter:
    """What the child finds there, importing nothing."""
    if os.path.dirname(python):
        python = os.path.abspath(
            python
        )  # witnesses run in a directory of their own; a link stays one: it is the environment
    command = [python, "-I", "-B", str(CHILD), "generations"]
    try:
        told = subprocess.run(
            command, env=surroundings(), capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
        )
        found = json.loads(told.stdout or b"{}")
    except (OSError, subprocess.TimeoutExpired, ValueError):
        found = {}
    if not isinstance(found, dict):
        found = {}
    homes: dict[Target, str] = {}
    for target in ("keras2", "keras3"):
        if isinstance(found.get(target), str):
            homes[target] = found[target]
    versions = found.get("versions")
    return Interpreter(python, homes, tuple(map(str, versions)) if isinstance(versions, list) else ())


def surroundings() -> dict[str, str]:
    """The environment without what could steer a Python, a loader of libraries, or Keras."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}
