"""Which files are meant: those named, and under named directories each *.py and *.ipynb that neither git nor a pattern leaves out."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from lstm_lint.records import dataclass

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from lstm_lint.settings import Complain, Settings

SUFFIXES = (".py", ".ipynb")
LEFT_OUT = (
    *(".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox"),
    *(".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv", ".vscode"),
    *("__pycache__", "__pypackages__", "_build", "buck-out", "build", "dist", "node_modules", "site-packages", "venv"),
)


@dataclass(frozen=True)
class Ignores:
    """The patterns of one .gitignore; they are seen from `root`."""

    root: Path
    spec: "GitIgnoreSpec"

    def verdict(self, path: Path, is_directory: bool) -> bool | None:
        return self.spec.check_file(path.relative_to(self.root).as_posix() + "/" * is_directory).include


def discover(
    paths: Iterable[Path], settings: "Callable[[Path], Settings]", force_exclude: bool, complain: "Complain"
) -> list[Path]:
    """Each file once, in order. A file that was named is taken whatever its name, unless `force_exclude` holds."""
    found: dict[str, Path] = {}
    for path in paths:
        whole = Path(os.path.abspath(path))
        if not os.path.lexists(whole):
            complain(f"{path}: no such file or directory")
        elif not (force_exclude and _excluded_above(whole, settings)):
            for file in walk(whole, settings, complain) if whole.is_dir() else [whole]:
                found.setdefault(os.path.realpath(file), file)
    return sorted(found.values())


def _excluded_above(path: Path, settings: "Callable[[Path], Settings]") -> bool:
    """Whether a walk from the project's root down would have missed it."""
    holds = settings(path if path.is_dir() else path.parent)
    below = [path, *path.parents]
    within = [each for each in below if each.is_relative_to(holds.root) and each != holds.root]
    return any(_left_out(each, holds) for each in within or [path])


def _left_out(path: Path, settings: "Settings") -> bool:
    return any(fnmatch(path.name, name) for name in LEFT_OUT) or settings.excludes(path)


def walk(top: Path, settings: "Callable[[Path], Settings]", complain: "Complain") -> Iterator[Path]:
    """Links to directories are not followed, so no loop is; what cannot be read is told."""
    ignores = _from_above(top)
    waiting = [(top, ignores)]
    while waiting:
        directory, ignores = waiting.pop()
        try:
            entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
        except OSError as error:
            complain(f"{directory}: cannot be read ({error.strerror})")
            continue
        if directory != top and ignores is not None:
            ignores = _and_here(ignores, directory)
        holds = settings(directory)
        for entry in entries:
            path, is_directory = directory / entry.name, entry.is_dir(follow_symlinks=False)
            if not (is_directory or (entry.name.endswith(SUFFIXES) and _is_file(entry))):
                continue
            if _left_out(path, holds) or (ignores and _ignored(ignores, path, is_directory)):
                continue
            if is_directory:
                waiting.append((path, ignores))
            else:
                yield path


def _is_file(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _ignored(ignores: Sequence[Ignores], path: Path, is_directory: bool) -> bool:
    """The deepest .gitignore that has an opinion decides."""
    verdicts = (each.verdict(path, is_directory) for each in reversed(ignores))
    return next((verdict for verdict in verdicts if verdict is not None), False)


def _from_above(top: Path) -> tuple[Ignores, ...] | None:
    """What the repository around `top` ignores there, None outside of one.

    Of a directory that is itself ignored but asked for, only what is ignored within it."""
    root = next((each for each in (top, *top.parents) if (each / ".git").exists()), None)
    if root is None:
        return None
    way = [root, *reversed([each for each in (top, *top.parents) if each != root and each.is_relative_to(root)])]
    ignores = _read(root / ".git" / "info" / "exclude", root)
    for directory in way:
        if directory != root and _ignored(ignores, directory, True):
            ignores = ()
        ignores = _and_here(ignores, directory)
    return ignores


def _and_here(ignores: tuple[Ignores, ...], directory: Path) -> tuple[Ignores, ...]:
    if (directory / ".git").exists():  # a repository within the repository
        ignores = _read(directory / ".git" / "info" / "exclude", directory)
    return ignores + _read(directory / ".gitignore", directory)


def _read(file: Path, root: Path) -> tuple[Ignores, ...]:
    try:
        lines = file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ()
    if not any(line.strip() and not line.startswith("#") for line in lines):
        return ()
    from pathspec import GitIgnoreSpec

    return (Ignores(root, GitIgnoreSpec.from_lines(lines)),)
