"""Where nodes stand, for those that somebody asks about: their lines, or the module, are written out, and only they noted.

libcst's own provider gives the same answers (the tests compare them) for seven times the price. The codegen state is
private API of libcst: `before_codegen`, `after_codegen` and `record_syntactic_position` are all that is used of it.
"""

import sys
from bisect import bisect_right
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import accumulate
from typing import Any

from libcst import Arg, BaseCompoundStatement, BaseSmallStatement, Call
from libcst._nodes.internal import CodegenState

from lstm_lint.findings import Span
from lstm_lint.records import dataclass, field
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.lines import line_offsets
from lstm_lint.source.tree import Source

Range = tuple[int, int]

# Writing out takes some four frames for a level of nesting; the guards keep nesting in bounds.
_FRAMES = 20_000
_NOTHING: AbstractContextManager[None] = nullcontext()


@dataclass(frozen=True)
class Written:
    """The offsets of the wanted nodes in the text.

    `inner` is without the blanks, comments and parentheses around a node, `outer` with what the node owns of them.
    `calls` tells to which argument of which call a wanted node belongs; all parts of such calls are noted too.
    `homes` tells where the simple statement begins that holds a wanted node; the header of a compound one has none.
    """

    inner: dict[object, Range]
    outer: dict[object, Range]
    calls: dict[object, tuple[Call, Arg]]
    homes: dict[object, int]

    def take(self, other: "Written") -> None:
        self.inner.update(other.inner)
        self.outer.update(other.outer)
        self.calls.update(other.calls)
        self.homes.update(other.homes)


def spans(source: Source, nodes: Iterable[object], lines: Collection[object] = ()) -> dict[object, Span]:
    """The syntactic position of each node of this file: without the blanks, comments and parentheses around it."""
    asked = dict.fromkeys(nodes)
    found = spans_in(source, write_out(source, asked, lines=lines))
    return {node: found[node] for node in asked if node in found}


def spans_in(source: Source, written: Written) -> dict[object, Span]:
    """The spans of all nodes that were noted."""
    starts = line_starts(source.text)
    return {node: span_at(starts, *where) for node, where in written.inner.items()}


def span_at(starts: list[int], start: int, end: int) -> Span:
    """The span between two offsets, given `line_starts`."""
    row, end_row = bisect_right(starts, start), bisect_right(starts, end)
    return Span(row, start - starts[row - 1] + 1, end_row, end - starts[end_row - 1] + 1)


def write_out(
    source: Source, nodes: Iterable[object], *, with_calls: bool = False, lines: Collection[object] = ()
) -> Written:
    """`lines`: where the nodes stand, as far as that is known; if all of them stand there, nothing else is written."""
    wanted = set(nodes)
    of_lines = _of_lines(source, wanted, with_calls, set(lines)) if lines else None
    if of_lines is not None:
        return of_lines
    notes = _notes(source, wanted, with_calls)
    with frames(_FRAMES):
        source.tree._codegen(notes)
    return notes.written(*_offsets(source.text, notes.tokens))


def _of_lines(source: Source, wanted: set[object], with_calls: bool, lines: set[object]) -> Written | None:
    """None if they don't hold all that is wanted."""
    found = Written({}, {}, {}, {})
    for line, start, offset in line_offsets(source, lines):
        notes = _notes(source, wanted, with_calls)
        notes.increase_indent(source.text[start:offset])
        with frames(_FRAMES):
            for number, part in enumerate(line.body, 1):
                part._codegen(notes, default_semicolon=number < len(line.body))
        if not source.text.startswith("".join(notes.tokens), offset):
            return None
        offsets = list(accumulate(map(len, notes.tokens), initial=offset))
        found.take(notes.written(offsets, offsets))
    return found if wanted <= found.inner.keys() else None


def _notes(source: Source, wanted: set[object], with_calls: bool) -> "_Notes":
    return _Notes(source.tree.default_indent, source.tree.default_newline, wanted=set(wanted), with_calls=with_calls)


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


@contextmanager
def frames(limit: int) -> Generator[None]:
    """Room for deep recursion. Frames of Python functions lie on the heap, so this costs the C stack nothing."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, before))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


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

    def written(self, starts: list[int], ends: list[int]) -> Written:
        """The offsets of what was noted, given those after so many tokens."""
        last = len(ends) - 1  # the final line end may have been taken back

        def ranges(noted: dict[object, Range]) -> dict[object, Range]:
            return {node: (starts[min(start, last)], ends[min(end, last)]) for node, (start, end) in noted.items()}

        homes = {node: starts[home] for node, home in self.homes.items()}
        return Written(ranges(self.outer | self.inner), ranges(self.outer), self.calls, homes)

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
