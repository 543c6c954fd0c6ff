"""Claims put to Keras itself: each becomes a small program of its own, which a child process runs.

No line of the user's code travels along, only names of libraries that we know and literal values.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lstm_lint.claims import Claim
from lstm_lint.confirm import healthy, interpreters, pool
from lstm_lint.confirm import witness as witnesses
from lstm_lint.confirm.asking import Means, answered
from lstm_lint.confirm.recipe import program
from lstm_lint.confirm.sizes import Unfit
from lstm_lint.confirm.slices import Survey, survey
from lstm_lint.confirm.verdicts import Expected, Verdict, best, together, verdict
from lstm_lint.confirm.witness import Mended, Ways, Witness
from lstm_lint.findings import Confirmation, Status, Target
from lstm_lint.records import dataclass
from lstm_lint.trace import Binding, ModelRow, Trace
from lstm_lint.values.value import Tensor

__all__ = ["Item", "Means", "confirm", "summary_line"]

ELSEWHERE = ("TypeError", "ValueError", "RuntimeError", "IndexError")
OURS = ("Keras 2.15", "Keras 3.15", "tf_keras 2.")
"""Whose words we know."""

HOMES = {"keras2": "tensorflow.keras", "keras3": "keras"}


Subject = Claim | Mended | ModelRow | Binding


@dataclass(frozen=True)
class Item:
    """`title` names it in the witness' first line: the rule, file:line, the message."""

    subject: Subject
    target: Target
    trace: Trace
    title: str = ""


@dataclass(frozen=True)
class _Asked:
    """An item with the programs that decide it; none, and why."""

    item: Item
    ways: Ways
    why: str = ""


def confirm(items: Sequence[Item], means: Means) -> list[Confirmation]:
    """What Keras says of each item, in order. Equal programs are run once."""
    surveys = {(id(item.trace), item.target): item.trace for item in items}
    seen = {key: survey(trace, key[1]) for key, trace in surveys.items()}
    asked = [_asked(item, seen[id(item.trace), item.target]) for item in items]
    chosen = interpreters.choose(means.python, means.project) if any(each.ways for each in asked) else None
    answers = {target: _answers(asked, target, chosen, means) for target in sorted({item.target for item in items})}
    return [_confirmation(each, answers[each.item.target]) for each in asked]


def _asked(item: Item, seen: Survey) -> _Asked:
    try:
        match item.subject:
            case Claim(operation=None):
                raise Unfit("it says nothing about Keras")
            case Claim(operation=operation, clash=clash):
                assert operation is not None
                return _Asked(item, witnesses.of_claim(seen, operation, clash))
            case Mended() as mended:
                return _Asked(item, witnesses.of_mended(seen, mended))
            case ModelRow() as row:
                return _Asked(item, healthy.of_model(seen, row))
            case Binding(value=Tensor() as tensor):
                return _Asked(item, healthy.of_value(seen, tensor))
        raise Unfit("it is no tensor")
    except Unfit as unfit:
        return _Asked(item, [], str(unfit))


@dataclass(frozen=True)
class _Answers:
    judge: pool.Judge | None
    known: dict[str, pool.Answer]
    missing: str = ""


def _answers(
    asked: Sequence[_Asked], target: Target, chosen: interpreters.Interpreter | None, means: Means
) -> _Answers:
    """Every different program of one generation, run once."""
    recipes = list(dict.fromkeys(w.recipe() for each in asked if each.item.target == target for w in _all(each.ways)))
    if not recipes:
        return _Answers(None, {})
    if chosen is None or target not in chosen.homes:
        return _Answers(None, {}, interpreters.MISSING[target])
    said = answered(chosen, target, means, recipes)
    judge = next((who for who, _ in said.values() if who is not None), None)
    return _Answers(judge, {recipe: answer for recipe, (_, answer) in said.items()})


def _all(ways: Ways) -> Iterator[Witness]:
    for draws in ways:
        yield from draws


def _confirmation(asked: _Asked, answers: _Answers) -> Confirmation:
    target, judge = asked.item.target, answers.judge
    home = judge.home if judge else HOMES[target]
    if not asked.ways or answers.missing:
        why = asked.why or answers.missing
        first = next(_all(asked.ways), None)
        return _told(asked, judge, Verdict("unconfirmed", why, 0), first, home)
    expected = _expected(asked.item.subject, judge)
    pairs = []
    for draws in asked.ways:
        verdicts = [verdict(expected, witness, answers.known[witness.recipe()]) for witness in draws]
        index = best(verdicts)
        pairs.append((verdicts[index], draws[index]))
    said, witness = pairs[together([each for each, _ in pairs])]
    return _told(asked, judge, said, witness, home)


def _expected(subject: Subject, judge: pool.Judge | None) -> Expected:
    """What TensorFlow refuses, other backends refuse with exceptions of their own; other versions have other words."""
    if isinstance(subject, Claim):
        foreign = judge is not None and not judge.backend.startswith("tensorflow")
        elsewhere = ELSEWHERE if foreign and "InvalidArgumentError" in subject.raises else ()
        ours = judge is None or (not foreign and judge.keras.startswith(OURS))
        return Expected((*subject.raises, *elsewhere), subject.words, known=ours)
    return Expected(healthy=True, runs=isinstance(subject, Mended))


def _told(asked: _Asked, judge: pool.Judge | None, said: Verdict, witness: Witness | None, home: str) -> Confirmation:
    steps = witness.steps[: said.shown or None] if witness else ()
    cut = f"cut out: {', '.join(witness.cut)}" if witness and witness.cut else ""
    comments = [line for line in (asked.item.title, f"{said.status}: {said.detail}", cut) if line]
    return Confirmation(
        target=asked.item.target,
        status=said.status,
        keras=judge.keras if judge else "",
        backend=judge.backend if judge else "",
        device=judge.device if judge else "",
        detail="; ".join(filter(None, (said.detail, cut))),
        witness=program(steps, comments, home) if steps else "",
    )


def summary_line(said: Sequence[Confirmation]) -> str:
    """`confirm: 31 confirmed, 0 refuted, 1 unconfirmed (keras3: Keras 3.15.1, tensorflow 2.21.0, cpu)`."""
    count: Counter[Status] = Counter(each.status for each in said)
    statuses: tuple[Status, ...] = ("confirmed", "refuted", "unconfirmed")
    numbers = ", ".join(f"{count[status]} {status}" for status in statuses)
    judges = {f"{each.target}: {each.keras}, {each.backend}, {each.device}" for each in said if each.keras}
    absent = {f"{each.target}: {each.detail}" for each in said if each.detail in interpreters.MISSING.values()}
    means = "; ".join(sorted(judges | absent))
    return f"confirm: {numbers}" + (f" ({means})" if means else "")
