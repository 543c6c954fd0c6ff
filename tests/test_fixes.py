"""What holds for every fix on every wrong program of the cards, and of whole files that are mended.

The result parses, lints without that finding, and differs from the original only inside the edits; and `--fix` keeps
line ends, encoding and all that it does not change.
"""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_lint.cards import cards
from lstm_lint.cli import main
from lstm_lint.findings import Finding, Fix, Severity
from lstm_lint.outcome import File
from lstm_lint.run import Terms, check
from lstm_lint.settings import Settings
from lstm_lint.source.edits import apply
from lstm_lint.source.lexer import line_starts
from tests.test_rules import WRONG, Program

TARGETS = ("keras2", "keras3")
HERE = Path(__file__).parent


def findings(text: str, target: str) -> list[Finding]:
    held = Settings(HERE, target=(target,))  # type: ignore[arg-type]
    return check([File(Path("program.py"), text.encode(), piped=True)], Terms(lambda _: held)).findings


def errors(text: str, target: str) -> set[str]:
    return {found.rule for found in findings(text, target) if found.severity is Severity.ERROR}


@dataclass(frozen=True)
class Mended:
    program: Program
    target: str
    finding: Finding
    fix: Fix
    text: str

    def __str__(self) -> str:
        return f"{self.program}-{self.target}-{self.finding.rule}"


def mended() -> Iterator[Mended]:
    for program in WRONG:
        for target in TARGETS:
            for finding in findings(program.text, target):
                if finding.fix is not None:
                    yield Mended(program, target, finding, finding.fix, apply(program.text, [finding.fix])[0])


EVERY = list(mended())


def test_there_are_fixes_of_many_rules() -> None:
    assert len({each.finding.rule for each in EVERY}) >= 10
    assert {each.fix.applicability for each in EVERY} == {"safe", "unsafe"}


@pytest.mark.parametrize("each", EVERY, ids=str)
def test_the_result_parses_without_that_finding(each: Mended) -> None:
    ast.parse(each.text)
    left = [found.message for found in findings(each.text, each.target) if found.rule == each.finding.rule]
    assert each.finding.message not in left


@pytest.mark.parametrize("each", EVERY, ids=str)
def test_only_the_edits_differ(each: Mended) -> None:
    """The stretches between the edits stand in the result, in their order, and nothing else but the edits' content."""
    before, starts, position, expected = each.program.text, line_starts(each.program.text), 0, ""
    for edit in each.fix.edits:
        start = starts[edit.span.row - 1] + edit.span.column - 1
        expected += before[position:start] + edit.content
        position = starts[edit.span.end_row - 1] + edit.span.end_column - 1
    assert each.text == expected + before[position:]


@pytest.mark.parametrize("each", EVERY, ids=str)
def test_nothing_new_is_wrong(each: Mended) -> None:
    """A fix brings no error of another rule into a program that had none of it."""
    assert errors(each.text, each.target) <= errors(each.program.text, each.target)


OLD = (HERE / "migration" / "keras1_stateful.py").read_text(encoding="utf-8")
ENCODINGS = [
    ("utf-8", ""),
    ("utf-8-sig", ""),
    ("latin-1", "# -*- coding: latin-1 -*-\n"),
    ("cp1252", "# coding: cp1252\n"),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(("encoding", "head"), ENCODINGS, ids=[name for name, _ in ENCODINGS])
def test_line_ends_and_encoding_stay(tmp_path: Path, encoding: str, head: str, newline: str) -> None:
    path = tmp_path / "old.py"
    text = f"{head}# \N{LATIN SMALL LETTER U WITH DIAERESIS}ber\n{OLD}# the end, without a line end"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert main(["check", "--target", "keras3", "--fix", str(path)]) == 0
    data = path.read_bytes()
    after = data.decode(encoding)
    assert after.count("\r\n") == (after.count("\n") if newline == "\r\n" else 0)
    assert ("\r" in after) == ("\r" in newline) and ("\n" in after) == ("\n" in newline)
    kept = after.replace(newline, "\n").split("\n")
    assert kept[: len(head.splitlines()) + 1] == text.split("\n")[: len(head.splitlines()) + 1]
    assert kept[-1] == "# the end, without a line end"
    assert data.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")


LINES = [
    "x = 1",
    "# a comment: é",
    "if x:\n    y = 2",
    "",
    "def f():\n    return 3",
    "text = '''\na\n'''",
    "\tz = 1".strip(),
]
WRONG_LINES = [
    "from keras.layers.recurrent import GRU",
    "a = keras.layers.LSTM(8, init='uniform', consume_less='cpu')",
    "b = keras.layers.LSTM(8,\n    inner_activation='tanh',  # why\n    implementation=1,\n)",
    "c = keras.Sequential([\n    keras.layers.LSTM(8, batch_input_shape=(2, 3, 4)),\n])",
    "d = keras.Sequential(); d.add(keras.layers.LSTM(8, batch_input_shape=(2, 3, 4)))",
    "e = keras.backend.concatenate([x, x])",
    "f = keras.optimizers.Adam(lr=0.1, decay=0.1)",
    "keep = keras.callbacks.ModelCheckpoint('a.hdf5', period=1)",
    "if x: keras.layers.CuDNNLSTM(3)",
    "from keras.utils import np_utils, plot_model",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(LINES + WRONG_LINES), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_mended_parses_and_is_mended_for_good(lines: list[str], newline: str) -> None:
    text = "\n".join(["import keras", "x = 0", *lines]) + "\n"
    held = Settings(HERE, target=("keras3",))
    path = Path("program.py")
    data = text.replace("\n", newline).encode()
    outcome = check([File(path, data, piped=True)], Terms(lambda _: held), fix=("safe", "unsafe"))
    assert outcome.crashes == []
    after = outcome.files[path].read()
    ast.parse(after)
    assert newline == "\n" or after.count(b"\r\n") == after.count(b"\n")
    again = check([File(path, after, piped=True)], Terms(lambda _: held), fix=("safe", "unsafe"))
    assert again.files[path].read() == after
    for line in lines:
        assert line in WRONG_LINES or line.replace("\n", newline).encode() in after


def test_unsafe_fixes_are_made_only_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "save.py"
    path.write_text("import keras\n\nkeras.layers.LSTM(8)\nkeep = keras.callbacks.ModelCheckpoint('a.hdf5')\n")
    before = path.read_bytes()
    assert main(["check", "--target", "keras3", "--fix", str(path)]) == 1
    assert path.read_bytes() == before
    assert "1 hidden fix can be enabled with the `--unsafe-fixes` option" in capsys.readouterr().out
    assert main(["check", "--target", "keras3", "--unsafe-fixes", str(path)]) == 1
    assert "[*] 1 fixable with the `--fix` option." in capsys.readouterr().out
    assert main(["check", "--target", "keras3", "--unsafe-fixes", "--fix", str(path)]) == 0
    assert "'a.hdf5'" not in path.read_text() and '"a.keras"' in path.read_text()


def test_statistics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "old.py"
    path.write_text("from keras.layers.recurrent import LSTM\nimport keras\nkeras.layers.LSTM(8, init='zeros')\n" * 2)
    main(["check", "--target", "keras3", "--statistics", str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["2\tRNN202\t[*] removed-argument", "2\tRNN213\t[*] gone-name"]
    assert lines[2] == "Found 4 errors."
    main(["check", "--target", "keras3", "--statistics", "--output-format", "json", str(path)])
    first, _ = json.loads(capsys.readouterr().out)
    assert first == {"code": "RNN202", "name": "removed-argument", "count": 2, "fixable": True, "fixable_count": 2}
    assert main(["check", "--statistics", "--output-format", "github", str(path)]) == 2


def test_rules_for_tools(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--output-format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told] == [each.code for each in cards()]
    assert all(
        each["summary"] and each["severity"] and each["explanation"].startswith(f"# {each['name']}") for each in told
    )
