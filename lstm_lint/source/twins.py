"""A node and its twin in libcst's tree of the same text: they have the same place among the same names."""

from collections.abc import Iterator, Sequence
from typing import Any

import libcst

from lstm_lint.source import nodes

Pair = tuple[nodes.Node, Any]

WRAPPERS = {
    "AsName": "name",
    "AssignTarget": "target",
    "CompIf": "test",
    "Decorator": "decorator",
    "Element": "value",
    "Index": "value",
    "MatchOrElement": "pattern",
    "MatchSequenceElement": "value",
    "NameItem": "name",
    "SubscriptElement": "slice",
}
"""Nodes of libcst's that add only blanks to what this field holds: they are not in the tree that is run."""


def twins(node: nodes.Node, other: Any) -> Iterator[Pair]:
    """All pairs in two trees of the same text."""
    waiting = [(node, other)]
    while waiting:
        one, two = waiting.pop()
        yield one, two
        for name in nodes.names_of(type(one)):
            inner = getattr(one, name)
            if isinstance(inner, nodes.Node):
                waiting.append((inner, meant(inner, getattr(two, name))))
            elif isinstance(inner, tuple):
                waiting += _in_order(one, inner, getattr(two, name, ()), two)


def meant(node: nodes.Node, other: Any) -> Any:
    """What stands in the wrappers, unless the node is one of them."""
    name = type(other).__name__
    while name in WRAPPERS and name != type(node).__name__:
        other = getattr(other, WRAPPERS[name])
        name = type(other).__name__
    return other


def _in_order(node: nodes.Node, mine: tuple[Any, ...], theirs: Any, other: Any) -> Iterator[Pair]:
    if type(node) is nodes.FormattedString:
        mine, theirs = tuple(each for each in mine if not isinstance(each, str)), tuple(_fields(other))
    elif type(node) is nodes.Subscript and not node.single:
        theirs = indices(theirs)
    for one, two in zip(mine, theirs, strict=True):
        yield one, meant(one, two)


def _fields(string: Any) -> Iterator[libcst.FormattedStringExpression]:
    """What stands in braces, in all parts of a concatenated string."""
    if isinstance(string, libcst.ConcatenatedString):
        yield from _fields(string.left)
        yield from _fields(string.right)
    elif isinstance(string, libcst.FormattedString):
        yield from (part for part in string.parts if isinstance(part, libcst.FormattedStringExpression))


def indices(elements: Sequence[libcst.SubscriptElement]) -> Sequence[Any]:
    """A tuple as an index may stand in parentheses."""
    index = elements[0].slice
    alone = len(elements) == 1 and not isinstance(elements[0].comma, libcst.Comma)
    inner = index.value if alone and isinstance(index, libcst.Index) else None
    return inner.elements if isinstance(inner, libcst.Tuple) else elements
