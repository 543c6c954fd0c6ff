"""One way through a trace: a `Choice` fixes an arm for each open branch and a member for each Either."""

from collections.abc import Mapping

from lstm_lint.records import dataclass, field, replace
from lstm_lint.trace import Operation
from lstm_lint.values.value import Either, Tensor, Thing, Value


@dataclass(frozen=True)
class Choice:
    arms: Mapping[int, int] = field(default_factory=dict)
    picks: Mapping[Either, Value] = field(default_factory=dict)

    def settle(self, value: Value) -> Value:
        """Itself, or the member chosen for it."""
        while isinstance(value, Either):
            if value not in self.picks:
                raise Open([self._picking(value, member) for member in value.members if self._open_to(member)])
            value = self.picks[value]
        return value

    def admits(self, operation: Operation) -> bool:
        """Is it on the way? A branch that is still open is asked for."""
        for branch, arm in operation.ways:
            if branch not in self.arms:
                raise Open([replace(self, arms={**self.arms, branch: other}) for other in sorted({0, 1, arm})])
        return all(self.arms[branch] == arm for branch, arm in operation.ways)

    def _picking(self, value: Either, member: Value) -> "Choice":
        return Choice({**_arms(member), **self.arms}, {**self.picks, value: member})

    def _open_to(self, member: Value) -> bool:
        return all(self.arms.get(branch, arm) == arm for branch, arm in _arms(member).items())


@dataclass
class Open(Exception):
    """A choice is wanted first: these are open."""

    ways: list[Choice]


def _arms(value: Value) -> dict[int, int]:
    return dict(value.origin.operation.ways) if isinstance(value, Tensor | Thing) and value.origin else {}
