"""Verdicts kept for the next run: by program, interpreter, versions, backend and device.

One file of JSON lines for each way of asking, in the user's own cache directory; a line that cannot be read is none.
"""

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from lstm_lint.confirm.interpreters import CHILD, Interpreter
from lstm_lint.confirm.pool import Answer, Judge, Limits, Way
from lstm_lint.findings import Target

LARGEST = 20_000_000
"""Bytes of one file; beyond that it begins anew."""

Answers = dict[str, tuple[Judge | None, Answer]]


def directory() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "lstm-lint" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "lstm-lint"
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if os.path.isabs(given) else Path.home() / ".cache") / "lstm-lint"


def place(chosen: Interpreter, way: Way, target: Target, limits: Limits) -> Path | None:
    """The file for this way of asking; None without a home to keep it in, or where the versions are not known."""
    if not chosen.versions:
        return None
    known = [
        target,
        chosen.python,
        chosen.versions,
        way.device,
        way.backend,
        limits.memory,
        _digest(CHILD.read_bytes()),
    ]
    try:
        return directory() / f"{_digest(json.dumps(known).encode())}.jsonl"
    except RuntimeError:  # no home directory
        return None


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


def read(path: Path) -> Answers:
    """By the digest of the recipe."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found: Answers = {}
    for line in lines:
        try:
            said = json.loads(line)
            found[str(said["recipe"])] = Judge(**said["judge"]), _answer(said["answer"])
        except (ValueError, KeyError, TypeError):
            continue
    return found


def _answer(said: dict[str, object]) -> Answer:
    warned = said["warned"]
    assert isinstance(warned, list)
    types, at = said["types"], said["at"]
    assert isinstance(types, list) and (at is None or isinstance(at, int))
    pairs = tuple((tuple(map(str, each)), str(message)) for each, message in warned)
    ends = said["ends"]
    assert isinstance(ends, list)
    times = tuple(tuple(map(float, each)) for each in ends)
    return Answer(at, tuple(map(str, types)), str(said["message"]), bool(said["refused"]), pairs, ends=times)


def known(path: Path | None, recipes: list[str]) -> Answers:
    """What was said of these before."""
    if path is None:
        return {}
    kept = read(path)
    return {recipe: kept[key] for recipe in recipes if (key := _digest(recipe.encode())) in kept}


def keep(path: Path | None, answers: Mapping[str, tuple[Judge | None, Answer]]) -> None:
    """Appended; a fault is no verdict. Where nothing can be written, nothing is kept."""
    lines = [
        json.dumps({"recipe": _digest(recipe.encode()), "judge": asdict(judge), "answer": asdict(answer)})
        for recipe, (judge, answer) in answers.items()
        if judge is not None and not answer.fault
    ]
    if path is None or not lines:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        full = path.exists() and path.stat().st_size > LARGEST
        with path.open("w" if full else "a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return
