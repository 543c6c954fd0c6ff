"""Arguments of a call come and go, with their commas, lines and indents, as a careful hand would do it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from libcst import Arg, Call, GeneratorExp

from lstm_lint.records import dataclass
from lstm_lint.source.lexer import newline_of
from lstm_lint.source.places import Written
from lstm_lint.source.text import NEWLINE
from lstm_lint.source.tree import Source


@dataclass(frozen=True, order=True)
class Cut:
    """Put `content` where the text from `start` to `end` was."""

    start: int
    end: int
    content: str = ""


def rewrite(source: Source, written: Written, call: Call, removed: Sequence[Arg], added: Sequence[str]) -> list[Cut]:
    """What is added takes the places of keyword arguments that go, as far as there are any, else it comes last."""
    pairs = list(zip((each for each in removed if each.keyword is not None), added, strict=False))
    gone = set(removed) - {argument for argument, _ in pairs}
    layout = _Layout(source.text, written, newline_of(source.text))
    cuts = [Cut(*written.inner[argument], text) for argument, text in pairs]
    cuts += layout.removals(call.args, gone)
    if texts := added[len(pairs) :]:
        cuts += layout.additions(call, [each for each in call.args if each not in gone], texts)
    return cuts


@dataclass(frozen=True)
class _Layout:
    code: str
    written: Written
    newline: str

    def removals(self, arguments: Sequence[Arg], gone: set[Arg]) -> Iterator[Cut]:
        previous: Arg | None = None
        runs = [(away, list(run)) for away, run in groupby(arguments, gone.__contains__)]
        for index, (away, run) in enumerate(runs):
            if away:
                following = runs[index + 1][1][0] if index + 1 < len(runs) else None
                yield self._removal(run, previous, following)
            previous = run[-1]

    def _removal(self, run: list[Arg], previous: Arg | None, following: Arg | None) -> Cut:
        inner = self.written.inner
        start, end = inner[run[0]][0], self._comma_end(run[-1])
        if self._indent(start) is not None and self._rest(end).strip()[:1] in ("", "#"):
            return Cut(self._line_start(start), self._next_line(end))
        if following is not None and "#" not in self.code[end : inner[following][0]]:
            return Cut(start, inner[following][0])
        if following is None and previous is not None and "#" not in self.code[inner[previous][1] : start]:
            return Cut(inner[previous][1], inner[run[-1]][1])
        return Cut(start, end)

    def additions(self, call: Call, kept: list[Arg], texts: Sequence[str]) -> Iterator[Cut]:
        written = self.written
        if not kept:
            opened = self.code.index("(", written.outer[call.func][1]) + 1
            yield Cut(opened, opened, ", ".join(texts))
            return
        last = kept[-1]
        start, end = written.inner[last]
        if isinstance(last.value, GeneratorExp) and not last.value.lpar and len(call.args) == 1:
            yield Cut(start, start, "(")
            yield Cut(end, end, f"), {', '.join(texts)}")
            return
        indent = self._indent(start)
        separator = f",{self.newline}{indent}" if indent is not None else ", "
        comma_end = self._comma_end(last) if last is call.args[-1] else end
        comment = indent is not None and self._rest(comma_end).lstrip().startswith("#")
        place = comma_end + len(self._rest(comma_end)) if comment else comma_end
        if comma_end > end:  # a trailing comma stays the style
            yield Cut(place, place, "".join(f"{separator[1:]}{text}," for text in texts))
        elif comment:
            yield Cut(end, end, ",")
            yield Cut(place, place, separator[1:] + separator.join(texts))
        else:
            yield Cut(end, end, separator + separator.join(texts))

    def _comma_end(self, argument: Arg) -> int:
        return self.written.inner.get(argument.comma, self.written.inner[argument])[1]

    def _line_start(self, offset: int) -> int:
        return max(self.code.rfind("\n", 0, offset), self.code.rfind("\r", 0, offset)) + 1

    def _indent(self, offset: int) -> str | None:
        """What stands before on the line, if that is only blank."""
        before = self.code[self._line_start(offset) : offset]
        return before if before.isspace() or not before else None

    def _rest(self, offset: int) -> str:
        line_end = NEWLINE.search(self.code, offset)
        return self.code[offset : line_end.start() if line_end else len(self.code)]

    def _next_line(self, offset: int) -> int:
        end = offset + len(self._rest(offset))
        return end + (2 if self.code.startswith("\r\n", end) else 1)
