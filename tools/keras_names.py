"""What a Keras package offers by name: its public modules, one canonical path per object, and every signature."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

PRIVATE = ("src", "api", "protobuf", "tests")
TENSORFLOW = ("", ".compat", ".compat.v1", ".data", ".math", ".nn", ".random")
FROZEN = (
    ".python",
    ".python.keras",
    *(f".python.keras.{name}" for name in ("layers", "models", "utils", "optimizers")),
)
"""The private copy of an old Keras in TensorFlow's wheel, of which much is gone."""

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "posonly",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "pos",
    inspect.Parameter.VAR_POSITIONAL: "args",
    inspect.Parameter.KEYWORD_ONLY: "kw",
    inspect.Parameter.VAR_KEYWORD: "kwargs",
}


def public(holder: object) -> list[str]:
    return sorted(name for name in dir(holder) if not name.startswith("_"))


def importable(path: str) -> bool:
    try:
        importlib.import_module(path)
    except ImportError:
        return False
    return True


def hidden(path: str, module: ModuleType) -> list[str]:
    """The modules below that an import statement finds though the attribute is not there."""
    names = {child.name for child in pkgutil.iter_modules(getattr(module, "__path__", []))}
    return [f"{path}.{name}" for name in sorted(names.difference(dir(module), PRIVATE)) if not name.startswith("_")]


class Names:
    """One Keras package; `keras` is the name that its paths get, `legacy` the module behind `tensorflow.keras`."""

    def __init__(self, package: ModuleType, tensorflow: ModuleType | None) -> None:
        self.attribute_only: list[str] = []
        self.import_only: list[str] = []
        self.keras = dict(self._walk("keras", package, package.__name__))
        self.tensorflow: dict[str, ModuleType] = {}
        self.legacy: dict[str, ModuleType] = {}
        if tensorflow is not None:
            under = dict(self._walk("tensorflow.keras", tensorflow.keras, "tensorflow.keras"))
            self.legacy = {path: module for path, module in under.items() if self._differs(path, module)}
            paths = ["tensorflow" + tail for tail in (*TENSORFLOW, *FROZEN)]
            self.tensorflow = {path: importlib.import_module(path) for path in paths}
            self.import_only += [path for place in self.tensorflow.items() for path in hidden(*place)]
        self.canonical = self._canonical_paths(package)

    def _walk(self, path: str, module: ModuleType, imported: str) -> Iterator[tuple[str, ModuleType]]:
        """Every public module below, by attribute or by import; `imported` is its path in an import statement."""
        names = [name for name in public(module) if name not in PRIVATE]
        if not importable(imported):
            self.attribute_only.append(path)
        yield path, module
        for name in names:
            child = getattr(module, name)
            if isinstance(child, ModuleType):
                yield from self._walk(f"{path}.{name}", child, f"{imported}.{name}")
        for place in hidden(path, module):
            self.import_only.append(place)
            name = place.rpartition(".")[2]
            child = importlib.import_module(f"{imported}.{name}")
            if name in dir(module):
                delattr(module, name)
            yield from self._walk(place, child, f"{imported}.{name}")

    def _differs(self, path: str, module: ModuleType) -> bool:
        twin = self.keras.get(path.removeprefix("tensorflow."))
        return twin is None or public(twin) != public(module)

    def objects(self) -> Iterator[tuple[str, Any]]:
        """Each public path of each class and function; below `tensorflow.keras` only what `keras` lacks there."""
        for path, module in (*self.keras.items(), *self.legacy.items()):
            twin = self.keras.get(path.removeprefix("tensorflow.")) if path in self.legacy else None
            for name in public(module):
                value = getattr(module, name)
                if callable(value) and (twin is None or getattr(twin, name, None) is not value):
                    yield f"{path}.{name}", value

    def _canonical_paths(self, package: ModuleType) -> dict[int, str]:
        ranked: dict[int, tuple[tuple[object, ...], str]] = {}
        layer = package.layers.Layer
        models = (package.Model,)
        for path, value in self.objects():
            home = "keras.layers." if is_a(value, layer) and not is_a(value, *models) else ""
            last = path.rpartition(".")[2]
            named = last != getattr(value, "__name__", last)
            rank = (path.startswith("tensorflow."), not path.startswith(home), path.count("."), named, path)
            if id(value) not in ranked or rank < ranked[id(value)][0]:
                ranked[id(value)] = (rank, path)
        return {key: path for key, (_, path) in ranked.items()}

    def modules(self) -> dict[str, list[str]]:
        every = {**self.keras, **self.legacy, **self.tensorflow}
        return {path: public(module) for path, module in every.items()}

    def aliases(self) -> dict[str, str]:
        pairs = {path: self.canonical[id(value)] for path, value in self.objects()}
        return {path: home for path, home in pairs.items() if path != home}

    def callables(self) -> dict[str, Any]:
        """Canonical path -> the object; the applications' networks are known by name alone."""
        pairs = {self.canonical[id(value)]: value for _, value in self.objects()}
        return {path: value for path, value in pairs.items() if not path.startswith("keras.applications.")}

    def bases(self, cls: type) -> list[str]:
        known = self.canonical
        return [known[id(base)] for base in cls.__mro__[1:] if id(base) in known]


def is_a(value: object, *classes: type) -> bool:
    return isinstance(value, type) and issubclass(value, classes)


def plain(value: object) -> object:
    """A default as JSON, or as `{"repr": ...}` without addresses."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is float and json.loads(json.dumps(value)) == value and abs(value) != float("inf"):
        return value
    name = getattr(value, "__qualname__", None)
    return {"repr": str(name) if name else re.sub(r" at 0x[0-9a-f]+", "", repr(value))}


def parameters(function: Callable[..., Any], bound: bool = False) -> list[list[object]]:
    """`[name, kind, default]` for each parameter, no default for what is required; `bound`: without self."""
    listed = list(inspect.signature(function).parameters.values())[bound:]
    return [[p.name, KINDS[p.kind], *([] if p.default is p.empty else [plain(p.default)])] for p in listed]


def constructor(cls: type) -> list[list[object]]:
    """What the class itself is called with."""
    made = cls.__dict__.get("__new__")
    if cls.__init__ is object.__init__:  # type: ignore[misc]
        return parameters(made.__func__, bound=True) if isinstance(made, staticmethod) else []
    return parameters(cls.__init__, bound=True)  # type: ignore[misc]


def methods(cls: type, inherited: dict[str, list[list[object]]]) -> dict[str, list[list[object]]]:
    """The public methods whose parameters are not those that `inherited` already tells."""
    found = {}
    for name in public(cls):
        raw = inspect.getattr_static(cls, name)
        if not callable(raw) and not isinstance(raw, (classmethod, staticmethod)) or isinstance(raw, type):
            continue
        listed = parameters(getattr(cls, name), bound=not isinstance(raw, (classmethod, staticmethod)))
        if inherited.get(name) != listed:
            found[name] = listed
    return found
