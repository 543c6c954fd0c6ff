"""All programs of one generation: those that were judged before from the cache, the others by one child or several."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

from lstm_lint.confirm import cache, pool
from lstm_lint.confirm.interpreters import Interpreter
from lstm_lint.findings import Target
from lstm_lint.records import dataclass, field

FEWEST = 20
"""So many programs are worth a further child: its import takes as long as they do."""


@dataclass(frozen=True)
class Means:
    """`python`: the interpreter that the user named; `project`: the directory whose .venv may serve.

    `progress` is told how many of how many programs have been judged.
    """

    python: str | None = None
    device: str = "auto"
    backend: str = "auto"
    jobs: int = 1
    cached: bool = False
    progress: Callable[[int, int], None] | None = None
    project: Path = field(default_factory=Path)
    limits: pool.Limits = field(default_factory=pool.Limits)


def answered(chosen: Interpreter, target: Target, means: Means, recipes: Sequence[str]) -> cache.Answers:
    """Each different program with who judged it and what was said."""
    way = pool.Way(chosen.python, means.device, means.backend)
    path = cache.place(chosen, way, target, means.limits) if means.cached else None
    known = cache.known(path, list(recipes))
    new = [recipe for recipe in recipes if recipe not in known]
    count, stop = _Count(len(new), means.progress), Event()

    def some(part: Sequence[str]) -> cache.Answers:
        answers: cache.Answers = {}
        for recipe, said in zip(part, pool.judged(way, target, part, means.limits), strict=True):
            if stop.is_set():
                break
            answers[recipe] = said
            count.one_more()
        return answers

    jobs = max(1, min(means.jobs, len(new) // FEWEST))
    if jobs == 1:
        found = some(new)
    else:
        with ThreadPoolExecutor(jobs) as threads:
            try:
                shares = list(threads.map(some, [new[n::jobs] for n in range(jobs)]))
            finally:
                stop.set()  # whoever was interrupted waits for no more than one recipe of each child
            found = {recipe: said for share in shares for recipe, said in share.items()}
    cache.keep(path, found)
    return known | found


@dataclass
class _Count:
    total: int
    tell: Callable[[int, int], None] | None
    done: int = 0
    lock: Lock = field(default_factory=Lock)

    def one_more(self) -> None:
        with self.lock:
            self.done += 1
            if self.tell is not None:
                self.tell(self.done, self.total)
