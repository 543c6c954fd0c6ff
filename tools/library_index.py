"""Writes lstm_lint/library/index.json: which room of the library knows which name.

usage: python tools/library_index.py [--check]
"""

import json
import sys
from pathlib import Path

PATH = Path(__file__).parents[1] / "lstm_lint" / "library" / "index.json"
PACKAGE = "lstm_lint.library."


def index() -> str:
    """Every name by the module whose body registers it."""
    from lstm_lint.library import rooms, tables

    found: dict[str, set[str]] = {}
    plain = tables.Table.__setitem__

    def noting(table: tables.Table, key: tuple[str, str], function: object) -> None:
        frame = sys._getframe(1)
        while frame.f_code.co_name != "<module>" or not frame.f_globals["__name__"].startswith(PACKAGE):
            assert frame.f_back is not None
            frame = frame.f_back
        found.setdefault(frame.f_globals["__name__"].removeprefix(PACKAGE), set()).add(key[0])
        plain(table, key, function)

    tables.Table.__setitem__ = noting  # type: ignore[method-assign, assignment]
    rooms.WAITING.clear()
    rooms.open_all()
    ordered = {room: " ".join(sorted(names)) for room, names in sorted(found.items())}
    return json.dumps(ordered, indent=1) + "\n"


def main() -> None:
    text = index()
    if "--check" in sys.argv[1:]:
        sys.exit(0 if PATH.read_text(encoding="utf-8") == text else "library/index.json is stale")
    PATH.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
