"""Which strings name an activation, an initializer, a loss ...: all that stand near them are tried, case by case."""

from importlib import import_module
from types import ModuleType
from typing import Any

KINDS = {
    "activation": "activations",
    "initializer": "initializers",
    "regularizer": "regularizers",
    "constraint": "constraints",
    "loss": "losses",
    "metric": "metrics",
    "optimizer": "optimizers",
}
ALSO = {"losses": ("metrics",), "metrics": ("losses",), "activations": ("layers",)}
"""A metric may be named after a loss; in Keras 2 an activation after a layer."""


def identifiers(keras: Any) -> dict[str, list[str]]:
    """Per kind the strings that its `get` understands; those of an optimizer in small letters, as case does not count."""
    found = {}
    for kind, module in KINDS.items():
        near = {name for each in (module, *ALSO.get(module, ())) for name in _near(keras, each)}
        taken = {name for name in near if _understood(getattr(keras, module).get, name)}
        found[kind] = sorted({name.lower() for name in taken} if kind == "optimizer" else taken)
    return found


def _near(keras: Any, module: str) -> set[str]:
    """The names in a module, in the one that makes it up, and in the tables that these hold."""
    outer, names = getattr(keras, module), set[str]()
    inner = import_module(outer.get.__module__) if hasattr(outer, "get") else outer
    for each in (outer, inner):
        for name, held in vars(each).items():
            names.add(name)
            if isinstance(held, dict) and not name.startswith("__"):
                names.update(key for key in held if isinstance(key, str))
    names.update(getattr(getattr(inner, "LOCAL", None), "ALL_OBJECTS", ()) or ())
    return {name for name in names if not name.startswith("_")}


def _understood(get: Any, name: str) -> bool:
    """Some of Keras 2 give back what they do not know, and modules for what they should not."""
    try:
        return not isinstance(get(name), str | ModuleType | dict | None)
    except Exception:  # noqa: BLE001, whatever it raises, the name is not taken
        return False
