"""What a check says before it is a finding: at which place, what Keras would do there, what would mend it.

A claim speaks in places and operations; `source` turns its places into spans and its remedy into edits,
`confirm` turns its operation into a witness.
"""

from typing import Literal, TypeAlias

from lstm_lint.findings import Applicability, Place
from lstm_lint.records import dataclass
from lstm_lint.trace import Operation
from lstm_lint.values.library import Clash

How: TypeAlias = Literal[
    "replace",
    "prepend",
    "append",
    "add-argument",
    "remove-argument",
    "rename",
    "statement",
    "again",
    "become",
    "item",
    "import",
]
Text: TypeAlias = str | tuple[str | Place, ...]
"""Words, and places whose own text stands there; an argument's is that of its value."""


@dataclass(frozen=True)
class Change:
    """One change to the text.

    replace: `text` instead of the node at `place`. prepend, append: `text` right before or behind the node.
    add-argument: `text` as a further argument of the call at `place`. remove-argument: the argument at `place` and
    its comma go. rename: `text` instead of the keyword of the argument at `place`. statement: `text` before the
    statement of the node. again: the call at `place`, which is a statement, once more before it, with `text` for its
    arguments. become: `text` instead of a statement that is just the call at `place`. item: `text` before the node, which is the first element of a list. import: `text` behind the imports
    before the node. Statements in a `text` are parted by line feeds.
    """

    place: Place
    how: How
    text: Text = ""


@dataclass(frozen=True)
class Remedy:
    message: str
    changes: tuple[Change, ...]
    applicability: Applicability = "safe"


@dataclass(frozen=True)
class Claim:
    """`rule` is a card's name; `place` where the repair goes; the last step of `trail` is where Keras stops.

    `operation` is what a witness must run; it must raise one of `raises` with all of `words` in its message.
    No operation: the claim says nothing about Keras (an unbound name). `clash` is what it was made from.
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
    clash: Clash | None = None

    @property
    def late(self) -> bool:
        """Does the line itself run, and Keras stop only when numbers go through the model?"""
        return self.clash is not None and self.clash.facts.get("stage") == "run"
