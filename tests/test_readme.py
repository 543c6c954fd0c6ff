"""README shows what really happens: its commands, its output, its table of rules."""

import re
from pathlib import Path

import pytest

from lstm_lint.cards import Card, cards
from lstm_lint.cli import main

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
OUTPUT = re.compile(r"<!-- output: (.*?) -->\n```text\n(.*?)```", re.DOTALL)
TABLE = re.compile(r"<!-- rules -->\n(.*?)<!-- end of rules -->", re.DOTALL)


def row(card: Card) -> str:
    severities = {"error" if str(each) == "error" else str(each) for each in card.severities.values()}
    where = "" if len(card.severities) == 2 else f" ({', '.join(card.severities)})"
    what = " ".join(card.what.split())
    first = re.split(r"(?<=[.;:])\s", what)[0].rstrip(";:.")
    return f"| {card.code} | [{card.name}](rules/{card.name}.md) | {'/'.join(sorted(severities))}{where} | {first} |"


def table() -> str:
    head = ["| code | rule | severity | |", "|---|---|---|---|"]
    return "\n".join([*head, *map(row, sorted(cards(), key=lambda card: card.code))]) + "\n"


def test_table_of_rules() -> None:
    found = TABLE.search(TEXT)
    assert found and found[1] == table(), f"the table should be:\n{table()}"


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
