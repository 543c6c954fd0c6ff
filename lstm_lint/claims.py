"""What a check says before it is a finding: at which place, what Keras would do there, what would mend it.

A claim speaks in places and operations; `source` turns its places into spans and its remedy into edits,
`confirm` turns its operation into a witness.
"""

from dataclasses import dataclass
from typing import Literal

from lstm_lint.findings import Applicability, Place
from lstm_lint.trace import Operation


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the text.

    replace: `text` instead of the node at `place`. append: `text` right behind the node.
    add-argument: `text` as a further argument of the call at `place`. remove-argument: the argument at `place` and
    its comma go. rename: `text` instead of the keyword of the argument at `place`.
    """

    place: Place
    how: Literal["replace", "append", "add-argument", "remove-argument", "rename"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = "safe"


@dataclass(frozen=True, slots=True)
class Claim:
    """`rule` is a card's name; `place` where the repair goes; the last step of `trail` is where Keras stops.

    `operation` is what a witness must run; it must raise one of `raises` with all of `words` in its message.
    No operation: the claim says nothing about Keras (an unbound name).
    """

    rule: str
    place: Place
    message: str
    hint: str = ""
    trail: tuple[tuple[Place, str], ...] = ()
    remedy: Remedy | None = None
    operation: Operation | None = None
    raises: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
