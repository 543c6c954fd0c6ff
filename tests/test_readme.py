"""README shows what really happens: its commands, its output, its table of rules."""

import re
import runpy
from pathlib import Path

import pytest

from lstm_lint.cards import cards
from lstm_lint.cli import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUT = re.compile(r"<!-- output: (.*?) -->\n```text\n(.*?)```", re.DOTALL)
INDEX = runpy.run_path(str(ROOT / "tools" / "rules_index.py"))


def test_table_of_rules() -> None:
    assert INDEX["readme"](TEXT) == TEXT, "python tools/rules_index.py writes it anew"


def test_index_of_rules() -> None:
    text = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert INDEX["index"]() == text, "python tools/rules_index.py writes it anew"
    assert all(f"({card.name}.md)" in text for card in cards())


@pytest.mark.parametrize(("command", "text"), OUTPUT.findall(TEXT))
def test_output(command: str, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """All but the word of Keras, which the next test asks for."""
    monkeypatch.chdir(ROOT)
    main(command.replace("--confirm", "").split())
    wanted = [line for line in text.splitlines() if not line.startswith("  confirmed")]
    assert capsys.readouterr().out.splitlines() == wanted


@pytest.mark.keras
@pytest.mark.parametrize(("command", "text"), OUTPUT.findall(TEXT))
def test_confirmed(
    command: str, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("keras")
    monkeypatch.chdir(ROOT)
    assert main(command.split()) == 1
    said = capsys.readouterr()
    version = re.compile(r"\(keras3: .*?\)")
    assert version.sub("", said.out).splitlines() == version.sub("", text).splitlines()
    assert "1 confirmed, 0 refuted, 0 unconfirmed" in said.err


@pytest.mark.keras
def test_every_example_is_confirmed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("keras")
    monkeypatch.chdir(ROOT)
    assert main(["check", "--confirm", "examples"]) == 1
    assert ", 0 refuted, 0 unconfirmed" in capsys.readouterr().err
