"""Hostile sources: nothing of them runs, nothing of them is written, and each run ends within its limits.

The canaries: a file CANARY in the directory, in the child's, or anywhere under a home of our own; a process that stays;
an environment variable that would lead Python or Keras astray; a visitor at the port that the sources call.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_lint.confirm import interpreters, pool
from lstm_lint.confirm.recipe import Node, Step
from lstm_lint.findings import Target

HERE = Path(__file__).with_name("hostile")
SOURCES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.py") if path.parent == HERE)
COMMANDS = (["check"], ["check", "--fix", "--unsafe-fixes"], ["summary"])
LEADS = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT", "KERAS_HOME", "KERAS_BACKEND", "TF_CONFIG")
SECONDS = 60
PORT = b"127.0.0.1:9/", b'("127.0.0.1", 9)'


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    """The hostile files in a directory of their own; with it an evil environment and a home that tells on visitors."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield _project(tmp_path, str(server.getsockname()[1]).encode())
        with pytest.raises(BlockingIOError):  # nobody called
            server.accept()
    assert _processes(b"CANARY-PROCESS") == set()


def _project(tmp_path: Path, port: bytes) -> Path:
    root = tmp_path / "project"
    shutil.copytree(HERE, root)
    for source in root.rglob("*.py"):
        text = source.read_bytes()
        for said in PORT:
            text = text.replace(said, said.replace(b":9", b":" + port).replace(b", 9", b", " + port))
        source.write_bytes(text)
    for name in ("evil", "evil_path", "home", "temporary"):
        (tmp_path / name).mkdir()
    evil = "import os\nopen(os.path.join(os.path.dirname(__file__), 'CANARY'), 'w').close()\n"
    for name in ("sitecustomize", "usercustomize", "keras", "numpy", "tensorflow"):
        (tmp_path / "evil" / f"{name}.py").write_text(evil)
        if not name.endswith("customize"):
            (tmp_path / "evil_path" / f"{name}.py").write_text(evil)
    (root / "pyproject.toml").write_text('[tool.lstm-lint]\nconfirm = true\npython = "./evil"\n')
    (root / "evil").write_text("#!/bin/sh\ntouch CANARY\n")
    (root / "evil").chmod(0o755)
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(root / "evil")
    return root


def ran(project: Path, *arguments: str, python: str = "", leads: bool = False) -> "subprocess.CompletedProcess[str]":
    """The command as a user runs it in the hostile directory."""
    home = project.parent
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "CONDA_PREFIX")},
        "HOME": str(home / "home"),
        "TMPDIR": str(home / "temporary"),
        "XDG_CACHE_HOME": str(home / "home" / "cache"),
        **(dict.fromkeys(LEADS[4:], str(home / "evil")) if leads else {}),
    }
    command = [python or sys.executable, "-P", "-m", "lstm_lint", *arguments]
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parents[1]), str(home / "evil_path")])
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=SECONDS * 5, check=False
    )


def canaries(project: Path) -> list[Path]:
    return [path for path in project.parent.rglob("*") if path.name.startswith("CANARY")]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("source", SOURCES)
def test_nothing_of_it_runs(source: str, command: list[str], project: Path) -> None:
    start = time.monotonic()
    done = ran(project, *command, source)
    assert done.returncode in (0, 1, 2), done.stderr
    assert "crashed" not in done.stderr
    assert time.monotonic() - start < SECONDS
    assert canaries(project) == []


def test_the_canary_sings(project: Path) -> None:
    """What the tests watch for does come to be where such a file is run."""
    subprocess.run([sys.executable, "beside/keras.py"], cwd=project, check=True)
    assert len(canaries(project)) == 1


def test_the_projects_settings_choose_no_interpreter(project: Path) -> None:
    done = ran(project, "check", "--confirm", "beside/model.py", leads=True)
    assert done.returncode == 2 and "confirm" in done.stderr
    assert canaries(project) == []


def keras() -> tuple[str, Target]:
    """An interpreter with Keras, and the generation that it has."""
    targets: tuple[Target, ...] = ("keras3", "keras2")
    for target in targets:
        python = os.environ.get("LSTM_LINT_KERAS" + target[-1], sys.executable)
        if target in interpreters.ask(python).homes:
            return python, target
    pytest.skip("no Keras here")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_who_stops_it_leaves_nothing_behind(project: Path, stop: signal.Signals) -> None:
    """A child that hangs is gone with its directory."""
    fake = Path(__file__).with_name("witnesses") / "fake_child.py"
    (project / "pyproject.toml").unlink()
    (project / "python").write_text(f'#!/bin/sh\nHANG=1 exec "{sys.executable}" "{fake}" "$@"\n')
    (project / "python").chmod(0o755)
    command = [
        sys.executable,
        "-P",
        "-m",
        "lstm_lint",
        "check",
        "--confirm",
        "--no-cache",
        "--python",
        str(project / "python"),
    ]
    environment = {
        **os.environ,
        "TMPDIR": str(project.parent / "temporary"),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    before = signal.signal(stop, signal.SIG_DFL)  # what a background job ignores, its children ignore
    running = subprocess.Popen([*command, "--target", "keras3", "beside/model.py"], cwd=project, env=environment)
    signal.signal(stop, before)
    deadline = time.monotonic() + SECONDS
    while not list((project.parent / "temporary").glob("*/hanging")) and time.monotonic() < deadline:
        time.sleep(0.05)
    (hanging,) = (project.parent / "temporary").glob("*/hanging")
    child = hanging.read_text()
    running.send_signal(stop)
    assert running.wait(SECONDS) == {signal.SIGINT: 130, signal.SIGTERM: 143}[stop]
    assert not Path("/proc", child).exists()
    assert list((project.parent / "temporary").iterdir()) == []


@pytest.mark.keras
def test_a_recipe_that_wants_too_much_costs_itself_alone() -> None:
    """Memory beyond the bound, time beyond the limit, words without end: each child that suffers from it is real."""
    python, target = keras()
    array: Node = ["call", "numpy.random.rand", [300_000_000], []]
    slow: Node = ["call", "numpy.linspace", [["list", *range(4)], ["list", *range(4)], 10_000_000], []]
    recipes = [json.dumps([Step(node).data()]) for node in (array, ["method", slow, "tolist", [], []], 1)]
    limits = pool.Limits(recipe=2, memory=1500)
    (_, much), (_, long), (_, fine) = pool.judged(pool.Way(python, "cpu"), target, recipes, limits)
    assert "MemoryError" in much.types and "no answer within 2 seconds" in long.fault or "MemoryError" in long.types
    assert fine == pool.Answer()


@pytest.mark.keras
def test_confirmation_runs_nothing_of_it(project: Path) -> None:
    """All at once: whatever can be confirmed is, the children leave nothing behind, no limit is passed."""
    python, target = keras()
    (project / "pyproject.toml").unlink()
    before = _processes()
    done = ran(
        project, "check", "--confirm", "--python", python, "--target", target, "--witness", "w", *SOURCES, "beside/model.py",
        leads=True,
    )  # fmt: skip
    assert done.returncode == 1 and "crashed" not in done.stderr, done.stderr
    told = done.stderr.strip().splitlines()[-1]
    assert ", 0 refuted, " in told and not told.startswith("confirm: 0 confirmed"), told
    assert canaries(project) == []
    assert list((project.parent / "temporary").iterdir()) == []
    assert {path.name for path in (project.parent / "home").iterdir()} <= {"cache"}
    assert _processes() <= before


@pytest.mark.keras
def test_witnesses_hold_no_code_of_it(project: Path) -> None:
    """The programs that are kept may be pasted and run: they name known libraries and nothing else."""
    python, target = keras()
    (project / "pyproject.toml").unlink()
    ran(project, "check", "--confirm", "--python", python, "--target", target, "--witness", "w", *SOURCES)
    script = "import runpy, sys\nfor path in sys.argv[1:]:\n    try:\n        runpy.run_path(path)\n"
    script += "    except Exception:\n        pass\n"
    paths = [str(path) for path in sorted((project / "w").glob("*.py"))]
    assert paths
    subprocess.run(
        [python, "-I", "-c", script, *paths], cwd=project.parent / "temporary", check=True, capture_output=True
    )
    assert canaries(project) == []


def _processes(sign: bytes = str(interpreters.CHILD).encode()) -> set[str]:
    """Those that run our child, or what the sign tells."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if sign in path.read_bytes():
                found.add(path.parent.name)
        except OSError:
            continue
    return found
