"""What libcst cannot stand, found before it sees the text.

libcst's parser and every walk over its tree recurse: some 3,000 nested brackets or 5,000 chained calls end the process,
half of that takes seconds, and nested brackets in a `case`, or in a wrong `del`, cost up to four times as much with each
level. A cheap scan bounds how deep a text can possibly nest: no node without a character. Only a text over the bound is
looked at more closely, token by token and with Python's own parser. What passes nests no deeper
than LEVELS, which all later walks rely on. The tree itself takes some 3 kB and 25 microseconds for a token, hence TOKENS.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING

from lstm_lint.source.lexer import STRING
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import Broken

if TYPE_CHECKING:
    from ast import Module

LINE = 1_000
LEVELS = 1_000
BRACKETS = 100
LADDER = 500
PATTERN_BRACKETS = 8
TOKENS = 300_000

_GROUP = r"""\([^][(){}'"#\\\r\n]*+\)"""
_PLAIN = rf"{STRING}|#[^\r\n]*|\\(?:\r\n|.)|{_GROUP}|[][(){{}},;\r\n]"
_MARK = re.compile(rf"(?s:{_PLAIN}|l(?<!\wl)ambda\b|c(?<!\wc)ase\b|d(?<!\wd)el\b)")
_CODE = re.compile(rf"(?s:({STRING})|(#[^\r\n]*)|\\(?:\r\n|.))")
_WORD = re.compile(r"(\d[\w.]*|\w+)[^\S\r\n]*|[^\S\r\n]+")
_TELLING = ("lambda", "case", "del")
_LADDER = re.compile(r"^[^\S\r\n]*elif\b", re.MULTILINE)


def guard(text: str) -> None:
    """Raise Broken for a text that would crash or stall libcst."""
    levels, brackets, patterns = nesting(text)
    rungs = _rungs(text)
    if len(text) > TOKENS and len(_squeezed(text)) > TOKENS:
        raise Broken("file-too-large", f"more than {TOKENS:,} tokens are not read")
    shallow = levels <= LEVELS and brackets <= BRACKETS and rungs <= LADDER and patterns <= PATTERN_BRACKETS
    if shallow and max(map(len, text.split("\n"))) <= LINE:
        return
    if max(nesting(_squeezed(text))[0], rungs) > LEVELS:
        raise Broken("file-too-deep", f"more than {LEVELS:,} levels of nesting")
    tree = python_tree(text)
    if patterns > PATTERN_BRACKETS and _matches(tree):
        raise Broken("file-too-deep", f"more than {PATTERN_BRACKETS} open brackets in a `case`")


def _matches(tree: "Module") -> bool:
    from ast import Match, walk

    return any(isinstance(node, Match) for node in walk(tree))


def nesting(text: str) -> tuple[int, int, int]:
    """Upper bounds: characters that can lie within one another, brackets open at once, the same in a `case` or `del`.

    Along a comma nothing nests (but behind a lambda), nor along a line end outside of brackets; so the bound of a stretch
    between two commas is its own length plus that of the longest stretch inside its brackets.
    """
    own = held = inner = widest = last = deepest = pattern = 0
    stack: list[tuple[int, int, int, int]] = []
    in_pattern = False
    for match in _MARK.finditer(text):
        start, end = match.span()
        own, last = own + start - last, end
        mark = text[start]
        if mark == ",":
            widest = max(widest, own + inner)
            own = held
            inner = inner if held else 0
        elif mark in "\r\n;":
            if not stack or mark == ";":
                widest = max(widest, own + inner)
                own = held = inner = 0
                in_pattern = False
        elif mark in "\"'":
            own += 1 if text[start - 1] not in "fFrR" else _length(text, start, end)
        elif mark in "([{":
            depth = len(stack) + 1
            deepest = max(deepest, depth)
            if in_pattern:
                pattern = max(pattern, depth)
            if end - start > 1:
                own += 1
                inner = max(inner, end - start)
            else:
                stack.append((own, held, inner, widest))
                own = held = inner = widest = 0
        elif mark in ")]}":
            closed = max(widest, own + inner) + 1
            own, held, inner, widest = stack.pop() if stack else (own, held, inner, widest)
            own += 1
            inner = max(inner, closed)
        elif mark == "l":  # lambda
            own = held = own + 1
        else:  # case, del
            in_pattern = in_pattern or not stack
    while stack:
        closed = max(widest, own + inner) + 1
        own, held, inner, widest = stack.pop()
        inner = max(inner, closed)
    return max(widest, own + inner), deepest, pattern


def _length(text: str, start: int, end: int) -> int:
    """What a string adds: an f-string's fields nest as well, and a quote within a field may cut it in two."""
    prefix = text[max(start - 2, 0) : start].lower()
    if not prefix.endswith(("f", "fr", "rf")):
        return 1
    return LEVELS if text.count("{", start, end) != text.count("}", start, end) else end - start


def _squeezed(text: str) -> str:
    """The same text with one character for each word, number and string, and none for blanks and comments."""
    code = _CODE.sub(lambda mark: "0" if mark[1] else "" if mark[2] else " " if mark[0][1] in "\r\n" else mark[0], text)
    return _WORD.sub(lambda word: f"{word[1]} " if word[1] in _TELLING else "x" if word[1] else "", code)


def _rungs(text: str) -> int:
    """How long an `elif` ladder can be: as many as stand at one indentation."""
    if text.count("elif") <= LADDER:
        return 0
    return max(Counter(_LADDER.findall(text)).values(), default=0)
