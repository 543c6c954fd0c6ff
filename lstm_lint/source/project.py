"""The project around a file: its other modules, parsed when they are asked for, and the files that import it.

Import lines, found in the text, tell who belongs to whom; a file that nothing near it names costs no walk. What is given to
one checked file is bounded: by text that is read for it, and by importers.
"""

import os
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path

from lstm_lint.records import dataclass, field
from lstm_lint.source.imports import imports, words
from lstm_lint.source.layout import INIT, Layout
from lstm_lint.source.notebook import is_notebook, text_of
from lstm_lint.source.text import LARGEST, Broken, wanted
from lstm_lint.source.tree import Source, parse

MOST_FILES = 2_000
MOST_NEAR = 200
WORTH_A_WALK = 8
"""Of so many files of one project it is asked who imports them; for the next one the whole project is looked at."""
MOST_IMPORTERS = 8
MOST_TEXT = 400_000
MOST_KEPT = 800_000
"""Characters of the files that stay parsed: their trees take hundreds of times as much memory."""


@dataclass(eq=False)
class Project:
    """`read` gives the bytes of a file, `held` names those that are not as they lie on disk."""

    read: Callable[[Path], bytes] = Path.read_bytes
    held: Collection[Path] = ()
    foreign: Collection[str] = ()
    _layout: Layout = field(init=False)
    _sources: dict[Path, Source | None] = field(default_factory=dict)
    _wanted: dict[Path, bool] = field(default_factory=dict)
    _imports: dict[Path, frozenset[Path]] = field(default_factory=dict)
    _importers: dict[Path, list[Path]] = field(default_factory=dict)
    _words: dict[Path, dict[str, list[Path]]] = field(default_factory=dict)
    _used: dict[Path, frozenset[Path] | None] = field(default_factory=dict)
    _asked: Counter[Path] = field(default_factory=Counter)
    _parts: dict[Path, bool] = field(default_factory=dict)
    _given: set[Path] = field(default_factory=set)
    _spent: int = 0
    _kept: int = 0

    def __post_init__(self) -> None:
        self._layout = Layout(self.held, self.foreign)

    def source(self, path: Path, data: bytes) -> Source:
        """The file that is to be checked; from now on, modules are given to it. Raises Broken."""
        self._given, self._spent = set(), 0
        whole = _whole(path)
        known = self._sources.get(whole)
        if known is None or known.path != path:
            known = parse(path, data)
            self._keep(whole, known)
        return known

    def forget(self, path: Path) -> None:
        """The file has changed."""
        whole = _whole(path)
        known = self._sources.pop(whole, None)
        self._kept -= len(known.text) if known is not None else 0
        self._wanted.pop(whole, None)
        self._imports.pop(whole, None)
        self._importers.clear()
        self._words.clear()
        self._used.clear()
        self._parts.clear()

    def has(self, importer: Path, name: str, level: int) -> bool:
        """Whether the same project has a file for that module."""
        return self._layout.find(_whole(importer).parent, name, level) is not None

    def module(self, importer: Path, name: str, level: int) -> Source | None:
        """The file of a module of the same project, or None; `level` counts the leading dots."""
        path = self._layout.find(_whole(importer).parent, name, level)
        return self._given_to_it(path) if path is not None else None

    def holds(self, importer: Path, package: str) -> bool:
        """Whether the project itself has a package of this name, be it one that is known better from elsewhere."""
        return self._layout.holds(_whole(importer), package)

    def importers(self, path: Path) -> Sequence[Source]:
        """The files that import this one, directly or through others, the nearest first."""
        found = (self._given_to_it(each) for each in self._importing(_whole(path)))
        return list(islice((source for source in found if source is not None), MOST_IMPORTERS))

    def concerns(self, path: Path) -> bool:
        """Whether it imports, or is imported by, a file that is wanted by its own text."""
        whole = _whole(path)
        if self._is_part(whole):
            used = self._used_in(self._layout.root(whole.parent))
            if used is None or whole in used:
                return used is not None
        return any(map(self._is_wanted, self._imports_of(whole)))

    def _given_to_it(self, path: Path) -> Source | None:
        """The same file is given again, a new one only within what one checked file may cost."""
        if path not in self._given and self._spent > MOST_TEXT:
            return None
        if path not in self._sources:
            self._keep(path, self._parsed(path))
        source = self._sources[path]
        if path not in self._given:
            self._given.add(path)
            self._spent += len(source.text) if source else 0
        return source

    def _parsed(self, path: Path) -> Source | None:
        try:
            data = self._bytes(path)
            return parse(path, data)
        except (OSError, Broken):
            return None

    def _bytes(self, path: Path) -> bytes:
        """A directory that holds modules is an empty package."""
        is_there = path.name in self._layout.entries(path.parent)
        return self.read(path) if is_there else b""

    def _keep(self, path: Path, source: Source | None) -> None:
        self._sources[path] = source
        self._kept += len(source.text) if source is not None else 0
        if self._kept <= MOST_KEPT:
            return
        for each, found in list(self._sources.items())[:-1]:
            if self._kept <= MOST_KEPT:
                return
            if found is not None and each not in self._given:
                del self._sources[each]
                self._kept -= len(found.text)

    def _text(self, path: Path) -> str:
        try:
            data = self._bytes(path)
            return text_of(path, data) if len(data) <= LARGEST or is_notebook(path) else ""
        except (OSError, Broken):
            return ""

    def _is_wanted(self, path: Path) -> bool:
        if path not in self._wanted:
            self._wanted[path] = wanted(self._text(path))
        return self._wanted[path]

    def _imports_of(self, path: Path) -> frozenset[Path]:
        """The files that it imports."""
        if path not in self._imports:
            here, named = path.parent, dict.fromkeys(imports(self._text(path)))
            found = (self._layout.find(here, name, level) for level, name in named)
            self._imports[path] = frozenset(each for each in found if each is not None and each != path)
        return self._imports[path]

    def _is_part(self, path: Path) -> bool:
        """Whether the file may be imported: something near does, or it lies in a package."""
        if is_notebook(path):
            return False
        if path not in self._parts:
            root = self._layout.root(path.parent)
            self._asked[root] += 1
            self._parts[path] = self._asked[root] > WORTH_A_WALK or self._is_named(path)
        return self._parts[path]

    def _is_named(self, path: Path) -> bool:
        near = islice(self._layout.near(path.parent), MOST_NEAR)
        name = path.stem if path.name != INIT else path.parent.name
        naming = (each for each in near if self._names(each, name))
        return self._layout.is_package(path.parent) or any(path in self._imports_of(each) for each in naming)

    def _names(self, path: Path, name: str) -> bool:
        """Whether the file can import a module of this name: far cheaper than to look at its import lines."""
        try:
            return name.encode() in self._bytes(path)
        except OSError:
            return False

    def _used_in(self, root: Path) -> frozenset[Path] | None:
        """What the files that are wanted by their own text import; None if there are no such files."""
        if root not in self._used:
            files = list(filter(self._is_wanted, islice(self._layout.below(root), MOST_FILES)))
            self._used[root] = frozenset().union(*map(self._imports_of, files)) if files else None
        return self._used[root]

    def _importing(self, path: Path) -> Iterator[Path]:
        if not self._is_part(path):
            return
        seen, waiting = {path}, deque([path])
        while waiting:
            new = [each for each in self._importers_of(waiting.popleft()) if each not in seen]
            seen.update(new)
            waiting += new
            yield from sorted(new, key=lambda each: (each.parent != path.parent, str(each)))

    def _importers_of(self, path: Path) -> list[Path]:
        """The files that import it themselves: it is asked only of those whose import lines hold its name."""
        if path not in self._importers:
            naming = self._words_below(self._layout.root(path.parent)).get(
                path.stem if path.name != INIT else "import", ()
            )
            self._importers[path] = [each for each in naming if path in self._imports_of(each)]
        return self._importers[path]

    def _words_below(self, root: Path) -> dict[str, list[Path]]:
        """Each word of an import line -> the files that hold it there."""
        if root not in self._words:
            found: dict[str, list[Path]] = {}
            for each in islice(self._layout.below(root), MOST_FILES):
                for word in words(self._text(each)):
                    found.setdefault(word, []).append(each)
            self._words[root] = found
        return self._words[root]


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))
