"""What a generation of Keras offers: names, signatures, keywords, attributes, as real packages told (tools/dump_keras.py).

`None` means that nothing is known, so nothing can be said. Paths begin with `keras.`, `tensorflow.keras.` or
`tf_keras.`; what tf.keras has more or less than keras is honoured.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from lstm_lint.findings import Target
from lstm_lint.records import dataclass

EVERY = "every layer"
Kind = Literal["pos", "posonly", "kw", "args", "kwargs"]


@dataclass(frozen=True)
class Opaque:
    """A default that is no literal, in its own words."""

    text: str


@dataclass(frozen=True)
class Parameter:
    """`pos` is positional or keyword; `default` counts only if not `required` and not `args` or `kwargs`."""

    name: str
    kind: Kind
    required: bool
    default: object = None


@dataclass(frozen=True, eq=False)
class Knowledge:
    """One version of Keras with the TensorFlow beside it."""

    target: Target
    data: dict[str, Any]

    @property
    def about(self) -> dict[str, str]:
        """The versions of keras, tensorflow and python that were asked."""
        return dict(self.data["about"])

    @cache  # noqa: B019 (there is one for each generation, for good)
    def canonical(self, path: str) -> str | None:
        """The one path of what `path` names (`keras.models.Sequential`: `keras.Sequential`), if it is known."""
        if not self.exists(path):
            return None
        for spelling in (_plain(path), _twin(path)):
            home: str = self.data["aliases"].get(spelling, spelling)
            if home in self.data["callables"]:
                return home
        return _twin(path)

    @cache  # noqa: B019
    def exists(self, path: str) -> bool | None:
        """Whether an import or an attribute finds it."""
        here, *rest = _plain(path).split(".")
        for name in rest:
            names = self.names(here)
            if names is None:
                return None
            here = f"{here}.{name}"
            if name not in names and here not in self.data["import only"]:
                return None if name.startswith("_") else False
        return True if rest or self.names(here) is not None else None

    def importable(self, path: str) -> bool | None:
        """Whether `import path` works; None for what is no module that we know."""
        if self.exists(path) is False:
            return False
        known = self.names(path) is not None or _plain(path) in self.data["import only"]
        return _plain(path) not in self.data["attribute only"] if known else None

    def names(self, module: str) -> frozenset[str] | None:
        """The public names of a module."""
        return _names(self, _plain(module))

    def kind(self, path: str) -> str | None:
        """layer, model, class or function."""
        entry = self._entry(path)
        return entry["kind"] if entry else None

    def bases(self, path: str) -> tuple[str, ...]:
        """The public bases, nearest first."""
        return tuple((self._entry(path) or {}).get("bases", ()))

    @cache  # noqa: B019
    def parameters(self, path: str) -> tuple[Parameter, ...] | None:
        """What the class or function is called with."""
        entry = self._entry(path)
        return _parameters(entry["parameters"]) if entry else None

    @cache  # noqa: B019
    def call(self, path: str) -> tuple[Parameter, ...] | None:
        """What `call` of a layer or model takes."""
        entry = self._entry(path)
        return _parameters(entry["call"]) if entry and "call" in entry else None

    @cache  # noqa: B019
    def method(self, path: str, name: str) -> tuple[Parameter, ...] | None:
        """What a public method of a layer or model takes; `__init__` of keras.Model is that of a functional one."""
        for owner in (self.canonical(path) or path, *self.bases(path)):
            found = self.data["callables"].get(owner, {}).get("methods", {})
            if name in found:
                return _parameters(found[name])
        return None

    @cache  # noqa: B019
    def keyword(self, path: str, name: str) -> str:
        """accepted, ignored, or the exception that this keyword raises (`TypeError`, `ValueError`); unprobed: unknown."""
        entry, home = self._entry(path), self.canonical(path)
        if entry is None:
            return "unprobed"
        if any(p.name == name and p.kind in ("pos", "kw") for p in _parameters(entry["parameters"])):
            return "accepted"
        if all(kind != "kwargs" for _, kind, *_ in entry["parameters"]):
            return "TypeError"
        probed: dict[str, str] | None = self.data["keywords"].get(home)
        if probed is None:
            return "unprobed"
        every: dict[str, str] = self.data["keywords"][EVERY] if entry["kind"] == "layer" else {}
        return probed.get(name) or every.get(name) or probed.get("unknown") or every["unknown"]

    def identifiers(self, kind: str) -> frozenset[str]:
        """The strings that name an activation, initializer, regularizer, constraint, loss, metric or optimizer."""
        return _identifiers(self, kind)

    @cache  # noqa: B019
    def members(self, path: str) -> frozenset[str] | None:
        """The public attributes of a built instance, also of `symbolic tensor`, `eager tensor` and `variable`."""
        entry = self.data["members"].get(self.canonical(path) or path)
        if entry is None:
            return None
        every = self.data["members"][EVERY]["names"] if self.kind(path) in ("layer", "model") else ()
        return frozenset((*every, *entry.get("names", ()), *entry.get("built", ())))

    def built_members(self, path: str) -> frozenset[str]:
        """Those of the members that are there only once the layer is built."""
        entry = self.data["members"].get(self.canonical(path) or path, {})
        return frozenset(entry.get("built", ()))

    def _entry(self, path: str) -> dict[str, Any] | None:
        entry: dict[str, Any] | None = self.data["callables"].get(self.canonical(path))
        return entry


@cache
def load(target: Target) -> Knowledge:
    return Knowledge(target, json.loads(newest(target, Path(__file__).parent).read_text(encoding="utf-8")))


def newest(target: Target, folder: Path, about: str = "keras") -> Path:
    """The file of the newest version of that generation."""
    files = folder.glob(f"{about}-{target.removeprefix('keras')}.*.json")
    return max(files, key=lambda file: int(file.stem.split(".")[1]))


def _plain(path: str) -> str:
    return "keras" + path.removeprefix("tf_keras") if path.split(".")[0] == "tf_keras" else path


def _twin(path: str) -> str:
    """The path below `keras` of what stands below `tensorflow.keras`."""
    plain = _plain(path)
    return plain.removeprefix("tensorflow.") if f"{plain}.".startswith("tensorflow.keras.") else plain


@cache
def _names(knowledge: Knowledge, module: str) -> frozenset[str] | None:
    modules = knowledge.data["modules"]
    found = modules.get(module, modules.get(_twin(module)))
    return None if found is None else frozenset(found)


@cache
def _identifiers(knowledge: Knowledge, kind: str) -> frozenset[str]:
    return frozenset(knowledge.data["identifiers"][kind])


def _parameters(listed: list[list[Any]]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(name, kind, not default and kind not in ("args", "kwargs"), _literal(*default) if default else None)
        for name, kind, *default in listed
    )


def _literal(value: Any) -> object:
    if isinstance(value, list):
        return tuple(map(_literal, value))
    return Opaque(value["repr"]) if isinstance(value, dict) else value
