"""Fixes of the kinds asked for, as long as the file still parses; what overlaps has its turn in the next round."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from lstm_lint.findings import Applicability, Finding
from lstm_lint.outcome import File, Outcome, order

if TYPE_CHECKING:
    from lstm_lint.settings import Complain


def mend(file: File, found: Sequence[Finding], outcome: Outcome, kinds: Collection[Applicability]) -> bool:
    """Whether the file changed. A fix that would break it is a crash of ours, and the file stays as it is."""
    fixes = [each.fix for each in sorted(found, key=order) if each.fix and each.fix.applicability in kinds]
    if not fixes:
        return False
    from lstm_lint.source.edits import apply
    from lstm_lint.source.splice import fix_in_file
    from lstm_lint.source.text import Broken, decode

    text, encoding = decode(file.read())
    fixed, left_out = apply(text, [fix_in_file(text, fix) for fix in fixes])
    try:
        data = fixed.encode(encoding)
        _still_parses(file, data)
    except (Broken, UnicodeEncodeError) as broken:
        outcome.crashes.append(f"{file.path}: not fixed, a fix would break it; please report this ({broken})")
        return False
    outcome.changed(file, data, len(fixes) - len(left_out))
    return True


def _still_parses(file: File, data: bytes) -> None:
    """Raises Broken; each cell of a notebook that did parse must still do so."""
    from lstm_lint.source.tree import parse

    fixed = parse(file.path, data).notebook
    if fixed is not None:
        from lstm_lint.source.notebook import read

        before = {number for number, _ in read(file.read()).broken()}
        for number, broken in fixed.broken():
            if number not in before:
                raise broken


def write(outcome: Outcome, complain: "Complain") -> None:
    """What changed goes to disk, but not what was piped in."""
    from lstm_lint.source.text import decode
    from lstm_lint.source.write import write

    for file in (outcome.files[path] for path in outcome.before):
        try:
            if not file.piped:
                write(file.path, *decode(file.read()))
        except OSError as error:
            complain(f"{file.path}: cannot be written ({error.strerror})")
