"""The child processes: started in an empty directory, asked one recipe at a time, killed as a group.

Whatever befalls a child (it hangs, dies, talks nonsense) costs the recipe that it was at; the next one goes to another.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from lstm_lint.confirm.interpreters import CHILD, surroundings
from lstm_lint.findings import Target
from lstm_lint.records import dataclass

LONGEST_LINE = 1_000_000
MOST_FAILURES = 3


@dataclass(frozen=True)
class Limits:
    """Seconds to start, seconds for a recipe, megabytes on top of what the import took."""

    start: float = 120
    recipe: float = 30
    memory: int = 4096


@dataclass(frozen=True)
class Way:
    """How Keras is asked: by which interpreter, on which device, with which backend."""

    python: str
    device: str = "auto"
    backend: str = "auto"


@dataclass(frozen=True)
class Judge:
    """Who answered: versions and device in words, and the module that a program imports as `keras`."""

    keras: str
    backend: str
    device: str
    home: str


@dataclass(frozen=True)
class Answer:
    """`at`: the step that raised, None if all ran; or `fault`, why there is no answer.

    `ends`: of each step whose time was taken, when each round ended, in seconds.
    """

    at: int | None = None
    types: tuple[str, ...] = ()
    message: str = ""
    refused: bool = False
    warned: tuple[tuple[tuple[str, ...], str], ...] = ()
    fault: str = ""
    ends: tuple[tuple[float, ...], ...] = ()


class Broken(Exception):
    """The child did not answer as agreed, for this reason."""


@dataclass(frozen=True)
class Child:
    process: "subprocess.Popen[bytes]"
    lines: "queue.Queue[bytes]"
    directory: "tempfile.TemporaryDirectory[str]"
    judge: Judge


def judged(
    means: Way, target: Target, recipes: Iterable[str], limits: Limits | None = None
) -> Iterator[tuple[Judge | None, Answer]]:
    """Each recipe's answer, in order. A child that cannot start (three times in a row) ends it for all that remain."""
    limits = limits or Limits()
    child: Child | None = None
    failures = 0
    fault = ""
    try:
        for number, recipe in enumerate(recipes):
            if failures == MOST_FAILURES:
                yield None, Answer(fault=fault)
                continue
            try:
                child = child or start(means, target, limits)
                failures = 0
                if '"rounds"' in recipe and child.judge.device != "gpu":
                    yield child.judge, Answer(fault="no GPU here: its speed is not measured")
                    continue
                yield child.judge, _ask(child, number, recipe, limits.recipe)
            except Broken as broken:
                fault = str(broken)
                failures = failures + 1 if child is None else 0
                judge, child = _ended(child)
                yield judge, Answer(fault=fault)
    finally:
        _ended(child)


def start(means: Way, target: Target, limits: Limits) -> Child:
    """A child that has imported Keras. Raises Broken."""
    python, device = means.python, means.device
    directory = tempfile.TemporaryDirectory(prefix="lstm-lint-", ignore_cleanup_errors=True)
    try:
        process = subprocess.Popen(
            [python, "-I", "-B", str(CHILD), target, means.backend, str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=directory.name,
            env=_environment(directory.name, device),
            start_new_session=True,
        )
    except OSError as error:
        directory.cleanup()
        raise Broken(f"{python} cannot be started: {error.strerror}") from error
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(process, lines), daemon=True).start()
    try:
        return Child(process, lines, directory, _hello(_next(process, lines, limits.start), device))
    except BaseException:
        _kill(process)
        directory.cleanup()
        raise


def _environment(home: str, device: str) -> dict[str, str]:
    """Nothing of the user's settings; whatever is written goes to the directory that vanishes."""
    quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_FORCE_GPU_ALLOW_GROWTH": "true", "PYTHONHASHSEED": "0"}
    homes = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "KERAS_HOME", "XDG_CACHE_HOME"), home)
    blind = {"CUDA_VISIBLE_DEVICES": "-1"} if device == "cpu" else {}
    return {**surroundings(), **quiet, **homes, **blind}


def _hello(said: Any, device: str) -> Judge:
    if "broken" in said:
        raise Broken(f"Keras cannot be imported: {said['broken']}")
    try:
        judge = Judge(*(str(said[name])[:200] for name in ("keras", "backend", "device", "home")))
    except KeyError as error:
        raise Broken("the child talks nonsense") from error
    if device == "gpu" and judge.device != "gpu":
        raise Broken("no GPU here")
    return judge


def _listen(process: "subprocess.Popen[bytes]", lines: "queue.Queue[bytes]") -> None:
    """Hand on what the child says, line by line; the empty line is its end."""
    assert process.stdout is not None
    with process.stdout as said:
        for line in iter(lambda: said.readline(LONGEST_LINE), b""):
            lines.put(line)
    lines.put(b"")


def _next(process: "subprocess.Popen[bytes]", lines: "queue.Queue[bytes]", seconds: float) -> dict[str, Any]:
    try:
        line = lines.get(timeout=seconds)
    except queue.Empty:
        raise Broken(f"no answer within {seconds:g} seconds") from None
    if not line:
        raise Broken(_obituary(process))
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Broken("the child talks nonsense")
    return said


def _obituary(process: "subprocess.Popen[bytes]") -> str:
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "the child fell silent"
    if code < 0:
        return f"the child died ({signal.Signals(-code).name})"
    return f"the child ended (exit code {code})"


def _ask(child: Child, number: int, recipe: str, seconds: float) -> Answer:
    assert child.process.stdin is not None
    deaf = threading.Timer(seconds, child.process.kill)  # a pipe that nobody empties holds us up
    deaf.start()
    try:
        child.process.stdin.write(b'{"id": %d, "steps": %s}\n' % (number, recipe.encode("ascii")))
        child.process.stdin.flush()
    except OSError:
        raise Broken(_obituary(child.process)) from None
    finally:
        deaf.cancel()
    said = _next(child.process, child.lines, seconds)
    try:
        return _answer(said, number)
    except (KeyError, TypeError, ValueError) as error:
        raise Broken("the child talks nonsense") from error


def _answer(said: dict[str, Any], number: int) -> Answer:
    if said["id"] != number:
        raise ValueError(said["id"])
    warned = tuple((tuple(map(str, each["types"])), str(each["message"])) for each in said["warned"])
    if "at" not in said:
        ends = tuple(tuple(map(float, each)) for each in said.get("ends", ()))
        return Answer(warned=warned, ends=ends)
    raised = said["raised"]
    types = tuple(map(str, raised["types"]))
    return Answer(int(said["at"]), types, str(raised["message"]), bool(said["refused"]), warned)


def _ended(child: Child | None) -> tuple[Judge | None, None]:
    if child is None:
        return None, None
    _kill(child.process)
    child.directory.cleanup()
    return child.judge, None


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """The whole group, so that nothing that the child may have started stays behind."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    with contextlib.suppress(OSError):
        assert process.stdin is not None
        process.stdin.close()
