"""What is known of library calls, by canonical name. A shape function names its dims, unifies, returns.

`@op` knows a function or a method (`numpy.ndarray.reshape`), `@attribute` what reading one gives, `@layer` what calling a
layer does to shapes, `@weights` which weights it then holds. Where the generations differ, `until="keras3"` marks the
function for the older one, `since="keras3"` that for the newer.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from lstm_lint.findings import Target
from lstm_lint.library.rooms import WAITING, fetch

F = TypeVar("F", bound=Callable[..., Any])

TARGETS: tuple[Target, ...] = ("keras2", "keras3")


class Table(dict[tuple[str, Target], Any]):
    """Canonical name and generation to function."""

    def register(
        self, names: tuple[str, ...], until: Target | None = None, since: Target | None = None
    ) -> Callable[[F], F]:
        targets = [t for t in TARGETS if (until is None or t < until) and (since is None or t >= since)]

        def keep(function: F) -> F:
            for name in names:
                for target in targets:
                    self[name, target] = function
            return function

        return keep


class Rooms(Table):
    """The rooms that know a name are opened when it is first asked for."""

    def get(self, key: tuple[str, Target], default: Any = None) -> Any:
        if key[0] in WAITING:
            fetch(key[0])
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        if isinstance(key, tuple):
            fetch(key[0])
        return super().__contains__(key)


OPS = Rooms()
ATTRIBUTES = Rooms()
LAYERS = Rooms()
WEIGHTS = Rooms()
RANKS: dict[str, int] = {}
"""The rank of input that a layer asks for before anything else."""
LEAST_RANKS: dict[str, int] = {}
"""The rank that its input must have at least."""


def op(*names: str, until: Target | None = None, since: Target | None = None) -> Callable[[F], F]:
    return OPS.register(names, until, since)


def attribute(*names: str, until: Target | None = None, since: Target | None = None) -> Callable[[F], F]:
    return ATTRIBUTES.register(names, until, since)


def layer(
    *names: str,
    rank: int | None = None,
    least: int | None = None,
    until: Target | None = None,
    since: Target | None = None,
) -> Callable[[F], F]:
    for name in names:
        if rank is not None:
            RANKS[name] = rank
        if least is not None:
            LEAST_RANKS[name] = least
    return LAYERS.register(names, until, since)


def weights(*names: str, until: Target | None = None, since: Target | None = None) -> Callable[[F], F]:
    return WEIGHTS.register(names, until, since)
