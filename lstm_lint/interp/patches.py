"""What a file puts on things of its own and of a library: what it sets there, they have."""

import re
from collections.abc import Iterator, Sequence

_TARGETS = re.compile(r"[ \t]*[(\[]?[\w.,* \t\[\]]*\.")
_MORE_TARGETS = re.compile(r"[ \t]*(?:[,)\]][\w.,* \t\[\])]*|:[^\n]*)=(?!=)")
_GIVEN = re.compile(r"\s*=(?!=)")
_STORED = re.compile(r"\s*(?:=(?!=)|[:,)\]][^=(]*=(?!=)|in\b)")
_BOUND_AS = re.compile(r".*\bas\s+\w+\.")
_ANNOTATED = re.compile(r"\s*:")
_BY_TEXT = ("setattr", "__dict__", "__getattr", "vars(")


def sets(text: str, name: str) -> bool:
    """Does the file assign an attribute of this name, or set attributes by texts of which one is this name?"""
    for start, at, end in _found(text, f".{name}"):
        if _GIVEN.match(text, end) or (_MORE_TARGETS.match(text, end) and _TARGETS.fullmatch(text, start, at + 1)):
            return True
    return "setattr" in text and (f"'{name}'" in text or f'"{name}"' in text)


def set_nowhere(texts: Sequence[str], name: str) -> bool:
    """Does surely nothing in these texts give an instance this attribute?"""
    if any(word in text for text in texts for word in _BY_TEXT):
        return False
    return not any(_stores(text, name) for text in texts)


def _stores(text: str, name: str) -> bool:
    for start, at, end in _found(text, name):
        if at and text[at - 1] == ".":
            word_ends = not text[end : end + 1].isidentifier()
            if _STORED.match(text, end) or (word_ends and _BOUND_AS.fullmatch(text, start, at)):
                return True
        elif not text[start:at].strip() and _ANNOTATED.match(text, end):
            return True
    return False


def _found(text: str, words: str) -> Iterator[tuple[int, int, int]]:
    """Where the words stand: the start of their line, their start and their end."""
    at = text.find(words)
    while at >= 0:
        yield text.rfind("\n", 0, at) + 1, at, at + len(words)
        at = text.find(words, at + 1)
