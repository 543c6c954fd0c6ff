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

from lstm_lint import checks, interp
from lstm_lint.cards import Card, card, cards
from lstm_lint.checks import judge
from lstm_lint.checks.order import ORDER
from lstm_lint.claims import Claim, Remedy
from lstm_lint.findings import Fix, Severity, Target
from lstm_lint.library import load
from lstm_lint.source.edits import apply, edits
from lstm_lint.source.places import spans
from lstm_lint.source.tree import Source, parse

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

    def claims(self, target: Target) -> list[tuple[int, Claim]]:
        """What is claimed in this generation, each with its row; of mere speed and risk only its own card."""
        source = parse(Path("program.py"), self.text.encode())
        claims = judge(interp.run(source, load(target)), target)
        found = spans(source, [claim.place.node for claim in claims])
        info = {each.name for each in RULES if each.severities.get(target) == Severity.INFO} - {self.card.name}
        spoken = {each.name for each in RULES if target in each.severities} - info
        return [(found[claim.place.node].row, claim) for claim in claims if claim.rule in spoken]


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
    assert {(row, claim.rule) for row, claim in program.claims(target)} == program.expected(target)


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
    assert all(card(each.name) == each for each in cards())


def test_each_check_has_a_card_and_each_card_a_check() -> None:
    written = {name.replace("_", "-") for several in ORDER.values() for name in several}
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


def fixed(program: Program, target: Target, *kinds: str) -> list[tuple[int, Claim, str]]:
    """Each claim that has a remedy of these kinds, and the text that it leaves."""
    found = [(row, claim, claim.remedy) for row, claim in program.claims(target) if claim.remedy is not None]
    return [(row, claim, mended(remedy)) for row, claim, remedy in found if remedy.applicability in kinds]


def mended(remedy: Remedy) -> str:
    source = remedy.changes[0].place.file
    assert isinstance(source, Source)
    fix = Fix(remedy.message, edits(source, remedy.changes))
    assert fix.edits, "the remedy cannot be written"
    return apply(source.text, [fix])[0]


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", WRONG, ids=str)
def test_a_fix_leaves_nothing_to_find(program: Program, target: Target) -> None:
    for _, _, text in fixed(program, target, "safe", "unsafe"):
        assert Program(program.card, "Fixed", 0, text).claims(target) == [], text


HEAD = "import keras\nimport numpy as np\nfrom keras.layers import *\nx = np.zeros((32, 10, 6))\n"
FIXES = [
    ("LSTM(8, input_shape=x.shape)", "LSTM(8, input_size=x.shape)", "safe", "LSTM(8, input_shape=x.shape[1:])"),
    ("named units", "u = 3\nm = LSTM(u)\nm.build((None, 5, 2))\nm.W_o", "safe", "m.cell.kernel[:, 3 * u:4 * u]"),
    ("units by number", "m = LSTM(3)\nm.build((None, 5, 2))\nm.U_i", "safe", "m.cell.recurrent_kernel[:, :3]"),
    ("of the cell", "m = LSTM(3)\nm.build((None, 5, 2))\nm.cell.bias_f", "safe", "m.cell.bias[3:6]"),
    ("one bias", "m = GRU(3, reset_after=False)\nm.build((None, 5, 2))\nm.bias_h", "safe", "m.cell.bias[6:9]"),
    ("two biases", "m = GRU(3)\nm.build((None, 5, 2))\nm.bias_h", "unsafe", "m.cell.bias[0, 6:9]"),
    ("the second", "m = GRU(3)\nm.build((None, 5, 2))\nm.recurrent_bias_r", "safe", "m.cell.bias[1, 3:6]"),
    ("a guess", "LSTM(8, dropout_rate=0.1)", "unsafe", "LSTM(8, dropout=0.1)"),
    ("spelling", "LSTM(8, recurent_activation='tanh')", "safe", "LSTM(8, recurrent_activation='tanh')"),
    ("given already", "LSTM(8, dropout=0.1, dropout_W=0.1)", None, ""),
    (
        "wrong each round",
        "for _ in range(2):\n    LSTM(8, inner_activation='tanh')",
        "safe",
        "LSTM(8, recurrent_activation='tanh')",
    ),
    (
        "right in the other call",
        "def f(s):\n    return LSTM(8)(keras.Input(shape=s))\nf(x.shape)\nf(x.shape[1:])",
        "unsafe",
        "keras.Input(shape=s[1:])",
    ),
    (
        "right in the last round",
        "m = keras.Sequential([keras.Input((10, 6))])\nfor _ in range(2):\n    m.add(LSTM(8))",
        "unsafe",
        "LSTM(8, return_sequences=True)",
    ),
    ("states", "a, b = GRU(8)(keras.Input((10, 6)))", "safe", "GRU(8, return_state=True)"),
    ("too many names", "a, b, c = GRU(8)(keras.Input((10, 6)))", None, ""),
]


@pytest.mark.parametrize(("text", "kind", "expected"), [row[1:] for row in FIXES], ids=[row[0] for row in FIXES])
def test_fixes(text: str, kind: str | None, expected: str) -> None:
    program = Program(RULES[0], "Fixes", 0, HEAD + text)
    ((_, claim),) = program.claims("keras3")
    if kind is None:
        assert claim.remedy is None
        return
    assert claim.remedy is not None and claim.remedy.applicability == kind
    assert expected in mended(claim.remedy)


def test_each_refused_keyword_is_a_mistake_of_its_own() -> None:
    program = Program(RULES[0], "Keywords", 0, HEAD + "LSTM(output_dim=8, init='uniform', return_sequnces=True)")
    said = [claim.message.split("`")[1] for _, claim in program.claims("keras3")]
    assert said == ["output_dim", "init", "return_sequnces"]


def test_a_line_is_said_once_for_all_ways_that_lead_to_it() -> None:
    text = HEAD + "def f(n):\n    return LSTM(n, return_sequence=True)\nf(1)\nf(2)\nf(3)"
    assert len(Program(RULES[0], "Ways", 0, text).claims("keras3")) == 1


def test_what_is_caught_is_not_said() -> None:
    text = HEAD + "try:\n    LSTM(8, return_sequence=True)\nexcept (TypeError, ValueError):\n    pass"
    assert Program(RULES[0], "Caught", 0, text).claims("keras3") == []


def test_the_trail_leads_from_the_input_to_where_keras_stops() -> None:
    text = HEAD + "m = keras.Sequential([\n    keras.Input((10, 6)),\n    LSTM(8),\n    Dropout(0.5),\n    GRU(4),\n])"
    program = Program(RULES[0], "Trail", 0, text)
    ((row, claim),) = program.claims("keras3")
    source = claim.place.file
    assert isinstance(source, Source)
    rows = spans(source, [place.node for place, _ in claim.trail])
    assert (row, claim.rule) == (7, "missing-return-sequences")
    assert [(rows[place.node].row, step) for place, step in claim.trail] == [
        (6, "Input: (None, 10, 6)"),
        (7, "LSTM(8): (None, 10, 6) -> (None, 8)"),
        (8, "Dropout(0.5): (None, 8) -> (None, 8)"),
        (9, "GRU(4): needs 3 axes, (batch, timesteps, features), gets (None, 8)"),
    ]


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_keras_agrees(program: Program, target: Target) -> None:
    raised = ran(target)[program.text]
    if raised == ["ModuleNotFoundError", "No module named 'sklearn'"]:
        pytest.skip("no sklearn beside Keras")
    if not program.expected(target) or program.card.silent:
        assert raised is None
        return
    assert raised is not None, "Keras raises nothing"
    ((_, claim),) = program.claims(target)
    kinds = (*claim.raises, *(["ModuleNotFoundError"] if "ImportError" in claim.raises else []))
    assert raised[0] in (kinds or ("NameError",))
    assert all(words in raised[1] for words in (*claim.words, program.card.says)), raised[1]


@pytest.mark.keras
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("program", WRONG, ids=str)
def test_keras_runs_what_a_safe_fix_leaves(program: Program, target: Target) -> None:
    for _, _, text in fixed(program, target, "safe"):
        assert ran(target)[text] is None


@cache
def ran(target: Target) -> dict[str, list[str] | None]:
    """What real Keras says to all programs, and to all that the fixes make of them: one child for a generation."""
    texts = [program.text for program in PROGRAMS]
    texts += [text for program in WRONG for _, _, text in fixed(program, target, "safe")]
    python = os.environ.get(f"LSTM_LINT_{target.upper()}", sys.executable)
    if python == sys.executable and find_spec("tensorflow") is None:
        pytest.skip("no Keras here")
    child = [python, str(HERE / "run_programs.py"), target]
    done = subprocess.run(child, input=json.dumps(texts), check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return dict(zip(texts, json.loads(done.stdout.splitlines()[-1]), strict=True))
