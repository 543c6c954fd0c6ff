"""How the program at hand can say a path of a library: by a name that it has, else by an import."""

from collections.abc import Mapping

from lstm_lint.claims import Change
from lstm_lint.findings import Place
from lstm_lint.values.value import Symbol, Value

LIBRARIES = ("keras", "tensorflow")


def spell(names: Mapping[str, Value], path: str, at: Place) -> tuple[str, tuple[Change, ...]] | None:
    """The words, and the import that they need; None if the name for it is taken."""
    found = min(_known(names, path), key=len, default="")
    if found:
        return found, ()
    root = path.partition(".")[0]
    if root in names or root not in LIBRARIES:
        return None
    return path, (Change(at, "import", f"import {root}"),)


def _known(names: Mapping[str, Value], path: str) -> list[str]:
    """All spellings by names that stand for the path, or for a module above it."""
    roads = [(name, value.path, value.via) for name, value in names.items() if isinstance(value, Symbol)]
    found = [name for name, own, via in roads if path in (own, via)]
    found += [f"{name}.{path.removeprefix(f'{own}.')}" for name, own, _ in roads if path.startswith(f"{own}.")]
    if path.startswith("keras."):
        found += [f"{name}.{path}" for name, own, _ in roads if own == "tensorflow"]
    return found
