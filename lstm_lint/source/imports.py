"""What a text imports, as its import lines say: a match on the text, for no tree is at hand yet."""

import re
from collections.abc import Iterator

from lstm_lint.source.text import NEWLINE

Import = tuple[int, str]
"""The leading dots, and the dotted name."""

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>[\w.]*)[ \t]+import[ \t]*(?P<names>\([^)]*\)|[^#;\r\n\\]*(?:\\\s[^#;\r\n\\]*)*)"
    r"|import[ \t]+(?P<modules>[^#;\r\n]*))",
    re.MULTILINE,
)
_COMMENT = re.compile(r"#[^\r\n]*")
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"\s*(\w[\w.]*)")


def imports(text: str) -> Iterator[Import]:
    """`from a import b` may mean the module `a.b`: it is given, and `a` after it."""
    for match in _lines(text):
        if match["modules"] is not None:
            yield from ((0, name) for name in _names(match["modules"]))
            continue
        dots, module = len(match["dots"]), match["module"]
        for name in _names(_COMMENT.sub("", match["names"]).strip("()")):
            yield dots, f"{module}.{name}" if module else name
        yield dots, module


def words(text: str) -> set[str]:
    """All words of its import lines: far cheaper than to read them."""
    found: set[str] = set()
    for match in _lines(text):
        found.update(_WORD.findall(match[0]))
    return found


def _lines(text: str) -> Iterator[re.Match[str]]:
    """The import lines: to look for the word first is far cheaper than to try each line."""
    end, at = 0, text.find("import")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        match = _IMPORT.match(text, start) if start >= end else None
        if match is not None:
            yield match
            end = match.end()
        at = text.find("import", max(end, at + 1))


def _names(listed: str) -> Iterator[str]:
    for each in listed.split(","):
        if name := _NAME.match(NEWLINE.sub(" ", each).replace("\\", " ")):
            yield name[1]
