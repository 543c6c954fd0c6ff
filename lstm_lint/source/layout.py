"""Where the modules of a project lie: names become paths, by directory listings that are read once."""

import os
import sys
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from lstm_lint.files import LEFT_OUT, SUFFIXES
from lstm_lint.records import dataclass, field

MARKERS = ("pyproject.toml", "setup.py", "setup.cfg", ".git")
INIT = "__init__.py"
MOST_ENTRIES = 5_000

FILE, DIRECTORY, LINK = "file", "directory", "link to a directory"


@dataclass(eq=False)
class Layout:
    """`held`: files that are there whatever the disk says. `foreign`: names that are no modules of the project's."""

    held: Collection[Path] = ()
    foreign: Collection[str] = ()
    _entries: dict[Path, Mapping[str, str]] = field(default_factory=dict)
    _roots: dict[Path, Path] = field(default_factory=dict)
    _found: dict[tuple[Path, str, int], Path | None] = field(default_factory=dict)

    def find(self, here: Path, name: str, level: int) -> Path | None:
        """The file of a module that a file in this directory imports.

        For a directory without `__init__.py` that holds modules, the one it could have.
        """
        asked = here, name, level
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, here: Path, name: str, level: int) -> Path | None:
        parts = name.split(".") if name else []
        if level:
            bases = [here if level == 1 else here.parents[level - 2]] if level - 2 < len(here.parents) else []
        else:
            bases = [] if not parts or parts[0] in self.foreign else self._bases(here, parts[0])
        found = (self._at(base, parts, regular) for regular in (True, False) for base in bases)
        return next((path for path in found if path is not None and self._inside(path, self.root(here))), None)

    def holds(self, importer: Path, package: str) -> bool:
        """Whether the project has a package of this name, be it foreign: it is then what an import finds."""
        return any(self.is_package(base / package) for base in self._bases(importer.parent, package))

    def root(self, directory: Path) -> Path:
        """The nearest directory upward that is marked as a project's, else the topmost package, else this directory."""
        if directory not in self._roots:
            above = (directory, *directory.parents)
            marked = (each for each in above if any(os.path.lexists(each / name) for name in MARKERS))
            self._roots[directory] = next(marked, None) or self._top(directory)
        return self._roots[directory]

    def is_package(self, directory: Path) -> bool:
        return self.entries(directory).get(INIT) == FILE

    def near(self, directory: Path) -> Iterator[Path]:
        """The files beside, and in the directories above within the project."""
        root = self.root(directory)
        for each in (directory, *directory.parents):
            yield from self._files(each)
            if each == root:
                return

    def below(self, top: Path) -> Iterator[Path]:
        """All files of a tree, level by level; links to directories are not followed."""
        waiting = deque([top])
        while waiting:
            directory = waiting.popleft()
            yield from self._files(directory)
            inner = [name for name, kind in self.entries(directory).items() if kind == DIRECTORY]
            waiting += [directory / name for name in inner if not any(fnmatch(name, each) for each in LEFT_OUT)]

    def entries(self, directory: Path) -> Mapping[str, str]:
        """Name -> what it is; nothing for what cannot be read."""
        if directory not in self._entries:
            held = {path.name: FILE for path in self.held if path.parent == directory}
            self._entries[directory] = dict(_scan(directory)) | held
        return self._entries[directory]

    def _files(self, directory: Path) -> list[Path]:
        kinds = self.entries(directory).items()
        return [directory / name for name, kind in sorted(kinds) if kind == FILE and name.endswith(SUFFIXES)]

    def _bases(self, here: Path, first: str) -> list[Path]:
        """Where an absolute import is looked up. Python's own modules give way only to a script's neighbours."""
        if first in sys.stdlib_module_names:
            return [] if self.is_package(here) else [here]
        root = self.root(here)
        return list(dict.fromkeys([here, root, root / "src", self._top(here).parent]))

    def _top(self, directory: Path) -> Path:
        """The topmost package around."""
        while self.is_package(directory) and self.is_package(directory.parent):
            directory = directory.parent
        return directory

    def _at(self, base: Path, parts: list[str], regular: bool) -> Path | None:
        *packages, last = parts or [""]
        for package in packages:
            if self.entries(base).get(package, FILE) == FILE:
                return None
            base = base / package
        if last and self.entries(base).get(f"{last}.py") == FILE and not self.is_package(base / last):
            return base / f"{last}.py"
        directory = base / last if last else base
        is_there = not last or self.entries(base).get(last, FILE) != FILE
        if is_there and (self.is_package(directory) or (not regular and self._files(directory))):
            return directory / INIT
        return None

    def _inside(self, path: Path, root: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _scan(directory: Path) -> Iterator[tuple[str, str]]:
    try:
        with os.scandir(directory) as entries:
            for entry in islice(entries, MOST_ENTRIES):
                yield entry.name, _kind(entry)
    except OSError:
        return


def _kind(entry: "os.DirEntry[str]") -> str:
    try:
        if entry.is_dir(follow_symlinks=False):
            return DIRECTORY
        return LINK if entry.is_dir() else FILE if entry.is_file() else ""
    except OSError:  # a link to itself
        return ""
