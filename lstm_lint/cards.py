"""A rule's words live in `rules/<name>.md`: its code, how bad it is in which generation, and what `explain` prints."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from lstm_lint.findings import Severity, Target
from lstm_lint.records import dataclass

PACKAGE = Path(__file__).parent
TARGETS: tuple[Target, ...] = ("keras2", "keras3")
EVERYTHING = "ALL"
_NAME = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Card:
    """`severities` lacks a generation in which the rule does not speak; `says` is the stable part of Keras' message."""

    name: str
    code: str
    severities: Mapping[Target, Severity]
    groups: tuple[str, ...]
    text: str
    says: str = ""
    silent: bool = False
    keras: str = ""

    @property
    def what(self) -> str:
        """The paragraph under the header, on one line."""
        return " ".join(self.text.split("\n```\n", 1)[-1].split("\n## ", 1)[0].split())


def folder() -> Path:
    """Beside the package in a checkout, where an editable install would leave a stale copy; else inside it."""
    checkout = PACKAGE.parent
    return checkout / "rules" if (checkout / "pyproject.toml").is_file() else PACKAGE / "rules"


@cache
def cards() -> tuple[Card, ...]:
    """All cards, by code."""
    pages = (path for path in folder().glob("*.md") if path.name != "README.md")
    return tuple(sorted((read(path.read_text("utf-8")) for path in pages), key=lambda card: card.code))


def card(word: str) -> Card | None:
    """The card of this name or code."""
    return _named(word) or next((card for card in cards() if card.code == word), None)


@cache
def _named(name: str) -> Card | None:
    """One card is one page: a run reads those of its findings alone."""
    page = folder() / f"{name}.md"
    return read(page.read_text("utf-8")) if _NAME.fullmatch(name) and page.is_file() else None


def read(text: str) -> Card:
    import tomllib

    title, _, rest = text.partition("\n")
    head = tomllib.loads(rest.split("```toml\n", 1)[1].split("```", 1)[0])
    group = head.get("group", ())
    return Card(
        name=title.removeprefix("#").strip(),
        code=head["code"],
        severities=_severities(head["severity"]),
        groups=(group,) if isinstance(group, str) else tuple(group),
        text=text,
        says=head.get("says", ""),
        silent=head.get("silent", False),
        keras=head.get("keras", ""),
    )


def _severities(said: Any) -> Mapping[Target, Severity]:
    if isinstance(said, str):
        return {target: Severity(said) for target in TARGETS}
    return {target: Severity(said[target]) for target in TARGETS if target in said}


def weight(selector: str, card: Card) -> int:
    """How specific a selector names this card: 0 not at all, then ALL, a group, a code prefix, the rule itself."""
    if selector in (card.name, card.code):
        return 100
    if selector == EVERYTHING:
        return 1
    if selector in card.groups:
        return 2
    return len(selector) if selector.startswith("RNN") and card.code.startswith(selector) else 0


def unknown(selectors: Iterable[str]) -> list[str]:
    """The selectors that name no rule."""
    return [word for word in selectors if word != EVERYTHING and not any(weight(word, card) for card in cards())]


def names() -> Sequence[str]:
    """All that a selector may be, code prefixes aside."""
    return [EVERYTHING, *(word for card in cards() for word in (card.name, card.code, *card.groups))]
