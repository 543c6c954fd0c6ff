"""Paths as the texts that they are."""

import posixpath
from typing import Any

from lstm_lint.library.tables import op
from lstm_lint.values.library import Call
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Const, Tuple, Value

TEXTS = "join basename dirname splitext normpath"


@op(*(f"os.path.{name}" for name in TEXTS.split()))
def text(registry: Any, call: Call) -> Value:
    values = [a.value.value if isinstance(a.value, Const) else None for a in call.arguments]
    if call.open or not values or not all(isinstance(value, str) for value in values):
        return Unknown("a path")
    result = getattr(posixpath, call.callee.rpartition(".")[2])(*values)
    return Tuple(tuple(map(Const, result))) if isinstance(result, tuple) else Const(result)


@op("pathlib.Path", "os.path.abspath", "os.path.expanduser", "os.path.realpath", "os.getcwd", "os.listdir", "glob.glob")
@op("os.path.exists", "os.path.isfile", "os.path.isdir", "os.makedirs", "os.path.getsize")
def outside(registry: Any, call: Call) -> Value:
    return Unknown(f"what {call.callee} finds")
