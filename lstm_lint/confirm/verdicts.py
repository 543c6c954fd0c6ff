"""What Keras' answer makes of a claim: confirmed, refuted, or neither."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from lstm_lint.confirm.pool import Answer
from lstm_lint.confirm.witness import Witness
from lstm_lint.findings import Status
from lstm_lint.records import dataclass, replace

LONGEST_QUOTE = 300
SLOWER = 1.2
"""The ratio of two times from which on the one is slower."""


@dataclass(frozen=True)
class Verdict:
    """`shown`: how many steps the program needs to show it."""

    status: Status
    detail: str
    shown: int


@dataclass(frozen=True)
class Expected:
    """What a claim says Keras raises; of a healthy model nothing, nor of what `runs`. With no `raises` it is silent: its effect must show.
    Of a version or backend whose words are not `known`, the exception at the very step is enough."""

    raises: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    healthy: bool = False
    runs: bool = False
    known: bool = True


def verdict(expected: Expected, witness: Witness, answer: Answer) -> Verdict:
    everything = len(witness.steps)
    if answer.fault:
        return Verdict("unconfirmed", answer.fault, everything)
    if answer.refused:
        return Verdict("unconfirmed", f"not to be run: {answer.message}", everything)
    if expected.healthy:
        return _of_what_runs(witness, answer) if expected.runs else _of_a_healthy_one(witness, answer)
    if answer.ends:
        return _of_times(answer.ends, everything)
    warned = next(
        (f"{types[0]}: {quoted(message)}" for types, message in answer.warned if _meant(expected, types, message)), ""
    )
    if warned:
        return Verdict("confirmed", warned, everything)
    if answer.at is None:
        return _of_silence(expected, witness, answer)
    words = f"{answer.types[0] if answer.types else 'an error'}: {quoted(answer.message)}"
    shown = answer.at + 1
    if not expected.raises and answer.at > witness.aim and "Mismatch" in answer.types:
        step = witness.steps[answer.at].text().removeprefix("assert ")
        status: Status = "refuted" if witness.sure and not witness.skipped else "unconfirmed"
        return Verdict(status, f"the effect is absent: {step}: {answer.message}", shown)
    if answer.at < witness.aim and expected.words and _meant(expected, answer.types, answer.message):
        return Verdict("confirmed", f"{words} (before the line itself)", shown)
    if answer.at < witness.aim:
        return Verdict("unconfirmed", f"Keras stops before it: {words}", shown)
    exact = expected.known or answer.at > witness.aim
    if not _meant(expected if exact else replace(expected, words=()), answer.types, answer.message):
        return Verdict("unconfirmed", f"Keras raises something else: {words}", shown)
    return Verdict("confirmed", words + (" (when the model runs)" if answer.at > witness.aim else ""), shown)


def _of_times(ends: Sequence[Sequence[float]], shown: int) -> Verdict:
    """The first way is said to be slower than the second one."""
    slow, usual = (median(end - start for start, end in pairwise(each)) for each in ends)
    told = f"a call takes {slow * 1000:.3g} ms, with the fused kernel {usual * 1000:.3g} ms: ratio of medians "
    return Verdict("confirmed" if slow >= SLOWER * usual else "unconfirmed", f"{told}{slow / usual:.2f}", shown)


def _of_what_runs(witness: Witness, answer: Answer) -> Verdict:
    everything = len(witness.steps)
    if answer.at is None:
        return Verdict("confirmed", "Keras runs it", everything)
    words = f"{answer.types[0] if answer.types else 'an error'}: {quoted(answer.message)}"
    early = answer.at < witness.aim or witness.skipped
    return Verdict("unconfirmed" if early else "refuted", words, answer.at + 1)


def _of_a_healthy_one(witness: Witness, answer: Answer) -> Verdict:
    everything = len(witness.steps)
    if answer.at is None:
        told = ", and ".join(filter(None, ("Keras gives the same shapes and counts", witness.effect)))
        return Verdict("confirmed", told, everything)
    step = witness.steps[answer.at]
    if "Mismatch" not in answer.types:
        words = f"{answer.types[0] if answer.types else 'an error'}: {quoted(answer.message)}"
        return Verdict("unconfirmed", f"{step.text()}: {words}", answer.at + 1)
    status: Status = "unconfirmed" if witness.skipped else "refuted"
    return Verdict(status, f"{step.text().removeprefix('assert ')}: {answer.message}", answer.at + 1)


def _of_silence(expected: Expected, witness: Witness, answer: Answer) -> Verdict:
    everything = len(witness.steps)
    warned = (f"{types[0]}: {quoted(message)}" for types, message in answer.warned if witness.warns in message)
    if not expected.raises and witness.warns and (told := next(warned, "")):
        return Verdict("confirmed", f"Keras warns, {told}", everything)
    if not expected.raises and witness.effect:
        return Verdict("confirmed", f"Keras raises nothing; {witness.effect}", everything)
    if not expected.raises:
        return Verdict("unconfirmed", "Keras raises nothing, and its effect is not measured", everything)
    if witness.skipped:
        return Verdict("unconfirmed", "Keras raises nothing, but not all of the program could be written", everything)
    return Verdict("refuted", "Keras runs it", everything)


def _meant(expected: Expected, types: Sequence[str], message: str) -> bool:
    return any(name in types for name in expected.raises) and all(word in message for word in expected.words)


def together(verdicts: Sequence[Verdict]) -> int:
    """Which of the verdicts on several ways and draws speaks for all: a refuted one, else one that is not confirmed."""
    statuses = [verdict.status for verdict in verdicts]
    for status in ("refuted", "unconfirmed"):
        if status in statuses:
            return statuses.index(status)
    return 0


def best(draws: Sequence[Verdict]) -> int:
    """Of the draws of one way: one that the sizes did not fit says nothing if the other one does."""
    statuses = [verdict.status for verdict in draws]
    for status in ("refuted", "confirmed"):
        if status in statuses:
            return statuses.index(status)
    return 0


def quoted(message: str) -> str:
    """On one line, without colours, and no more than a few hundred letters of it."""
    if message.startswith("in user code:"):
        inner = re.search(r"^\s*\w+Error: (.*)", message, re.MULTILINE | re.DOTALL)
        message = inner[1] if inner else message
    text = " ".join(re.sub(r"\x1b\[[0-9;]*m", "", message).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "\N{HORIZONTAL ELLIPSIS}"
