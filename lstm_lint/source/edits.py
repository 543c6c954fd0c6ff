"""Changes to nodes become edits of the text; what lies outside of the edits stays as it is, byte for byte."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lstm_lint.claims import Change
from lstm_lint.findings import Edit
from lstm_lint.source.arguments import Cut, rewrite
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.places import Written, span_at, write_out
from lstm_lint.source.tree import Source


def edits(source: Source, changes: Sequence[Change]) -> tuple[Edit, ...]:
    """The edits that make all `changes`, in the order of the text; none if one cannot be made: half a repair is none."""
    if any(change.place.file is not source for change in changes):
        return ()
    written = write_out(source, [change.place.node for change in changes], with_calls=True)
    if written.code != source.text or not all(_possible(written, change) for change in changes):
        return ()
    cuts = sorted({*_simple(written, changes), *_of_calls(written, changes, source.tree.default_newline)})
    if any(first.end > second.start for first, second in pairwise(cuts)):
        return ()
    starts = line_starts(source.text)
    return tuple(Edit(span_at(starts, cut.start, cut.end), cut.content) for cut in cuts)


def _possible(written: Written, change: Change) -> bool:
    node = change.place.node
    if node not in written.inner:
        return False
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


def _of_calls(written: Written, changes: Sequence[Change], newline: str) -> Iterator[Cut]:
    removed = [written.calls[change.place.node] for change in changes if change.how == "remove-argument"]
    added = [(change.place.node, change.text) for change in changes if change.how == "add-argument"]
    calls = dict.fromkeys([*(call for call, _ in removed), *(call for call, _ in added)])
    for call in calls:
        gone = [argument for owner, argument in removed if owner is call]
        yield from rewrite(written, call, gone, [text for owner, text in added if owner is call], newline)
