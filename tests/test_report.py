"""Reports of findings and summaries that no file had to be checked for."""

import json
from pathlib import Path

import pytest

from lstm_lint.findings import Confirmation, Edit, Finding, Fix, Severity, Span, Step
from lstm_lint.report import github, out, summary, text
from lstm_lint.report import json as as_json
from lstm_lint.report.summary import BindingRow, LayerRow, ModelRow

HERE = Path("a.py")


def finding(span: Span, severity: Severity = Severity.ERROR, **more) -> Finding:
    given = {"code": "RNN101", "rule": "bad", "message": "wrong", "path": HERE, "targets": ("keras3",)} | more
    return Finding(severity=severity, span=span, **given)


def shown(one: Finding, *lines: str) -> list[str]:
    return text.render([one], lambda path, cell: lines, coloured=False).splitlines()


EXCERPTS = [
    (Span(1, 5, 1, 9), ["x = LSTM"], ["  |", "1 | x = LSTM", "  |     ^^^^"]),
    (Span(1, 1, 1, 1), ["x"], ["  |", "1 | x", "  | ^"]),
    (Span(1, 4, 1, 6), ["\tx = y"], ["  |", "1 |     x = y", "  |       ^^"]),
    (Span(1, 5, 1, 6), ["層 = y"], ["  |", "1 | 層 = y", "  |      ^"]),
    (Span(1, 1, 1, 2), ["x\x1b[31m"], ["  |", "1 | x\ufffd[31m", "  | ^"]),
    (
        Span(9, 5, 11, 2),
        [*[""] * 8, "x = f(", "    1,", ")"],
        ["   |", " 9 | x = f(", "   |     ^^", "10 |     1,", "   |     ^^", "11 | )", "   | ^"],
    ),
    (
        Span(1, 1, 9, 1),
        ["a"] * 9,
        ["  |", "1 | a", "  | ^", "2 | a", "  | ^", "3 | a", "  | ^", "4 | a", "  | ^", "  | ..."],
    ),
    (Span(1, 1, 1, 1), [], []),
    (Span(7, 1, 7, 1), ["x"], []),
]


@pytest.mark.parametrize(("span", "lines", "expected"), EXCERPTS)
def test_excerpt(span, lines, expected):
    assert shown(finding(span), *lines)[1:-1] == expected


def test_a_message_cannot_begin_a_line_of_its_own():
    sly = finding(Span(1, 1, 1, 2), message="x\n::error::y", path=Path("a\n::error::b.py"), hint="p\nq")
    assert not [line for line in shown(sly, "x") if line.startswith("::")]
    report = github.render([sly], lambda path, cell: ["x"], lambda path, span: span)
    assert [line.split(" ")[0] for line in report.splitlines() if line.startswith("::e")] == ["::error", "::endgroup::"]


def test_the_generation_is_told_where_it_differs():
    two, three = finding(Span(1, 1, 1, 2), targets=("keras2",)), finding(Span(2, 1, 2, 2))
    assert "(keras" not in text.concise([three, three], coloured=False)
    lines = text.concise([two, three], coloured=False).splitlines()
    assert [line.rsplit(" ", 1)[1] for line in lines] == ["(keras2)", "(keras3)"]


def test_a_notebook_cell_is_part_of_the_place():
    one = finding(Span(3, 5, 3, 9, cell=2), path=Path("n.ipynb"))
    assert text.concise([one], coloured=False).startswith("n.ipynb:cell 2:3:5: RNN101")
    annotation = github.render([one], lambda path, cell: [], lambda path, span: Span(40, 6, 40, 9)).splitlines()[0]
    assert ",line=40," in annotation and "n.ipynb:cell 2:3:5" in annotation
    assert json.loads(as_json.render([one]))[0]["cell"] == 2


def test_confirmation_and_steps_in_json():
    said = Confirmation("keras3", "confirmed", "3.15.1", "tensorflow 2.21.0", "cpu", "it raises", "import keras")
    one = finding(Span(1, 1, 1, 2), confirmation=(said,), trail=(Step(HERE, Span(4, 2, 4, 3), "x: (8,)"),))
    told = json.loads(as_json.render([one]))[0]
    assert told["trail"] == [{"filename": str(HERE.absolute()), "location": {"row": 4, "column": 2}, "text": "x: (8,)"}]
    assert list(told["confirmation"][0]) == ["target", "status", "keras", "backend", "device", "detail", "witness"]


SAFE, UNSAFE = (Fix("f", (Edit(Span(1, 1, 1, 2), "y"),), kind) for kind in ("safe", "unsafe"))
HIDDEN = "(2 hidden fixes can be enabled with the `--unsafe-fixes` option)"
CLOSINGS = [
    ([], 0, "All checks passed!\n"),
    ([finding(Span(1, 1, 1, 2))], 0, "Found 1 error.\n"),
    ([finding(Span(1, 1, 1, 2), fix=UNSAFE)] * 2, 0, f"Found 2 errors.\nNo fixes available {HIDDEN}.\n"),
    ([finding(Span(1, 1, 1, 2), fix=SAFE)] * 2, 0, "Found 2 errors.\n[*] 2 fixable with the `--fix` option.\n"),
    ([finding(Span(1, 1, 1, 2), Severity.INFO)] * 2, 0, "All checks passed! 2 notes.\n"),
    (
        [finding(Span(1, 1, 1, 2), Severity.WARNING), finding(Span(1, 1, 1, 2), Severity.INFO)],
        0,
        "Found 1 error. 1 note.\n",
    ),
    ([], 3, "Found 3 errors (3 fixed, 0 remaining).\n"),
    ([finding(Span(1, 1, 1, 2))], 1, "Found 2 errors (1 fixed, 1 remaining).\n"),
]


@pytest.mark.parametrize(("left", "fixed", "expected"), CLOSINGS)
def test_closing(left, fixed, expected):
    assert out.closing(left, fixed) == expected


MODEL = ModelRow(
    path=HERE,
    span=Span(3, 1, 3, 20),
    kind="sequential",
    name="sequential",
    function=None,
    layers=(
        LayerRow("lstm", "LSTM", Span(4, 1, 4, 9), [None, 5, 2], [None, 5, 30], [[None, 30], [None, 30]], 3960),
        LayerRow("dense", "Dense", None, [None, 5, 30], [None, 5, "n"], [], "31*n"),
    ),
    params="31*n + 3960",
)
BINDING = BindingRow(HERE, "x", Span(2, 1, 2, 2), [5, 60, 2])
TABLE = """\
Model: "sequential"  (a.py:3)
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ lstm (LSTM)                     │ (None, 5, 30)          │         3,960 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ dense (Dense)                   │ (None, 5, n)           │          31*n │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 31*n + 3960

Bindings
  a.py:2  x  (5, 60, 2)
"""


def test_the_table_is_that_of_keras(monkeypatch):
    assert summary.as_text([MODEL], [BINDING]) == TABLE
    monkeypatch.setattr(summary, "_can_draw", lambda encoding: False)
    plain = summary.as_text([MODEL], [])
    assert plain.isascii()
    assert plain.splitlines()[3] == "+=================================+========================+===============+"
    assert summary.as_text([], []) == ""


def test_summary_in_json_is_as_the_contract_says():
    told = json.loads(summary.as_json([MODEL], [BINDING]))
    assert told["bindings"] == [{"name": "x", "location": {"row": 2, "column": 1}, "shape": [5, 60, 2]}]
    (model,) = told["models"]
    layers = model.pop("layers")
    assert model == {
        "filename": str(HERE.absolute()),
        "location": {"row": 3, "column": 1},
        "kind": "sequential",
        "name": "sequential",
        "function": None,
        "params": "31*n + 3960",
        "confirmation": None,
    }
    assert layers[0] == {
        "name": "lstm",
        "class": "LSTM",
        "location": {"row": 4, "column": 1},
        "input_shape": [None, 5, 2],
        "output_shape": [None, 5, 30],
        "state_shapes": [[None, 30], [None, 30]],
        "params": 3960,
    }


SHAPES = [
    ([None, 8], "(None, 8)"),
    ([8], "(8,)"),
    ([], "()"),
    ("?", "?"),
    (["?", "X.shape[1]"], "(?, X.shape[1])"),
    ([[None, 8], [None, 8]], "[(None, 8), (None, 8)]"),
    ([[None, 8], "?"], "[(None, 8), ?]"),
]


@pytest.mark.parametrize(("shape", "expected"), SHAPES)
def test_a_shape_as_python_writes_it(shape, expected):
    assert summary.written(shape) == expected
