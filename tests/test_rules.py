"""Every card is a claim: its Wrong programs are found on exactly their lines, its Right ones are silent, and Keras agrees.

A line of a card's program carries `# error: <rule>` if the rule speaks there in every generation that the card names, and
`# error[keras3]: <rule>` if only in that one; a program without a comment for a generation is right in it.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from lstm_lint import checks
from lstm_lint.cards import Card, card, cards
from lstm_lint.findings import Finding, Fix, Target
from lstm_lint.run import judged
from lstm_lint.source.edits import apply
from lstm_lint.source.tree import parse

HERE = Path(__file__).parent
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"# (?:error|warning|info)(?:\[(\w+)\])?: ([\w-]+)")
LONGEST = 80


@dataclass(frozen=True)
class Program:
    card: Card
    heading: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.card.name}-{self.heading}-{self.number}"

    def expected(self, target: Target) -> set[tuple[int, str]]:
        if target not in self.card.severities:
            return set()
        lines = enumerate(self.text.split("\n"), 1)
        found = ((row, match) for row, line in lines for match in COMMENT.finditer(line))
        return {(row, match[2]) for row, match in found if match[1] in (None, target)}

    def findings(self, target: Target) -> list[Finding]:
        source = parse(Path("program.py"), self.text.encode())
        return [said.finding for said in judged(source, target, (target,))]


def of_files(each: Card) -> bool:
    """The file family is about text that is no program: it has neither check nor programs."""
    return each.code.startswith("RNN0")


RULES = [each for each in cards() if not of_files(each)]


def programs() -> Iterator[Program]:
    for each in RULES:
        for heading in ("Wrong", "Right"):
            section = each.text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
            for number, text in enumerate(FENCE.findall(section), 1):
                yield Program(each, heading, number, text)


PROGRAMS = list(programs())
WRONG = [program for program in PROGRAMS if program.heading == "Wrong"]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_a_card_is_found_where_it_says_and_nowhere_else(program: Program, target: Target) -> None:
    assert {(each.span.row, each.rule) for each in program.findings(target)} == program.expected(target)


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_programs_are_about_their_own_card(program: Program) -> None:
    named = {rule for target in TARGETS for _, rule in program.expected(target)}
    assert named == ({program.card.name} if program.heading == "Wrong" else set())


@pytest.mark.parametrize("each", cards(), ids=lambda each: each.name)
def test_a_card_has_all_its_parts(each: Card) -> None:
    headings = re.findall(r"^## (.*)$", each.text, re.MULTILINE)
    programs_too = [] if of_files(each) else ["Wrong", "Right"]
    assert headings == [*programs_too, "Why", "When it stays silent"]
    assert len(each.text.splitlines()) <= LONGEST
    assert re.fullmatch(r"RNN\d{3}", each.code)
    assert each.groups and each.what and not re.search(r"\b(?:may|might|consider)\b", each.text)


def test_codes_and_names_are_unique() -> None:
    assert len({each.code for each in cards()}) == len({each.name for each in cards()}) == len(cards())
    assert all(card(each.name) is each for each in cards())


def test_each_check_has_a_card_and_each_card_a_check() -> None:
    written = {check.__name__.replace("_", "-") for several in checks.CHECKS.values() for check in several}
    files = {
        path.stem.replace("_", "-")
        for path in Path(checks.__file__).parent.glob("*.py")
        if "RULE = " in path.read_text()
    }
    assert written == files == {each.name for each in RULES}


def test_each_rule_has_a_wrong_and_a_right_program() -> None:
    for heading in ("Wrong", "Right"):
        assert {program.card.name for program in PROGRAMS if program.heading == heading} == {
            each.name for each in RULES
        }


def fixed(program: Program, target: Target) -> list[tuple[Finding, str]]:
    """Each finding that has a fix, and the text that the fix leaves."""
    found = [(each, each.fix) for each in program.findings(target) if each.fix is not None]
    return [(each, apply(program.text, [fix])[0]) for each, fix in found if isinstance(fix, Fix)]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", WRONG, ids=str)
def test_a_fix_leaves_nothing_to_find(program: Program, target: Target) -> None:
    for finding, text in fixed(program, target):
        left = Program(program.card, "Fixed", 0, text).findings(target)
        assert finding.rule not in {each.rule for each in left if each.span.row == finding.span.row}, text


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_keras_agrees(program: Program, target: Target) -> None:
    raised = ran(target)[program.text]
    if not program.expected(target) or program.card.silent:
        assert raised is None
        return
    assert raised is not None, "Keras raises nothing"
    source = parse(Path("program.py"), program.text.encode())
    (claim,) = [said.claim for said in judged(source, target, (target,)) if said.claim is not None]
    kinds = (*claim.raises, *(["ModuleNotFoundError"] if "ImportError" in claim.raises else []))
    assert raised[0] in (kinds or ("NameError",))
    assert all(words in raised[1] for words in (*claim.words, program.card.says)), raised[1]


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", WRONG, ids=str)
def test_keras_runs_what_a_safe_fix_leaves(program: Program, target: Target) -> None:
    for finding, text in fixed(program, target):
        if finding.fix is not None and finding.fix.applicability == "safe":
            assert ran(target)[text] is None


@cache
def ran(target: Target) -> dict[str, list[str] | None]:
    """What real Keras says to all programs, and to all that the fixes make of them: one child for a generation."""
    texts = [program.text for program in PROGRAMS]
    texts += [text for program in WRONG for _, text in fixed(program, target)]
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    child = [python, str(HERE / "run_programs.py"), target]
    done = subprocess.run(child, input=json.dumps(texts), capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(zip(texts, json.loads(done.stdout.splitlines()[-1]), strict=True))
