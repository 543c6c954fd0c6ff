"""The case before a check: one operation, where it stands in the trace, and which Keras is asked."""

from typing import Any, Generic, TypeVar

from lstm_lint.checks import defaults, trail
from lstm_lint.claims import Change, Claim, Remedy
from lstm_lint.findings import Applicability, Place, Target
from lstm_lint.records import dataclass
from lstm_lint.trace import Clashed, Operation, Trace, Unpacked
from lstm_lint.values.library import Argument
from lstm_lint.values.value import Tensor, Thing

Op = TypeVar("Op", bound=Operation)


@dataclass(frozen=True, eq=False)
class Case(Generic[Op]):
    operation: Op
    trace: Trace
    target: Target

    @property
    def keras(self) -> str:
        return "Keras 2" if self.target == "keras2" else "Keras 3"


def fact(case: Case[Clashed], name: str) -> Any:
    return case.operation.clash.facts.get(name)


def is_kind(case: Case[Clashed], *kinds: str) -> bool:
    return case.operation.clash.kind in kinds


def ranks(case: Case[Clashed]) -> tuple[int, int] | None:
    """How many axes a layer takes, and how many it gets, if that is what clashed."""
    expected, found = fact(case, "expected"), fact(case, "found")
    known = isinstance(expected, int) and isinstance(found, int) and isinstance(fact(case, "layer"), Thing)
    return (expected, found) if is_kind(case, "rank") and known else None


def layer_of(case: Case[Clashed]) -> Thing | None:
    layer = fact(case, "layer")
    return layer if isinstance(layer, Thing) else None


def way_of(case: Case[Clashed]) -> list[trail.Step]:
    """The way of the tensor that clashed, oldest step first."""
    operation = case.operation.operation
    tensor = fact(case, "tensor") or (trail.first(operation.value) if isinstance(operation, Unpacked) else None)
    return trail.way(tensor, operation) if isinstance(tensor, Tensor) else []


def blamed(case: Case[Clashed]) -> Argument | None:
    """The argument that is to blame."""
    arguments = getattr(case.operation.operation, "arguments", ())
    name = case.operation.clash.at
    return next((argument for argument in arguments if name and argument.name == name), None)


def says(case: Case[Clashed]) -> str:
    """What Keras makes of it, in its own words."""
    clash = case.operation.clash
    if not clash.raises:
        return f"{case.keras} runs it without a word"
    late = " when it runs" if fact(case, "stage") == "run" else ""
    quoted = f', "{"... ".join(clash.words)}"' if clash.words else ""
    return f"{case.keras} raises {' or '.join(clash.raises[:2])}{late}{quoted}"


def claim(
    case: Case[Clashed],
    rule: str,
    message: str,
    hint: str = "",
    place: Place | None = None,
    remedy: Remedy | None = None,
    end: str = "",
) -> Claim:
    """A claim about a clash. `end` tells where Keras stops, as the last step of the shapes' way."""
    clashed = case.operation
    layer, way = layer_of(case), way_of(case)
    stop = trail.stop(clashed, layer)
    steps = (*trail.steps(way), *([(stop, end)] if end else []))
    return Claim(
        rule=rule,
        place=place or stop,
        message=message + _with_sizes(case) + defaults.named(message, clashed.operation, layer, way),
        hint=hint,
        trail=steps,
        remedy=remedy,
        operation=clashed.operation,
        raises=clashed.clash.raises,
        words=clashed.clash.words,
        clash=clashed.clash,
    )


def _with_sizes(case: Case[Clashed]) -> str:
    """Where each size of the open axes clashes with something, that of one is told."""
    size = fact(case, "sizes")
    return "" if size is None else f" (with {size} for what is left open; no other size runs either)"


def remedy(
    case: Case[Clashed], message: str, *changes: Change, at: Place | None, applicability: Applicability = "safe"
) -> Remedy:
    """Safe only if what stands `at` is wrong in each round: a change would reach those in which it is right."""
    handed_on = any(_handed_on(case, change.place) for change in changes)
    risky = at is None or _right_elsewhere(case, at) or handed_on
    return Remedy(message, changes, "unsafe" if risky else applicability)


def _handed_on(case: Case[Clashed], at: Place) -> bool:
    """Is it an argument of a function of the user's, which may do more with its `**kwargs`?"""
    called = (getattr(each, "called", None) or each for each in case.trace.operations)
    arguments = (arg for each in called for arg in getattr(each.place.node, "args", ()))
    return hasattr(at.node, "keyword") and not any(at.node is arg for arg in arguments)


def _right_elsewhere(case: Case[Clashed], at: Place) -> bool:
    """Does what stands there also run without a clash, in a loop or a function called again?"""
    clashed = {id(each.operation) for each in case.trace.operations if isinstance(each, Clashed) and not each.silent}
    rounds = (each for each in case.trace.operations if each.place.node is at.node and not isinstance(each, Clashed))
    return sum(id(each) not in clashed for each in rounds) > (at.node is not case.operation.place.node)
