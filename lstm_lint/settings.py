"""What holds for a file: `[tool.lstm-lint]` of the nearest pyproject.toml above it, and over that the command line."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from lstm_lint import cards
from lstm_lint.findings import Target
from lstm_lint.records import dataclass, replace

Complain = Callable[[str], None]
TARGETS = cards.TARGETS
KEYS = ("target", "select", "ignore", "per-file-ignores", "exclude")


@dataclass(frozen=True)
class Selection:
    """`select` None: what was selected before stays so."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """A glob, seen from the directory `root`."""

    root: Path
    glob: str

    def matches(self, path: Path) -> bool:
        """As ruff: the base name, or the whole path below `root`; `*` crosses slashes, `**/` may be nothing."""
        from fnmatch import fnmatch

        if fnmatch(path.name, self.glob):
            return True
        if not path.is_relative_to(self.root):
            return False
        below = path.relative_to(self.root).as_posix()
        glob = self.glob.removeprefix("./").rstrip("/")
        shorter = glob.replace("/**/", "/").removeprefix("**/")
        return fnmatch(below, glob) or fnmatch(below, shorter)


@dataclass(frozen=True)
class Ignored:
    """Rules that are ignored in the files that a pattern matches, or (`!pattern`) does not match."""

    pattern: Pattern
    selectors: tuple[str, ...]
    inverted: bool = False

    def covers(self, path: Path) -> bool:
        return self.pattern.matches(path) != self.inverted


@dataclass(frozen=True)
class Settings:
    """`root` is where the settings lie, or the working directory; no `target`: the file itself tells."""

    root: Path
    source: Path | None = None
    target: tuple[Target, ...] = ()
    selections: tuple[Selection, ...] = (Selection(select=(cards.EVERYTHING,)),)
    per_file_ignores: tuple[Ignored, ...] = ()
    exclude: tuple[Pattern, ...] = ()

    def excludes(self, path: Path) -> bool:
        return any(pattern.matches(path) for pattern in self.exclude)

    def described(self) -> str:
        """For `--show-settings`: as they would stand in a pyproject.toml."""
        selected = [each.select for each in self.selections if each.select is not None]
        by_file = {"!" * each.inverted + each.pattern.glob: each.selectors for each in self.per_file_ignores}
        lines = [
            f"# {self.source or 'no settings file'}",
            f"target = {_list(self.target)}",
            f"select = {_list(selected[-1])}",
            f"ignore = {_list(word for each in self.selections for word in each.ignore)}",
            f"exclude = {_list(pattern.glob for pattern in self.exclude)}",
            *(f"per-file-ignores.{_string(glob)} = {_list(words)}" for glob, words in by_file.items()),
        ]
        return "\n".join(lines)

    def wants(self, card: cards.Card, path: Path) -> bool:
        if any(
            each.covers(path) and any(cards.weight(word, card) for word in each.selectors)
            for each in self.per_file_ignores
        ):
            return False
        wanted = False
        for each in self.selections:
            wanted = _decide(each, card, wanted)
        return wanted


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_string, words))}]"


def _string(word: str) -> str:
    """A basic string of TOML."""
    from json import dumps

    return dumps(word, ensure_ascii=False)


def _decide(selection: Selection, card: cards.Card, before: bool) -> bool:
    """The most specific word holds; between equals, ignore."""
    chosen = max((cards.weight(word, card) for word in selection.select or ()), default=0)
    ignored = max((cards.weight(word, card) for word in selection.ignore), default=0)
    if chosen or ignored:
        return chosen > ignored
    return before if selection.select is None else False


@dataclass(frozen=True)
class Options:
    """What the command line says of these matters; None: nothing."""

    target: tuple[Target, ...] = ()
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def finder(options: Options, complain: Complain) -> Callable[[Path], Settings]:
    """Directory -> its settings; each file is read once. What is wrong in one is told, and the rest of it holds."""
    here = Path.cwd()
    known_words((*(options.select or ()), *options.ignore), "", complain)

    @cache
    def table(directory: Path) -> tuple[Path, dict[str, Any]] | None:
        return _table(directory / "pyproject.toml", complain)

    @cache
    def of(directory: Path) -> Settings:
        for above in (directory, *directory.parents):
            found = table(above)
            if found is not None:
                return _with_options(parsed(found[0]), options, here)
        return _with_options(Settings(here), options, here)

    @cache
    def parsed(path: Path) -> Settings:
        found = table(path.parent)
        return _parse(path, found[1] if found else {}, complain)

    return of


def _table(path: Path, complain: Complain) -> tuple[Path, dict[str, Any]] | None:
    """None: no such file, or none that speaks of us (as ruff, the search then goes on upwards)."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        complain(f"{path}: cannot be read ({error})")
        return None
    if "lstm-lint" not in text:
        return None
    import tomllib

    try:
        found = tomllib.loads(text).get("tool", {}).get("lstm-lint")
    except tomllib.TOMLDecodeError as error:
        complain(f"{path}: broken TOML: {error}")
        return path, {}
    if found is not None and not isinstance(found, dict):
        complain(f"{path}: tool.lstm-lint must be a table")
        return path, {}
    return None if found is None else (path, found)


def _parse(path: Path, table: dict[str, Any], complain: Complain) -> Settings:
    where = f"{path}: [tool.lstm-lint] "
    for key in table:
        if key not in KEYS:
            complain(f"{where}has no key {key!r}{nearest(key, KEYS)}")
    words = {
        key: _strings(table.get(key, []), where + key, complain) for key in ("target", "select", "ignore", "exclude")
    }
    for key in ("select", "ignore"):
        words[key] = known_words(words[key], where + key + ": ", complain)
    for target in words["target"]:
        if target not in TARGETS:
            complain(f"{where}target: {target!r} is not one of {', '.join(TARGETS)}{nearest(target, TARGETS)}")
    select = words["select"] if isinstance(table.get("select"), str | list) else (cards.EVERYTHING,)
    return Settings(
        root=path.parent,
        source=path,
        target=tuple(target for target in TARGETS if target in words["target"]),
        selections=(Selection(select, words["ignore"]),),
        per_file_ignores=_per_file(table.get("per-file-ignores", {}), path.parent, where, complain),
        exclude=tuple(Pattern(path.parent, glob) for glob in words["exclude"]),
    )


def _per_file(table: Any, root: Path, where: str, complain: Complain) -> tuple[Ignored, ...]:
    if not isinstance(table, dict):
        complain(f"{where}per-file-ignores must be a table of patterns")
        return ()
    found = []
    for glob, said in table.items():
        name = f"{where}per-file-ignores: {glob!r}"
        selectors = known_words(_strings(said, name, complain), name + ": ", complain)
        found.append(Ignored(Pattern(root, glob.removeprefix("!")), selectors, glob.startswith("!")))
    return tuple(found)


def _strings(said: Any, where: str, complain: Complain) -> tuple[str, ...]:
    """A list of strings, or one string alone."""
    words = [said] if isinstance(said, str) else said
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return tuple(words)
    complain(f"{where} must be a list of strings")
    return ()


def _with_options(settings: Settings, options: Options, here: Path) -> Settings:
    """A `--select` starts anew; an `--ignore` alone takes away from what the settings select."""
    mine = Selection(options.select, options.ignore)
    return replace(
        settings,
        target=options.target or settings.target,
        selections=(mine,) if options.select is not None else (*settings.selections, mine),
        exclude=settings.exclude + tuple(Pattern(here, glob) for glob in options.exclude),
    )


def known_words(selectors: tuple[str, ...], where: str, complain: Complain) -> tuple[str, ...]:
    """The selectors that name rules; of the others is told which name lies nearest."""
    strange = cards.unknown(selectors) if selectors else []
    for word in strange:
        complain(f"{where}there is no rule {word!r}{nearest(word, cards.names())}")
    return tuple(word for word in selectors if word not in strange)


def nearest(word: str, known: Iterable[str]) -> str:
    """` (did you mean ...?)`, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1)
    return f" (did you mean {found[0]!r}?)" if found else ""
