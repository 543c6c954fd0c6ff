"""Which generation of Keras a project's pins admit: its dependencies, requirements, lock files, conda environment."""

import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lstm_lint.findings import Target

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

Pin = tuple[str, str]
"""A package and what is said of its version, such as `("tensorflow", ">=2.10,<2.16")`."""

Reader = Callable[[Path], Iterable[Pin]]

FIRST_OF_KERAS3 = {"keras": "3.0.0.dev0", "tensorflow": "2.16.0.dev0"}
LAST_OF_KERAS2 = {"keras": "2.15.9999", "tensorflow": "2.15.9999"}
PACKAGES = {
    **dict.fromkeys(
        ("tensorflow", "tensorflow-cpu", "tensorflow-gpu", "tensorflow-macos", "tensorflow-intel"), "tensorflow"
    ),
    "keras": "keras",
    "tf-keras": "tf-keras",
}
BOTH: frozenset[Target] = frozenset(("keras2", "keras3"))
NAME = r"(?i)keras|tensorflow"
REQUIREMENT = r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)\)?"
CONDA = r"(?m)^[ \t]*-[ \t]*[\"']?(?:[\w./-]+::)?([A-Za-z0-9][\w.-]*)[ \t]*(?:\[[^\]]*\])?[ \t]*([^\"'#;\r\n]*)"
LOCKED = r'(?m)^name = "([\w.-]+)"\r?\nversion = "([^"]+)"'


def finder() -> Callable[[Path], Target | None]:
    """Directory -> the one generation that the nearest pins around it admit, or None. Each directory is read once."""

    @cache
    def of(directory: Path) -> Target | None:
        admitted = admits(directory)
        if admitted != BOTH:
            return next(iter(admitted)) if len(admitted) == 1 else None
        outermost = (directory / ".git").exists() or directory in (directory.parent, Path.home())
        return None if outermost else of(directory.parent)

    return of


def admits(directory: Path) -> frozenset[Target]:
    """The generations that every file of pins in this very directory admits."""
    admitted = BOTH
    for file, pins in _files(directory):
        said = defaultdict(set)
        for package, specifier in pins(file):
            said[package.lower().replace("_", "-")].add(specifier)
        admitted &= _admitted_by(said)
    return admitted


def _admitted_by(said: "dict[str, set[str]]") -> frozenset[Target]:
    """What is said several times of one package (by markers, by extras) is so many ways; packages must agree."""
    admitted, heard = BOTH, set()
    for package, specifiers in said.items():
        kind = PACKAGES.get(package)
        if kind in FIRST_OF_KERAS3:
            admitted &= frozenset().union(*(generations(kind, specifier) for specifier in specifiers))
        heard.add(kind)
    alone = "tf-keras" in heard and heard.isdisjoint(FIRST_OF_KERAS3)
    return frozenset(("keras2",)) if alone else admitted


def generations(kind: str, text: str) -> frozenset[Target]:
    """Both, if the text cannot be read."""
    from packaging.specifiers import InvalidSpecifier
    from packaging.version import InvalidVersion, Version

    try:
        specifier = _specifier(text)
        versions = [Version(version) for version in _around(specifier, kind)]
    except (InvalidSpecifier, InvalidVersion):
        return BOTH
    border = Version(FIRST_OF_KERAS3[kind])
    inside = [version for version in versions if specifier.contains(version, prereleases=True)]
    found: list[Target] = ["keras2" if version < border else "keras3" for version in inside]
    return frozenset(found) or BOTH


def _around(specifier: "SpecifierSet", kind: str) -> Iterator[str]:
    """Versions enough to tell on which sides of the border something is admitted."""
    yield from ("0", LAST_OF_KERAS2[kind], FIRST_OF_KERAS3[kind].removesuffix(".dev0"), "9999")
    for each in specifier:
        version = each.version.removesuffix(".*")
        yield version
        if re.fullmatch(r"[\d.]+", version):
            yield version + ".1"


def _specifier(text: str) -> "SpecifierSet":
    """PEP 440, and what Poetry (`^2.15`, `~2.15`, `2.15`) and conda (`=2.15`, `2.15.0=build`) write."""
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(
        ",".join(_clause(clause.strip()) for clause in text.split(",") if clause.strip() not in ("", "*"))
    )


def _clause(clause: str) -> str:
    operator, version = re.fullmatch(r"([<>=!~^]*)\s*(.*)", clause, re.DOTALL).groups()  # type: ignore[union-attr]
    version = re.split(r"[=\s]", version)[0]
    match operator:
        case "^":
            return f">={version},<{int(version.split('.')[0]) + 1}" if version[0].isdigit() else clause
        case "~":
            return f"~={version if version.count('.') > 1 else version + '.0'}"
        case "=":
            return f"=={version.removesuffix('.*')}.*"
        case "":
            return f"=={version}"
    return operator + version


def _files(directory: Path) -> Iterator[tuple[Path, Reader]]:
    """Those that hold the name of a package that matters, and how each is read."""
    for file in sorted(_listed(directory) + _listed(directory / "requirements")):
        reader = _reader(file, file.parent != directory)
        if reader is not None and file.is_file():
            try:
                speaks = re.search(NAME, file.read_text("utf-8"))
            except (OSError, UnicodeDecodeError):
                continue
            if speaks:
                yield file, reader


def _listed(directory: Path) -> list[Path]:
    try:
        return [directory / name for name in os.listdir(directory)]
    except OSError:
        return []


def _reader(file: Path, among_requirements: bool) -> Reader | None:
    match file.name:
        case name if name.endswith(".txt") and (among_requirements or name.startswith("requirements")):
            return _requirements
        case _ if among_requirements:
            return None
        case "pyproject.toml":
            return _pyproject
        case "poetry.lock" | "uv.lock" | "pdm.lock" | "Pipfile.lock":
            return _lock
        case "environment.yml" | "environment.yaml":
            return _conda
    return None


def _requirement(line: str) -> Pin:
    found = re.match(REQUIREMENT, line)
    return (found[1], found[2].strip()) if found else ("", "")


def _requirements(file: Path) -> Iterator[Pin]:
    text = re.sub(r"\\\r?\n", " ", file.read_text("utf-8"))
    for line in text.splitlines():
        if not line.lstrip().startswith(("#", "-")):
            yield _requirement(re.split(r"\s+(?:#|--)", line)[0])


def _conda(file: Path) -> Iterator[Pin]:
    for found in re.finditer(CONDA, file.read_text("utf-8")):
        yield found[1], found[2].strip()


def _lock(file: Path) -> Iterator[Pin]:
    """poetry.lock, uv.lock and pdm.lock are large: TOML, but read by pattern. Pipfile.lock is JSON."""
    text = file.read_text("utf-8")
    if file.name != "Pipfile.lock":
        yield from ((found[1], "==" + found[2]) for found in re.finditer(LOCKED, text))
        return
    try:
        locked = json.loads(text)
        yield from (
            (name, pin["version"]) for part in ("default", "develop") for name, pin in locked.get(part, {}).items()
        )
    except (ValueError, KeyError, AttributeError, TypeError):
        return


def _pyproject(file: Path) -> Iterator[Pin]:
    import tomllib

    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError:
        return
    project = _at(table, "project")
    lists = [project.get("dependencies"), *_at(project, "optional-dependencies").values()]
    lists += _at(table, "dependency-groups").values()
    for each in lists:
        yield from (_requirement(line) for line in each or () if isinstance(line, str))
    poetry = _at(table, "tool", "poetry")
    groups = [_at(group, "dependencies") for group in _at(poetry, "group").values() if isinstance(group, dict)]
    for dependencies in (_at(poetry, "dependencies"), _at(poetry, "dev-dependencies"), *groups):
        for name, said in dependencies.items():
            ways = said if isinstance(said, list) else [said]
            yield from ((name, way.get("version", "*") if isinstance(way, dict) else str(way)) for way in ways)


def _at(table: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        found = table.get(key)
        table = found if isinstance(found, dict) else {}
    return table
