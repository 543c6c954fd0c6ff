"""`check --why` tells what stayed unknown, the most frequent reason first."""

from pathlib import Path

import pytest

from lstm_lint.cli import main

PROGRAM = """\
from tensorflow.keras import Input
from tensorflow.keras.layers import LSTM
from elsewhere import shape, more

x = Input(shape)
y = LSTM(8)(x)
a = more.one()
b = more.two()
z = LSTM(8)(Input((10, 4)))
"""


def test_most_frequent_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    assert main(["check", "--why", str(path)]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "(first at " in line]
    counts = [int(line.split()[0]) for line in lines]
    assert counts == sorted(counts, reverse=True)
    assert f"(first at {path}:7)" in "".join(lines)
    assert f"{path}:9" not in "".join(lines)


def test_report_for_programs_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    main(["check", "--why", "--output-format", "json", str(path)])
    told = capsys.readouterr()
    assert told.out.strip() == "[]"
    assert "(first at " in told.err
