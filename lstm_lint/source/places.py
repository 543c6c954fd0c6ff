"""Where nodes stand, for those that somebody asks about: libcst reads their lines, or the module, and writes them out.

libcst's own provider gives the same answers (the tests compare them) for seven times the price. The codegen state is
private API of libcst: `before_codegen`, `after_codegen` and `record_syntactic_position` are all that is used of it.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import accumulate
from typing import Any

from libcst import Arg, BaseCompoundStatement, BaseSmallStatement, Call
from libcst._nodes.internal import CodegenState

from lstm_lint.findings import Span
from lstm_lint.records import dataclass, field
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.nodes import SimpleStatementLine, within
from lstm_lint.source.text import Broken
from lstm_lint.source.tree import Source, frames, whole
from lstm_lint.source.twins import twins

Range = tuple[int, int]

_NOTHING: AbstractContextManager[None] = nullcontext()


@dataclass(frozen=True)
class Written:
    """The offsets of the wanted nodes in the text, by their twins in libcst's tree.

    `inner` is without the blanks, comments and parentheses around a node, `outer` with what the node owns of them.
    `calls` tells to which argument of which call a wanted node belongs; all parts of such calls are noted too.
    `homes` tells where the simple statement begins that holds a wanted node; the header of a compound one has none.
    """

    inner: dict[object, Range]
    outer: dict[object, Range]
    calls: dict[object, tuple[Call, Arg]]
    homes: dict[object, int]
    twins: dict[object, Any]

    def take(self, other: "Written") -> None:
        self.inner.update(other.inner)
        self.outer.update(other.outer)
        self.calls.update(other.calls)
        self.homes.update(other.homes)
        self.twins.update(other.twins)

    def range(self, node: object) -> Range | None:
        return self.inner.get(self.twins.get(node))


def spans(source: Source, nodes: Iterable[object], lines: Collection[object] = ()) -> dict[object, Span]:
    """The syntactic position of each node of this file: without the blanks, comments and parentheses around it."""
    return spans_in(source, write_out(source, nodes, lines=lines))


def spans_in(source: Source, written: Written) -> dict[object, Span]:
    """The spans of all nodes that were wanted."""
    starts = line_starts(source.text)
    found = ((node, written.range(node)) for node in written.twins)
    return {node: span_at(starts, *where) for node, where in found if where is not None}


def span_at(starts: list[int], start: int, end: int) -> Span:
    """The span between two offsets, given `line_starts`."""
    row, end_row = bisect_right(starts, start), bisect_right(starts, end)
    return Span(row, start - starts[row - 1] + 1, end_row, end - starts[end_row - 1] + 1)


def write_out(
    source: Source, nodes: Iterable[object], *, with_calls: bool = False, lines: Collection[object] = ()
) -> Written:
    """`lines`: where the nodes stand, as far as that is known; if all of them stand there, nothing else is read."""
    wanted = frozenset(nodes)
    of_lines = _of_lines(source, wanted, with_calls, set(lines)) if lines else None
    return of_lines or _of_module(source, wanted, with_calls)


def _of_module(source: Source, wanted: frozenset[object], with_calls: bool) -> Written:
    with frames():
        tree = whole(source.text)
        pairs: dict[object, Any] = {one: two for one, two in twins(source.tree, tree) if one in wanted}
        notes = _Notes(tree.default_indent, tree.default_newline, wanted=set(pairs.values()), with_calls=with_calls)
        tree._codegen(notes)
    return notes.written(*_offsets(source.text, notes.tokens), pairs)


def _of_lines(source: Source, wanted: frozenset[object], with_calls: bool, lines: set[object]) -> Written | None:
    """None if they don't hold all that is wanted."""
    found = Written({}, {}, {}, {}, {})
    starts = line_starts(source.text)
    for line in lines:
        if not isinstance(line, SimpleStatementLine) or wanted.isdisjoint(within(line)):
            continue  # it may be of another file
        if not line.row:
            return None
        offset = starts[line.row - 1] + line.column - 1
        text = source.text[offset : starts[line.end] if line.end < len(starts) else len(source.text)]
        read = _of_line(line, text, offset, wanted, with_calls)
        if read is None:
            return None
        found.take(read)
    return found if all(map(found.range, wanted)) else None


def _of_line(
    line: SimpleStatementLine, text: str, offset: int, wanted: frozenset[object], with_calls: bool
) -> Written | None:
    with frames():
        try:
            tree = whole(text)
        except Broken:
            return None
        pairs: dict[object, Any] = {one: two for one, two in twins(line, tree.body[0]) if one in wanted}
        notes = _Notes("", tree.default_newline, wanted=set(pairs.values()), with_calls=with_calls)
        tree._codegen(notes)
    if "".join(notes.tokens) != text:
        return None
    offsets = list(accumulate(map(len, notes.tokens), initial=offset))
    return notes.written(offsets, offsets, pairs)


def _offsets(text: str, tokens: list[str]) -> tuple[list[int], list[int]]:
    """Where, after so many tokens, the next one starts, and where the one before ended."""
    offsets = [0, *accumulate(map(len, tokens))]
    if "".join(tokens) == text:
        return offsets, offsets
    # libcst forgets a form feed before a statement, the blank in `except A :`, empty lines before a last comment.
    starts, ends, position = [], [0], 0
    for token in tokens:
        while not text.startswith(token, position) and text[position : position + 1].isspace():
            position += 1
        starts.append(position)
        position += len(token)
        ends.append(position)
    return [*starts, len(text)], ends


@dataclass
class _Notes(CodegenState):
    """Notes how many tokens were written before and after each wanted node."""

    wanted: set[object] = field(default_factory=set)
    inner: dict[object, Range] = field(default_factory=dict)
    outer: dict[object, Range] = field(default_factory=dict)
    calls: dict[object, tuple[Call, Arg]] = field(default_factory=dict)
    homes: dict[object, int] = field(default_factory=dict)
    with_calls: bool = False
    open: list[int] = field(default_factory=list)
    home: int | None = None

    def written(self, starts: list[int], ends: list[int], pairs: dict[object, Any]) -> Written:
        """The offsets of what was noted, given those after so many tokens."""
        last = len(ends) - 1  # the final line end may have been taken back

        def ranges(noted: dict[object, Range]) -> dict[object, Range]:
            return {node: (starts[min(start, last)], ends[min(end, last)]) for node, (start, end) in noted.items()}

        homes = {node: starts[home] for node, home in self.homes.items()}
        return Written(ranges(self.outer | self.inner), ranges(self.outer), self.calls, homes, pairs)

    def before_codegen(self, node: Any) -> None:
        if self.with_calls:
            if type(node) is Call:
                self._call(node)
            elif isinstance(node, (BaseSmallStatement, BaseCompoundStatement)):
                self.home = len(self.tokens) if isinstance(node, BaseSmallStatement) else None
        if node in self.wanted:
            self.open.append(len(self.tokens))
            if self.home is not None:
                self.homes[node] = self.home

    def _call(self, call: Call) -> None:
        arguments = [each for each in call.args if each in self.wanted or each.value in self.wanted]
        self.calls |= {part: (call, each) for each in arguments for part in (each, each.value)}
        if arguments or call in self.wanted:
            self.wanted.update([call, call.func, *call.args, *(each.comma for each in call.args)])

    def after_codegen(self, node: Any) -> None:
        if node in self.wanted:
            self.outer[node] = self.open.pop(), len(self.tokens)

    def record_syntactic_position(  # type: ignore[override]  # any context manager serves `with`
        self, node: Any, *, start_node: Any = None, end_node: Any = None
    ) -> AbstractContextManager[None]:
        return self._record(node, start_node, end_node) if node in self.wanted else _NOTHING

    @contextmanager
    def _record(self, node: object, start_node: object, end_node: object) -> Iterator[None]:
        hoisted = {start_node, end_node} - {None}
        self.wanted |= hoisted  # they are still to be written
        start = len(self.tokens)
        yield
        end = len(self.tokens)
        if start_node is not None:
            start = (self.inner.get(start_node) or self.outer[start_node])[0]
        if end_node is not None:
            end = (self.inner.get(end_node) or self.outer[end_node])[1]
        self.inner[node] = start, end
