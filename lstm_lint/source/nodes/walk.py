"""What stands within a node."""

from collections.abc import Iterator, Sequence

from lstm_lint.source.nodes.expressions import FormattedString, Name, Node, SimpleString
from lstm_lint.source.nodes.statements import FunctionDef

OF_FUNCTIONS = ("name", "params", "decorators", "body")


def names_of(kind: type[Node]) -> Sequence[str]:
    """The fields of such nodes."""
    return OF_FUNCTIONS if kind is FunctionDef else kind.__slots__


def within(node: Node) -> Iterator[Node]:
    """The node itself, then all nodes below it."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        held = (getattr(each, name) for name in names_of(type(each)))
        parts = [part for one in held for part in (one if isinstance(one, tuple) else (one,)) if isinstance(part, Node)]
        waiting += reversed(parts)


def words(node: Node) -> Iterator[str]:
    """The names and texts in it."""
    for each in within(node):
        if isinstance(each, Name):
            yield each.value
        elif isinstance(each, SimpleString):
            yield str(each.value)
        elif isinstance(each, FormattedString):
            yield from (part for part in each.parts if isinstance(part, str))
