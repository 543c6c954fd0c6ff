"""The command line over real files: what is printed, what is written, which code it exits with.

Interpreter, library and checks are toys here: a call `bad(...)` is a mistake in both generations, `bad2` and `bad3`
in one, `hint` merely a note; `good` is what mends them; `crash` brings our own code down.
"""

import io
import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lstm_lint import cards, checks, interp, library
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.cli import main
from lstm_lint.findings import Confirmation, Place
from lstm_lint.source import nodes
from lstm_lint.trace import Binding, LayerRow, ModelRow, Operation
from lstm_lint.values.dims import symbol
from lstm_lint.values.value import Const, Tensor

CARDS = {
    "RNN001": ("broken-syntax", '"error"', "files"),
    "RNN002": ("bad-encoding", '"error"', "files"),
    "RNN003": ("binary-file", '"error"', "files"),
    "RNN004": ("unreadable-file", '"error"', "files"),
    "RNN007": ("broken-notebook", '"error"', "files"),
    "RNN009": ("unused-allow", '"info"', "files"),
    "RNN101": ("bad", '{keras2 = "warning", keras3 = "error"}', "calls"),
    "RNN102": ("bad2", '{keras2 = "error"}', "calls"),
    "RNN103": ("bad3", '{keras3 = "error"}', "calls"),
    "RNN104": ("worse", '"error"', "calls"),
    "RNN201": ("hint", '"info"', "advice"),
}
FIXED = {"bad": "good", "bad3": "good", "hint": "good", "worse": "worse worse"}


@dataclass
class ToyTrace:
    source: object
    operations: list = field(default_factory=list)
    models: list = field(default_factory=list)
    bindings: list = field(default_factory=list)


def calls(trace):
    found = [node for node in nodes.within(trace.source.tree) if isinstance(node, nodes.Call)]
    return [(call.func.value, call) for call in found if isinstance(call.func, nodes.Name)]


def toy_judge(trace, target):
    for name, call in calls(trace):
        if name == "crash":
            raise ZeroDivisionError("the toy divided by zero")
        if name in [card[0] for card in CARDS.values()] and target in cards.card(name).severities:
            yield claim(trace, name, call)


def claim(trace, name, call):
    place = Place(trace.source, call)
    change = Change(Place(trace.source, call.func), "replace", FIXED.get(name, ""))
    remedy = Remedy("call good", (change,)) if name in FIXED else None
    trail = ((place, "x: (None, 8)"), (place, f"{name}: here Keras stops"))
    return Claim(
        name,
        place,
        f"{name} is 100% wrong",
        hint="call good instead",
        trail=trail,
        remedy=remedy,
        operation=Operation(place=place),
    )


@pytest.fixture(autouse=True)
def toys(monkeypatch, tmp_path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    for code, (name, severity, group) in CARDS.items():
        head = f'```toml\ncode = "{code}"\nseverity = {severity}\ngroup = "{group}"\n```'
        (folder / f"{name}.md").write_text(f"# {name}\n\n{head}\n\nSays that {name} is called. And more.\n\n## Wrong\n")
    monkeypatch.setattr(cards, "folder", lambda: folder)
    cards.cards.cache_clear()
    cards._named.cache_clear()
    monkeypatch.setattr(checks, "judge", toy_judge, raising=False)
    monkeypatch.setattr(interp, "run", lambda source, library, project, rows=True: ToyTrace(source))
    monkeypatch.setattr(library, "load", lambda target: target, raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "TF_USE_LEGACY_KERAS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    yield
    cards.cards.cache_clear()
    cards._named.cache_clear()


HEAD = "from keras.layers import LSTM\n"


def put(name: str, text: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def found(capsys, *argv: str) -> list[tuple[object, ...]]:
    main(["check", "--output-format", "json", *argv])
    return [(each["location"]["row"], each["name"], each["severity"], *each["target"]) for each in read(capsys)]


def read(capsys):
    return json.loads(capsys.readouterr().out)


EXITS = [
    ("good()", [], 0),
    ("", [], 0),
    ("bad()", [], 1),
    ("hint()", [], 0),
    ("bad()", ["--exit-zero"], 0),
    ("bad()", ["--ignore", "bad"], 0),
    ("bad()", ["--ignore", "RNN1"], 0),
    ("bad()", ["--select", "advice"], 0),
    ("bad()", ["--select", "advice,RNN101"], 1),
    ("bad(", [], 1),
    (b"x = '\xe9'", [], 1),
    (b"x = 0\0\0", [], 1),
    ("good()", ["--select", "nonsense"], 2),
    ("good()", ["missing.py"], 2),
    ("bad()", ["missing.py", "--exit-zero"], 2),
    ("good()", ["--no-such-option"], 2),
    ("good()", ["--target", "keras4"], 2),
    ("crash()", [], 3),
    ("crash()", ["missing.py"], 3),
    ("crash()", ["--exit-zero"], 3),
]


@pytest.mark.parametrize(("text", "options", "code"), EXITS)
def test_exit_codes(text, options, code):
    body = text if isinstance(text, bytes) else HEAD * bool(text) + text
    put("a.py", body if isinstance(body, str) else HEAD.encode() + body)
    assert main(["check", "a.py", *options]) == code


def test_a_directory_without_python_is_clean(capsys):
    put("empty/note.txt", "")
    assert main(["check", "empty"]) == 0
    assert capsys.readouterr().out == "All checks passed!\n"


def test_the_other_files_are_still_checked(capsys):
    for name, text in {"a.py": "crash()\n", "b.py": "bad()\n", "c.py": "bad(\n"}.items():
        put(name, HEAD + text)
    assert main(["check", "gone.py", "a.py", "b.py", "c.py", "--output-format", "json"]) == 3
    out, err = capsys.readouterr()
    assert [each["name"] for each in json.loads(out)] == ["bad", "broken-syntax"]
    assert "gone.py: no such file or directory" in err
    assert "a.py: lstm-lint crashed on this file, please report it (ZeroDivisionError: the toy divided by zero" in err


def test_nothing_passes_where_nothing_was_checked(capsys):
    put("a.py", HEAD)
    assert main(["check", "gone.py"]) == 2
    assert main(["check", "--select", "nonsense", "a.py"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.partition(": ")[2] for line in err.splitlines()] == [
        "gone.py: no such file or directory",
        "there is no rule 'nonsense'",
    ]


def test_an_unreadable_file_is_a_finding(capsys, monkeypatch):
    put("a.py", HEAD)
    monkeypatch.setattr(
        Path, "read_bytes", lambda self: (_ for _ in ()).throw(PermissionError(13, "Permission denied"))
    )
    assert main(["check", "--output-format", "concise", "a.py"]) == 1
    assert capsys.readouterr().out.startswith(
        "a.py:1:1: RNN004 unreadable-file this file cannot be read: Permission denied\n"
    )


TARGETS = [
    ("bad()", [], [(2, "bad", "error", "keras3")]),
    ("bad()", ["--target", "keras2"], [(2, "bad", "warning", "keras2")]),
    ("bad2(); bad3()", [], [(2, "bad3", "error", "keras3")]),
    (
        "bad2(); bad3()",
        ["--target", "keras3", "--target", "keras2"],
        [(2, "bad2", "error", "keras2"), (2, "bad3", "error", "keras3")],
    ),
    ("worse()", ["--target", "keras2", "--target", "keras3"], [(2, "worse", "error", "keras2", "keras3")]),
    (
        "bad()",
        ["--target", "keras2", "--target", "keras3"],
        [(2, "bad", "warning", "keras2"), (2, "bad", "error", "keras3")],
    ),
    ("import tf_keras\nbad2()", [], [(3, "bad2", "error", "keras2")]),
    ("os.environ['TF_USE_LEGACY_KERAS'] = '1'\nbad2()", [], [(3, "bad2", "error", "keras2")]),
    ("os.environ.setdefault('TF_USE_LEGACY_KERAS', 'True')\nbad2()", [], [(3, "bad2", "error", "keras2")]),
    ("os.environ['TF_USE_LEGACY_KERAS'] = '0'\nbad2()", [], []),
    ("from tf_keras.layers import LSTM\nbad3()", ["--target", "keras3"], [(3, "bad3", "error", "keras3")]),
]


@pytest.mark.parametrize(("text", "options", "expected"), TARGETS)
def test_targets(capsys, text, options, expected):
    put("a.py", HEAD + text)
    assert sorted(found(capsys, "a.py", *options)) == sorted(expected)


def test_the_target_comes_from_settings_environment_and_pins(capsys, monkeypatch):
    put("a.py", HEAD + "bad2()\n")
    put("requirements.txt", "tensorflow==2.15.0\n")
    assert found(capsys) == [(2, "bad2", "error", "keras2")]
    put("pyproject.toml", "[tool.lstm-lint]\ntarget = 'keras3'\n")
    assert found(capsys) == []
    Path("pyproject.toml").unlink()
    Path("requirements.txt").unlink()
    assert found(capsys) == []
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    assert found(capsys) == [(2, "bad2", "error", "keras2")]


def test_a_fix_is_offered_only_if_it_is_right_in_every_generation_asked(capsys):
    put("a.py", HEAD + "bad3()\nbad()\n")
    both = ["check", "a.py", "--output-format", "json", "--target", "keras2", "--target", "keras3"]
    assert main(both) == 1
    assert [(each["name"], bool(each["fix"])) for each in read(capsys)] == [
        ("bad3", False),
        ("bad", True),
        ("bad", True),
    ]
    main([*both[:-4], "--target", "keras3"])
    assert [(each["name"], bool(each["fix"])) for each in read(capsys)] == [("bad3", True), ("bad", True)]


def test_json_is_as_the_contract_says(capsys, tmp_path):
    put("a.py", HEAD + "y = bad(1)\n")
    main(["check", "--output-format", "json", "a.py"])
    start, end = {"row": 2, "column": 5}, {"row": 2, "column": 11}
    name = str(tmp_path / "a.py")
    edit = {"content": "good", "location": start, "end_location": {"row": 2, "column": 8}}
    assert read(capsys) == [
        {
            "code": "RNN101",
            "name": "bad",
            "message": "bad is 100% wrong",
            "filename": name,
            "location": start,
            "end_location": end,
            "cell": None,
            "fix": {"applicability": "safe", "message": "call good", "edits": [edit]},
            "url": None,
            "severity": "error",
            "target": ["keras3"],
            "trail": [
                {"filename": name, "location": start, "text": "x: (None, 8)"},
                {"filename": name, "location": start, "text": "bad: here Keras stops"},
            ],
            "confirmation": None,
        }
    ]


def test_text_shows_line_caret_trail_and_hint(capsys):
    put("a.py", HEAD + "\ty = bad(1)\n".lstrip("\t") + "hint()\n")
    main(["check", "a.py", "--ignore", "hint"])
    assert capsys.readouterr().out == (
        "a.py:2:5: RNN101 bad [*] bad is 100% wrong\n"
        "  |\n"
        "2 | y = bad(1)\n"
        "  |     ^^^^^^\n"
        "    a.py:2  x: (None, 8)\n"
        "    a.py:2  bad: here Keras stops\n"
        "  help: call good instead\n"
        "  fix: call good\n"
        "\n"
        "Found 1 error.\n"
        "[*] 1 fixable with the `--fix` option.\n"
    )


def test_notes_are_no_errors(capsys):
    put("a.py", HEAD + "hint()\n")
    main(["check", "a.py", "--output-format", "concise"])
    assert capsys.readouterr().out == (
        "a.py:2:1: RNN201 hint [*] hint is 100% wrong\nAll checks passed! 1 note.\n[*] 1 fixable with the `--fix` option.\n"
    )


COLOURS = [({}, False), ({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False), ({"FORCE_COLOR": ""}, False)]


@pytest.mark.parametrize(("environment", "coloured"), COLOURS)
def test_colour(capsys, monkeypatch, environment, coloured):
    put("a.py", HEAD + "bad()\n")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["check", "a.py"])
    assert ("\x1b[" in capsys.readouterr().out) is coloured
    main(["check", "a.py", "-o", "deep/out.txt"])
    assert "\x1b[" not in Path("deep/out.txt").read_text()
    assert capsys.readouterr().out == ""


def test_github(capsys, monkeypatch, tmp_path):
    put("sub/a,b.py", HEAD + "hint()\n" + "bad(\n1)\n" + "bad2()\n" * 12 + "bad(); bad()\n")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    monkeypatch.chdir("sub")
    assert main(["check", "--output-format", "github", "--target", "keras2"]) == 1
    lines = capsys.readouterr().out.splitlines()
    annotations = lines[: lines.index("::group::lstm-lint: all 16 findings")]
    assert [line.split(" ")[0] for line in annotations] == ["::error"] * 10 + ["::warning"] * 2 + ["::notice"]
    assert annotations[0] == (
        "::error title=lstm-lint (RNN102),file=sub/a%2Cb.py,line=5,endLine=5,col=1,endColumn=7"
        "::a,b.py:5:1: RNN102 bad2 bad2 is 100%25 wrong%0Ahelp: call good instead"
    )
    assert annotations[9] == "::error title=lstm-lint::3 more; the whole list stands in the log of this step"
    assert "line=3,endLine=4::" in annotations[10]
    assert lines[-1] == "::endgroup::"
    table = Path("summary.md").read_text()
    assert table.count("\n| `a,b.py:") == 16


def test_fix_writes_and_tells_what_is_left(capsys):
    path = put("a.py", HEAD + "bad(); bad(bad())\nbad2()\n")
    assert main(["check", "a.py", "--fix", "--target", "keras2"]) == 1
    assert path.read_text() == HEAD + "good(); good(good())\nbad2()\n"
    assert capsys.readouterr().out.endswith("Found 4 errors (3 fixed, 1 remaining).\n")
    assert main(["check", "a.py", "--fix"]) == 0


BYTES = [
    (b"x = 1\r\nbad()\r\n", b"x = 1\r\ngood()\r\n"),
    (b"# coding: latin-1\ny = '\xe9'; bad()", b"# coding: latin-1\ny = '\xe9'; good()"),
    (b"\xef\xbb\xbfbad()\n", b"\xef\xbb\xbfgood()\n"),
    (b"x = '''\x0c\xe2\x80\xa8'''; bad()\n", b"x = '''\x0c\xe2\x80\xa8'''; good()\n"),
]


@pytest.mark.parametrize(("before", "after"), BYTES)
def test_a_fix_keeps_every_other_byte(before, after):
    path = put("a.py", before + b"# LSTM")
    assert main(["check", "a.py", "--fix"]) == 0
    assert path.read_bytes() == after + b"# LSTM"


def test_fixes_come_to_an_end(capsys, monkeypatch):
    monkeypatch.setitem(FIXED, "bad", "bad")
    put("a.py", HEAD + "bad()\n")
    assert main(["check", "a.py", "--fix"]) == 1
    assert "1 remaining" in capsys.readouterr().out


def test_fix_leaves_a_file_that_it_would_break(capsys):
    path = put("a.py", HEAD + "worse()\n")
    assert main(["check", "a.py", "--fix"]) == 3
    assert path.read_text() == HEAD + "worse()\n"
    assert "a.py: not fixed, a fix would break it" in capsys.readouterr().err


def test_diff_writes_nothing(capsys):
    path = put("a.py", HEAD + "bad()\nbad2()")
    assert main(["check", "a.py", "--diff"]) == 1
    out, err = capsys.readouterr()
    assert (
        out == f"--- a.py\n+++ a.py\n@@ -1,3 +1,3 @@\n {HEAD}-bad()\n+good()\n bad2()\n\\ No newline at end of file\n"
    )
    assert err == "lstm-lint: would fix 1 error\n"
    assert path.read_text() == HEAD + "bad()\nbad2()"
    assert main(["check", "a.py", "--diff", "--ignore", "ALL"]) == 0


def pipe(monkeypatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_standard_input(capfd, monkeypatch):
    put("pyproject.toml", "[tool.lstm-lint]\nper-file-ignores = {'quiet.py' = ['ALL']}\n")
    for name, code in (([], 1), (["--stdin-filename", "loud.py"], 1), (["--stdin-filename", "quiet.py"], 0)):
        pipe(monkeypatch, HEAD + "bad()\n")
        assert main(["check", "-", "--output-format", "concise", *name]) == code
    out = capfd.readouterr().out.splitlines()
    assert out[0].startswith("-:2:1: RNN101")
    assert out[3].startswith("loud.py:2:1: RNN101")
    put("loud.py", "untouched")
    pipe(monkeypatch, HEAD + "bad()\n")
    assert main(["check", "-", "--fix", "--stdin-filename", "loud.py"]) == 0
    out, err = capfd.readouterr()
    assert out == HEAD + "good()\n"
    assert "1 fixed" in err
    assert Path("loud.py").read_text() == "untouched"


ALLOWS = [
    ("bad()  # lstm-lint: allow bad", []),
    ("bad()  # lstm-lint: allow RNN101", []),
    ("bad2()  # lstm-lint: allow bad2", []),
    ("good()  # lstm-lint: allow bad2", [(2, "unused-allow", "info", "keras3")]),
]


@pytest.mark.parametrize(("text", "expected"), ALLOWS)
def test_an_allow_is_unused_only_if_no_generation_needs_it(capsys, text, expected):
    put("a.py", HEAD + text)
    assert found(capsys, "a.py") == expected
    assert found(capsys, "a.py", "--select", "calls") == []


KERAS = ("Keras 3.15.1", "tensorflow 2.21.0", "cpu", "expected ndim=3", "import keras\n")


def test_confirmation(capsys, monkeypatch):
    from lstm_lint import confirm

    asked = []

    def ask(items, means):
        asked.append(([item.title for item in items], means.python, means.device))
        status = {"bad": "confirmed", "worse": "refuted", "bad3": "unconfirmed"}
        return [Confirmation(item.target, status[item.subject.rule], *KERAS) for item in items]

    monkeypatch.setattr(confirm, "confirm", ask)
    put("a.py", HEAD + "bad()\n")
    put("b.py", HEAD + "worse()\nbad3(); bad3()\n")
    assert main(["check", "--confirm", "--python", "py", "--device", "cpu", "--witness", "w"]) == 1
    out, err = capsys.readouterr()
    titles = ["bad, a.py:2", "worse, b.py:2", "bad3, b.py:3", "bad3, b.py:3"]
    assert asked == [([f"{title}: {title.split(',')[0]} is 100% wrong" for title in titles], "py", "cpu")]
    assert "confirmed (keras3: Keras 3.15.1, tensorflow 2.21.0, cpu): expected ndim=3" in out
    assert "worse" not in out
    refuted, counts = err.splitlines()
    assert refuted == "lstm-lint: Keras 3.15.1 refutes b-2-worse (expected ndim=3): please report it with its --witness"
    assert counts == "confirm: 1 confirmed, 1 refuted, 2 unconfirmed (keras3: Keras 3.15.1, tensorflow 2.21.0, cpu)"
    kept = ["a-2-bad-keras3", "b-2-worse-keras3", "b-3-bad3-keras3", "b-3-bad3-keras3-1"]
    assert sorted(path.stem for path in Path("w").iterdir()) == kept
    assert main(["check", "b.py", "--confirm", "--fix"]) == 0
    assert Path("b.py").read_text() == HEAD + "worse()\ngood(); good()\n"
    assert "confirm: 0 confirmed, 1 refuted, 0 unconfirmed" in capsys.readouterr().err


def test_our_own_crash_while_confirming_costs_the_verdicts_alone(capsys, monkeypatch):
    from lstm_lint import confirm

    monkeypatch.setattr(confirm, "confirm", lambda items, means: 1 / 0)
    put("a.py", HEAD + "bad()\n")
    assert main(["check", "--confirm", "--output-format", "json"]) == 3
    out, err = capsys.readouterr()
    assert [(each["name"], each["confirmation"]) for each in json.loads(out)] == [("bad", None)]
    assert "--confirm crashed, nothing is confirmed, please report it (ZeroDivisionError" in err


def test_a_crash_between_the_files_is_told_too(capsys, monkeypatch):
    monkeypatch.setattr("lstm_lint.run.check", lambda *_, **__: 1 / 0)
    assert main(["check"]) == 3
    assert "lstm-lint: crashed, please report it (ZeroDivisionError" in capsys.readouterr().err


def toy_run(source, library, project=None, rows=True):
    trace = ToyTrace(source)
    for name, call in calls(trace):
        place = Place(source, call)
        if name == "model":
            layer = LayerRow("lstm", "LSTM", place, [None, 5, 2], [None, 8], [[None, 8]] * 2, 352)
            trace.models.append(ModelRow("sequential", "sequential", place, None, (layer,), 352))
        elif name == "tensor":
            trace.bindings.append(Binding("x", place, Tensor((None, 5, symbol("n")), "numpy.ndarray")))
            trace.bindings.append(Binding("n", place, Const(3)))
    return trace


def test_summary(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(interp, "run", toy_run)
    put("a.py", "model()\nx = tensor()\n")
    put("b.py", "model(\n")
    assert main(["summary", "a.py", "b.py", "gone.py", "--output-format", "json"]) == 2
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert told["bindings"] == [{"name": "x", "location": {"row": 2, "column": 5}, "shape": [None, 5, "n"]}]
    (model,) = told["models"]
    assert (model["filename"], model["location"], model["params"]) == (
        str(tmp_path / "a.py"),
        {"row": 1, "column": 1},
        352,
    )
    assert model["layers"][0]["location"] == {"row": 1, "column": 1}
    assert "b.py:1:6: RNN001 broken-syntax" in err
    assert "gone.py: no such file" in err
    assert main(["summary", "a.py"]) == 0
    assert "│ lstm (LSTM)                     │ (None, 8)" in capsys.readouterr().out
    assert main(["summary", "b.py"]) == 1


def test_summary_confirms(capsys, monkeypatch):
    from lstm_lint import confirm

    monkeypatch.setattr(interp, "run", toy_run)
    monkeypatch.setattr(confirm, "confirm", lambda items, means: [Confirmation("keras3", "confirmed", *KERAS)])
    put("a.py", "model()\n")
    assert main(["summary", "a.py", "--confirm"]) == 0
    out, err = capsys.readouterr()
    assert " confirmed (keras3: Keras 3.15.1, tensorflow 2.21.0, cpu)" in out
    assert err.startswith("confirm: 1 confirmed, 0 refuted, 0 unconfirmed")


def test_show_files_and_settings(capsys, tmp_path):
    put("a.py", "")
    put("sub/b.py", "")
    put("sub/pyproject.toml", "[tool.lstm-lint]\nselect = ['calls']\n")
    assert main(["check", "--show-files"]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/a.py\n{tmp_path}/sub/b.py\n"
    assert main(["check", "--show-settings", "--target", "keras2"]) == 0
    out = capsys.readouterr().out
    assert f"# {tmp_path}/sub/pyproject.toml\n" in out
    tables = [tomllib.loads(part) for part in out.replace(f"{tmp_path}/sub/b.py\n", "").split(f"{tmp_path}/a.py\n")]
    assert [table["select"] for table in tables] == [["ALL"], ["calls"]]
    assert [table["target"] for table in tables] == [["keras2"], ["keras2"]]


def test_explain_and_rules(capsys):
    for word in ("bad", "RNN101", "rnn101"):
        assert main(["explain", word]) == 0
        assert capsys.readouterr().out.startswith("# bad\n")
    assert main(["explain", "unused-alow"]) == 2
    assert "did you mean 'unused-allow'?" in capsys.readouterr().err
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(CARDS)
    assert lines[-1].split(None, 3) == ["RNN201", "hint", "info", "Says that hint is called"]


def test_version_and_usage(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("lstm-lint 0.")
    assert main([]) == 2
    assert main(["chekc"]) == 2


def test_interrupted(monkeypatch):
    monkeypatch.setattr("lstm_lint.run.check", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    assert main(["check"]) == 130


def python(*argv: str, **options) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(cards.__file__).parents[1])}
    return subprocess.run(
        [sys.executable, *argv], capture_output=True, text=True, env=environment, check=False, **options
    )


def test_a_reader_that_leaves_is_no_traceback():
    for number in range(300):
        put(f"long_directory_name/{number:0200}.py", "")
    reader = f"{sys.executable} -m lstm_lint check --show-files | head -1; echo ${{PIPESTATUS[0]}}"
    environment = os.environ | {"PYTHONPATH": str(Path(cards.__file__).parents[1])}
    run = subprocess.run(["bash", "-c", reader], capture_output=True, text=True, env=environment, check=True)
    assert run.stderr == ""
    assert len(run.stdout.splitlines()) == 2


def test_nothing_to_parse_loads_no_parser():
    put("a.py", "print('nothing of ours')\n")
    program = "import sys; from lstm_lint.cli import main; main(['check']); print('libcst' in sys.modules)"
    assert python("-c", program).stdout.splitlines() == ["All checks passed!", "False"]


def test_as_a_module():
    assert python("-m", "lstm_lint", "--version").stdout.startswith("lstm-lint 0.")
