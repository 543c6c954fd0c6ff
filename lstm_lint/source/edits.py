"""Changes to nodes become edits of the text; what lies outside of the edits stays as it is, byte for byte."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from libcst import Call

from lstm_lint.claims import Change
from lstm_lint.findings import Edit, Fix
from lstm_lint.source.arguments import Cut, rewrite
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.places import Written, span_at, write_out
from lstm_lint.source.tree import Source


def edits(source: Source, changes: Sequence[Change]) -> tuple[Edit, ...]:
    """The edits that make all `changes`, in the order of the text; none if one cannot be made: half a repair is none."""
    if any(change.place.file is not source for change in changes):
        return ()
    written = write_out(source, [change.place.node for change in changes], with_calls=True)
    if not all(_possible(written, change) for change in changes):
        return ()
    made = [*_simple(written, changes), *_of_calls(source, written, changes)]
    cuts = sorted(dict.fromkeys(made), key=lambda cut: (cut.start, cut.end))
    if any(first.end > second.start for first, second in pairwise(cuts)):
        return ()
    starts = line_starts(source.text)
    return tuple(Edit(span_at(starts, cut.start, cut.end), cut.content) for cut in cuts)


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with the fixes made in one go, and the fixes left out because they overlap an earlier one."""
    starts = line_starts(text)
    taken: list[tuple[int, int, str]] = []
    left_out: list[Fix] = []
    for fix in fixes:
        pieces = [(*_offsets(starts, edit), edit.content) for edit in fix.edits]
        if any(_clash(piece, other) for piece in pieces for other in taken):
            left_out.append(fix)
        else:
            taken += pieces
    return _put(text, sorted(taken, key=lambda piece: piece[:2])), tuple(left_out)


def _possible(written: Written, change: Change) -> bool:
    node = change.place.node
    if node not in written.inner:
        return False
    if change.how == "add-argument":
        return isinstance(node, Call)
    if change.how == "rename":
        return node in written.calls and written.calls[node][1].keyword is not None
    return node in written.calls or change.how != "remove-argument"


def _simple(written: Written, changes: Sequence[Change]) -> Iterator[Cut]:
    for change in changes:
        node = change.place.node
        start, end = written.inner[node]
        if change.how == "replace":
            yield Cut(start, end, change.text)
        elif change.how == "append":
            behind = written.outer[node][1] if getattr(node, "rpar", ()) else end
            yield Cut(behind, behind, change.text)
        elif change.how == "rename":
            argument = written.calls[node][1]
            start, _ = written.inner[argument]
            yield Cut(start, start + len(argument.keyword.value if argument.keyword else ""), change.text)


def _of_calls(source: Source, written: Written, changes: Sequence[Change]) -> Iterator[Cut]:
    removed = [written.calls[change.place.node] for change in changes if change.how == "remove-argument"]
    adding = [(change.place.node, change.text) for change in changes if change.how == "add-argument"]
    added = [(node, text) for node, text in adding if isinstance(node, Call)]
    calls = dict.fromkeys([call for call, _ in (*removed, *added)])
    for call in calls:
        gone = [argument for owner, argument in removed if owner is call]
        yield from rewrite(source, written, call, gone, [text for owner, text in added if owner is call])


def _offsets(starts: list[int], edit: Edit) -> tuple[int, int]:
    span = edit.span
    return starts[span.row - 1] + span.column - 1, starts[span.end_row - 1] + span.end_column - 1


def _clash(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """Whether two edits touch the same text; two insertions at one place do, for their order is anybody's guess."""
    return one[:2] == other[:2] or (one[0] < other[1] and other[0] < one[1])


def _put(text: str, pieces: list[tuple[int, int, str]]) -> str:
    parts, last = [], 0
    for start, end, content in pieces:
        parts += [text[last:start], content]
        last = end
    return "".join([*parts, text[last:]])
