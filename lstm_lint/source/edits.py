"""Changes to nodes become edits of the text; what lies outside of the edits stays as it is, byte for byte."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from libcst import Arg, Call

from lstm_lint.claims import Change
from lstm_lint.findings import Edit, Fix, Place
from lstm_lint.records import replace
from lstm_lint.source import nodes
from lstm_lint.source.arguments import Cut, rewrite
from lstm_lint.source.insert import (
    ATOMS,
    before_item,
    before_statement,
    behind_imports,
    flowing,
    instead_of_statement,
    once_more,
)
from lstm_lint.source.lexer import line_starts
from lstm_lint.source.places import Written, span_at, write_out
from lstm_lint.source.tree import Source


def parts_of(places: Iterable[Place]) -> list[object]:
    """The nodes at these places, and an argument's value."""
    return [node for place in places for node in _parts(place.node)]


def places_of(changes: Sequence[Change]) -> list[Place]:
    return [place for change in changes for place in (change.place, *_quoted(change))]


def edits(source: Source, changes: Sequence[Change], written: Written | None = None) -> tuple[Edit, ...]:
    """The edits that make all `changes`, in the order of the text; none if one cannot be made: half a repair is none.

    `written` is the module written out with the nodes of these changes noted, for who has several to make.
    """
    places = places_of(changes)
    if any(place.file is not source for place in places):
        return ()
    written = written or write_out(source, parts_of(places), with_calls=True)
    if not all(written.range(place.node) for place in places):
        return ()
    changes = [_twin(each, written) for each in changes]
    if not all(_fits(written, each) for each in changes):
        return ()
    made = [*_simple(source, written, changes), *_of_calls(source, written, changes)]
    cuts = sorted(dict.fromkeys(made), key=lambda cut: (cut.start, cut.end) if cut is not None else (-1, -1))
    if None in cuts or any(first.end > second.start for first, second in pairwise(filter(None, cuts))):
        return ()
    starts = line_starts(source.text)
    return tuple(Edit(span_at(starts, cut.start, cut.end), cut.content) for cut in cuts if cut is not None)


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


def _quoted(change: Change) -> tuple[Place, ...]:
    """The places whose text the change repeats."""
    return () if isinstance(change.text, str) else tuple(each for each in change.text if isinstance(each, Place))


def _parts(node: object) -> tuple[object, ...]:
    return (node, node.value) if isinstance(node, nodes.Arg) else (node,)


def _twin(change: Change, written: Written) -> Change:
    """The same of libcst's nodes, which know their commas and parentheses."""

    def twin(place: Place) -> Place:
        return replace(place, node=written.twins[place.node])

    text = change.text
    if not isinstance(text, str):
        text = tuple(twin(each) if isinstance(each, Place) else each for each in text)
    return replace(change, place=twin(change.place), text=text)


def _fits(written: Written, change: Change) -> bool:
    node = change.place.node
    if change.how in ("add-argument", "again", "become"):
        return isinstance(node, Call)
    if change.how == "rename":
        return node in written.calls and written.calls[node][1].keyword is not None
    return node in written.calls or change.how != "remove-argument"


def _text(source: Source, written: Written, change: Change) -> str:
    if isinstance(change.text, str):
        return change.text
    return "".join(each if isinstance(each, str) else _own_text(source, written, each) for each in change.text)


def _own_text(source: Source, written: Written, place: Place) -> str:
    node = place.node.value if isinstance(place.node, Arg) else place.node
    start, end = (written.outer if _bracketed(node) else written.inner)[node]
    return source.text[start:end]


def _simple(source: Source, written: Written, changes: Sequence[Change]) -> Iterator[Cut | None]:
    """None for a change that cannot be made."""
    for change in changes:
        node = change.place.node
        start, end = written.inner[node]
        if _bracketed(node) and change.how in ("append", "prepend"):
            start, end = written.outer[node]
        text = _text(source, written, change)
        match change.how:
            case "replace":
                lost = "#" in source.text[start:end] and "\n" in source.text[start:end]
                yield None if lost else Cut(start, end, flowing(source, start, text))
            case "prepend":
                yield Cut(start, start, text)
            case "append":
                if isinstance(node, Arg):
                    start, _ = written.inner[node.value]
                yield from _appended(node, start, end, text)
            case "rename":
                argument = written.calls[node][1]
                start, _ = written.inner[argument]
                yield Cut(start, start + len(argument.keyword.value if argument.keyword else ""), text)
            case "statement":
                yield before_statement(source, written, node, text)
            case "become":
                yield instead_of_statement(source, written, node, text)
            case "again":
                yield once_more(source, written, node, text)
            case "item":
                yield before_item(source, start, text)
            case "import":
                yield behind_imports(source, start, text)


def _bracketed(node: object) -> bool:
    return bool(getattr(node, "lpar", ()))


def _appended(node: object, start: int, end: int, text: str) -> Iterator[Cut]:
    """Behind what binds looser than a subscript, in parentheses of its own."""
    value = node.value if isinstance(node, Arg) else node
    if isinstance(value, ATOMS) or text[:1] not in ("[", ".") or _bracketed(value):
        yield Cut(end, end, text)
    else:
        yield Cut(start, start, "(")
        yield Cut(end, end, f"){text}")


def _of_calls(source: Source, written: Written, changes: Sequence[Change]) -> Iterator[Cut]:
    removed = [written.calls[change.place.node] for change in changes if change.how == "remove-argument"]
    adding = [(change.place.node, _text(source, written, change)) for change in changes if change.how == "add-argument"]
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
