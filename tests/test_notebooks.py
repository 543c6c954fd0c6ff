"""Notebooks: tests/notebooks/*.ipynb, whose cells say by `# error: NAME` on which of their rows a finding begins.

tests/notebooks/fixed/ holds what `--fix` makes of those of the same name.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_lint.cli import main
from lstm_lint.findings import Edit, Fix, Span
from lstm_lint.source.edits import apply
from lstm_lint.source.magics import python_of
from lstm_lint.source.names import bound_names
from lstm_lint.source.notebook import lines, read
from lstm_lint.source.splice import fix_in_file, in_file
from lstm_lint.source.syntax import python_tree
from lstm_lint.source.text import Broken
from lstm_lint.source.tree import parse

FOLDER = Path(__file__).parent / "notebooks"
BOOKS = [path.name for path in sorted(FOLDER.glob("*.ipynb"))]
CASES = [name for name in BOOKS if not name.startswith("fix_")]
NO_BOOKS = {"conflict.ipynb": [(None, 3, "broken-notebook")], "no_cells.ipynb": [(None, 1, "broken-notebook")]}
EXPECTED = re.compile(r"# error: ([\w-]+)")


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in BOOKS:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "TF_USE_LEGACY_KERAS"):
        monkeypatch.delenv(name, raising=False)


def sources(path: Path) -> Iterator[str]:
    """What the cells hold, as JSON tells it."""
    if not path.read_bytes().strip():
        return
    book = json.loads(path.read_bytes().decode("utf-8-sig"))
    for sheet in book.get("worksheets", [book]):
        for cell in sheet["cells"]:
            yield "".join(cell.get("source", cell.get("input", "")))


def expected(path: Path) -> list[tuple[int | None, int, str]]:
    if path.name in NO_BOOKS:
        return NO_BOOKS[path.name]
    rows = [(cell, row, line) for cell, text in enumerate(sources(path), 1) for row, line in enumerate(lines(text), 1)]
    return [(cell, row, name) for cell, row, line in rows for name in EXPECTED.findall(line)]


def check(capsys: pytest.CaptureFixture[str], *argv: str) -> list[dict[str, Any]]:
    main(["check", "--target", "keras3", "--output-format", "json", *argv])
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", CASES)
def test_findings_stand_in_their_cells(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = [each for each in check(capsys, name) if each["severity"] != "info"]
    assert [(each["cell"], each["location"]["row"], each["name"]) for each in said] == expected(Path(name))


@pytest.mark.parametrize("name", [path.name for path in (FOLDER / "fixed").iterdir()])
def test_fixes_change_nothing_but_the_source(name: str) -> None:
    assert main(["check", "--target", "keras3", "--fix", name]) == 0
    assert Path(name).read_bytes() == (FOLDER / "fixed" / name).read_bytes()
    before, after = (Path(each).read_bytes().decode("utf-8-sig") for each in (FOLDER / name, name))
    left = json.loads(after)
    for cell, old in zip(left["cells"], json.loads(before)["cells"], strict=True):
        assert type(cell["source"]) is type(old["source"])
        assert all(piece.endswith("\n") for piece in cell["source"][:-1]) or isinstance(cell["source"], str)
        cell["source"] = old["source"]
    assert left == json.loads(before)


def test_an_idle_allowance_is_told_in_its_cell(capsys: pytest.CaptureFixture[str]) -> None:
    (note,) = [each for each in check(capsys, "allowed.ipynb") if each["name"] == "unused-allow"]
    assert (note["cell"], note["location"], note["end_location"]["column"]) == (3, {"row": 3, "column": 8}, 37)


def test_places_in_text_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "format_3.ipynb"]) == 1
    shown = capsys.readouterr().out
    assert shown.startswith("format_3.ipynb:cell 4:1:5: RNN101 missing-return-sequences [*]")
    assert "1 | y = LSTM(8)(x)  # error" in shown
    assert re.search(r"^ +format_3.ipynb:cell 2:2 +Input: ", shown, re.MULTILINE)
    (finding,) = check(capsys, "format_3.ipynb")
    assert [step["cell"] for step in finding["trail"]] == [2, 4, 4]
    (edit,) = finding["fix"]["edits"]
    assert (edit["cell"], edit["location"], edit["content"]) == (4, {"row": 1, "column": 11}, ", return_sequences=True")


def test_github_gets_lines_of_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--target", "keras3", "--output-format", "github", "fix_lists.ipynb"])
    raw = Path("fix_lists.ipynb").read_text("utf-8").splitlines()
    said = re.findall(r"^::error .*,line=(\d+),endLine=(\d+)(?:,col=(\d+))?", capsys.readouterr().out, re.MULTILINE)
    assert [(raw[int(row) - 1].strip(), raw[int(end) - 1].strip()) for row, end, _ in said] == [
        ('"y = LSTM(\\n",', '")(x)\\n",'),
        (raw[16].strip(), raw[16].strip()),
    ]
    assert raw[16][int(said[1][2]) - 1 :].startswith("LSTM(8)(x)")


def test_summary_and_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    assert main(["summary", "format_3.ipynb", "--output-format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["cell"], each["location"]["row"]) for each in told["bindings"]] == [
        ("x", 2, 2),
        ("y", 4, 1),
    ]
    stdin = io.TextIOWrapper(io.BytesIO(Path("format_3.ipynb").read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    (finding,) = check(capsys, "-", "--stdin-filename", "new.ipynb")
    assert (finding["cell"], Path(finding["filename"]).name) == (4, "new.ipynb")


LEGACY = ["%env TF_USE_LEGACY_KERAS=1", "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'", "import tf_keras"]


@pytest.mark.parametrize("cell", LEGACY)
def test_a_notebook_names_its_generation(cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("old.ipynb").write_bytes(book(cell, "from keras.layers import LSTM, Input\nLSTM(8)(LSTM(8)(Input((3, 4))))"))
    main(["check", "--output-format", "json", "old.ipynb"])
    assert [each["target"] for each in json.loads(capsys.readouterr().out)] == [["keras2"]]


MAGICS = [
    ("x = 3\n%matplotlib inline\n", "x = 3\npass\n"),
    ("!pip install a \\\n  b\nx", "pass\n\nx"),
    ("if x:\n    !ls {x}\n    %cd ..", "if x:\n    pass\n    pass"),
    ("s = '''\n%x\n!y\n'''\nf(a\n%b)", "s = '''\n%x\n!y\n'''\nf(a\n%b)"),
    ("a = !ls 'it\nb, c = %sql x\nd != e\nd %= e", "a = get_ipython()\nb, c = get_ipython()\nd != e\nd %= e"),
    ("%time x = f(1)", "if 1: x = f(1)"),
    ("%timeit -n 10 f(1)", "if 1:         f(1)"),
    ("%time for i in x: f(i)", "globals()"),
    ("%time", "pass"),
    ("x.shape?\n?x\nx??\nprint('what?')", "pass\npass\npass\nprint('what?')"),
    ("%run a/b.py\n%run a.py -x\n%run a.ipynb", "from a.b import *\nglobals()\nglobals()"),
    ("%pylab inline\n%who", "globals()\npass"),
    ("\n%%time\nx = 3\n!ls", "\n\nx = 3\npass"),
    ("%%capture out --no-stderr\n%%time\nx", "out = get_ipython()\n\nx"),
    ("%%bash\nls |", "\n"),
    ("%%bash --out x\nls |", "globals()\n"),
    ("%%cython\ndef f(int x): pass", "globals()\n"),
    ("%md\n# Title", "\n"),
    ("pip install -q x\ncd ..\nconda list\npip = 3\ncd(3)", "pass\npass\npass\npip = 3\ncd(3)"),
    ("# why? 100%!\nx = 5 % 3", "# why? 100%!\nx = 5 % 3"),
]


@pytest.mark.parametrize(("text", "python"), MAGICS)
def test_magics(text: str, python: str) -> None:
    assert python_of(text) == python
    python_tree(python)


@given(
    st.lists(st.sampled_from([*"%!?\n \t'\"(\\=x", "%time ", "%%time", "!ls ", "x = ", "'''", "\r\n", "pip install "]))
)
def test_no_row_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert len(lines(python_of(text))) == len(lines(text))


def book(*cells: object, **more: object) -> bytes:
    listed = [{"cell_type": "code", "metadata": {}, "source": source} for source in cells]
    return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4} | more, indent=1).encode()


STRANGE = [
    (b"[]", "it has no list of cells"),
    (b"3", "it has no list of cells"),
    (b'{"cells": 3}', "it has no list of cells"),
    (b'{"worksheets": [3]}', "it has no list of cells"),
    (b'{"cells": [', "this is not JSON"),
    (b"[" * 100_000, "cannot be read"),
    (book(3), "the source of a cell is no text"),
    (book(["x", None]), "the source of a cell is no text"),
]


@pytest.mark.parametrize(("data", "words"), STRANGE, ids=range(len(STRANGE)))
def test_what_is_no_notebook(data: bytes, words: str) -> None:
    with pytest.raises(Broken, match=words) as told:
        read(data)
    assert told.value.rule == "broken-notebook"


WHOLE = [
    book(),
    book("", []),
    book(" \n", "\\", "x = (", "'''", "@f", "\0", "\ud800", "if x:", "return", "await x", "x\r\ny\rz\n"),
    book("(" * 5_000, "a" + "()" * 20_000, "x = 1"),
    book(metadata=None),
    book(metadata={"kernelspec": [], "language_info": {"name": 3}}),
    b'{"cells": [3, {"cell_type": "code"}, {"cell_type": "code", "source": "x", "metadata": []}]}',
]


@pytest.mark.parametrize("data", WHOLE, ids=range(len(WHOLE)))
def test_whatever_a_cell_holds_the_program_parses(data: bytes) -> None:
    source = parse(Path("a.ipynb"), data)
    assert source.notebook is not None
    for cell in source.notebook.cells:
        assert source.notebook.at(cell.row) == cell
        assert len(lines(cell.code)) == len(lines(cell.text))


def test_a_cell_that_does_not_parse_leaves_its_imports_and_doubt() -> None:
    lost = "import os\nx, y = 3\nnp.run()\nm.add(1)\nfor i in t: print 1\nfrom a import (\n  b)"
    page = read(book("import numpy as np", lost, "x"))
    assert [number for number, _ in page.broken()] == [2]
    lead, *kept = page.text.splitlines()[2:10]
    assert lead.partition("; ")[0] == "i = m = os = x = y = get_ipython()"
    assert kept == ["import os", "", "", "", "", "from a import (", "  b)"]
    bound = bound_names(page.text)
    assert bound is not None and {"t", "i", "b", "np"} <= bound.names and not bound.dynamic


CONTENT = st.text(st.sampled_from(["a", "\n", '"', "\\", "é", "😀", "\t", "\u2028"]), max_size=12)


@given(st.lists(CONTENT, min_size=1, max_size=3), st.booleans(), st.booleans(), st.data())
def test_an_edit_of_a_cell_is_that_edit_of_the_json(texts: list[str], in_lists: bool, ascii: bool, data: Any) -> None:
    listed = [
        {"source": text.splitlines(True) if in_lists and text else text, "cell_type": "code", "outputs": [{"a": [1]}]}
        for text in texts
    ]
    raw = json.dumps({"metadata": {"source": "x"}, "cells": listed}, indent=2, ensure_ascii=ascii)
    number = data.draw(st.integers(1, len(texts)))
    text = texts[number - 1]
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    content = data.draw(CONTENT)

    def place(offset: int) -> tuple[int, int]:
        before = text[:offset].split("\n")
        return len(before), len(before[-1]) + 1

    span = Span(*place(start), *place(end), cell=number)
    fixed, _ = apply(raw, [fix_in_file(raw, Fix("", (Edit(span, content),)))])
    cells = ["".join(cell["source"]) for cell in json.loads(fixed)["cells"]]
    assert cells == [*texts[: number - 1], text[:start] + content + text[end:], *texts[number:]]
    assert in_file(raw, Span(1, 1, 1, 2)) == Span(1, 1, 1, 2)
