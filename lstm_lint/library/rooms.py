"""The rooms of the library, opened when a name that they know is first asked for.

`index.json` tells which room knows which name; `python tools/library_index.py` writes it anew.
"""

import json
from importlib import import_module
from pathlib import Path

ROOMS = (
    "arrays.elements",
    "arrays.reducing",
    "arrays.joining",
    "arrays.making",
    "arrays.products",
    "arrays.shaping",
    "keras.asking",
    "keras.attention",
    "keras.begun",
    "keras.building",
    "keras.cells",
    "keras.cloning",
    "keras.comparing",
    "keras.convlstm",
    "keras.convolutional",
    "keras.core",
    "keras.custom",
    "keras.data",
    "keras.einsum",
    "keras.functional",
    "keras.lambdas",
    "keras.merging",
    "keras.normalizing",
    "keras.optimizing",
    "keras.pooling",
    "keras.preprocessing",
    "keras.private",
    "keras.recurrent",
    "keras.reshaping",
    "keras.saving",
    "keras.sequential",
    "keras.states",
    "keras.telling",
    "keras.tensors",
    "keras.training",
    "keras.vocabularies",
    "keras.weights",
    "keras.wholes",
    "keras.wrappers",
    "numpy.attributes",
    "numpy.drawing",
    "numpy.reading",
    "pandas.choosing",
    "pandas.methods",
    "pandas.tables",
    "python.classes",
    "python.commands",
    "python.containers",
    "python.fields",
    "python.functions",
    "python.iterating",
    "python.numbers",
    "python.paths",
    "python.records",
    "python.standard",
    "sklearn.datasets",
    "sklearn.preprocessing",
    "sklearn.splitting",
    "tensorflow.data",
    "tensorflow.tensors",
)


def _waiting() -> dict[str, list[str]]:
    rooms: dict[str, str] = json.loads((Path(__file__).parent / "index.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for room, names in rooms.items():
        for name in names.split():
            found.setdefault(name, []).append(room)
    return found


WAITING = _waiting()
"""Names whose rooms are not open yet."""


def fetch(name: str) -> None:
    """Open the rooms that know a name."""
    for room in WAITING.pop(name, ()):
        import_module(f"lstm_lint.library.{room}")


def open_all() -> None:
    for room in ROOMS:
        import_module(f"lstm_lint.library.{room}")
