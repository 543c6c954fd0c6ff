"""The programs that started the project: exactly these lines, these summaries, these bindings, in both generations."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from lstm_lint.cli import main

SEEDS = Path(__file__).parent / "programs" / "seeds"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((SEEDS / "expected.toml").read_text(encoding="utf-8"))
TARGETS = ("keras2", "keras3")


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> Any:
    main([*argv, "--output-format", "json"])
    return json.loads(capsys.readouterr().out)


def plain(shape: list[Any]) -> list[Any]:
    return [None if dim == "None" else dim for dim in shape]


def test_every_seed_is_expected() -> None:
    assert {path.stem for path in SEEDS.glob("*.py")} == EXPECTED.keys()


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", EXPECTED)
def test_lines(name: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    findings = said(capsys, "check", "--target", target, str(SEEDS / f"{name}.py"))
    wanted = [entry["line"] for entry in EXPECTED[name][target]]
    assert sorted(finding["location"]["row"] for finding in findings) == sorted(wanted)
    assert {finding["severity"] for finding in findings} <= {"error"}


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if "summary" in entry])
def test_summary(name: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    model, *_ = said(capsys, "summary", "--target", target, str(SEEDS / f"{name}.py"))["models"]
    wanted = EXPECTED[name]["summary"]
    assert model["layers"][-1]["output_shape"] == plain(wanted["output_shape"])
    assert model["params"] == wanted["params"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [name for name, entry in EXPECTED.items() if "bindings" in entry])
def test_bindings(name: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    bindings = said(capsys, "summary", "--target", target, str(SEEDS / f"{name}.py"))["bindings"]
    found = [(each["name"], each["location"]["row"], each["shape"]) for each in bindings]
    for wanted in EXPECTED[name]["bindings"]:
        assert (wanted["name"], wanted["line"], plain(wanted["shape"])) in found
