"""Calls that end the program."""

from typing import Any

from lstm_lint.library.tables import op
from lstm_lint.values.library import NEVER, Call
from lstm_lint.values.value import Value


@op("sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort")
def end(registry: Any, call: Call) -> Value:
    return NEVER
