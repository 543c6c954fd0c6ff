"""Writes rules/README.md, the index of the cards, and the table of rules in README.md.

usage: python tools/rules_index.py [--check]
"""

import re
import sys
from pathlib import Path

from lstm_lint.cards import Card, cards

ROOT = Path(__file__).parents[1]
INDEX, README = ROOT / "rules" / "README.md", ROOT / "README.md"
TABLE = re.compile(r"(<!-- rules -->\n).*?(<!-- end of rules -->)", re.DOTALL)
CLAUSE = re.compile(r"(?:`[^`]*`|[^.;:`]|[.;:](?!\s|$))*")
HEAD = """# The rules

Each rule is a card: what is wrong, a wrong and a right program, why, and when it stays silent. The programs are run
through the linter and through real Keras of both generations by the tests. `error`: Keras raises; `warning`: it runs,
and surely does not do what is written, or fails later, when numbers go through the model; `info`: slower or riskier
than need be.

This page is written by `tools/rules_index.py`.
"""
FAMILIES = {
    "RNN0": ("Files", "Text that cannot be read as a program."),
    "RNN1": ("Shapes", "What goes into a layer, and what comes out."),
    "RNN2": ("Arguments, attributes, names", "What this Keras does not know, or knows by another name."),
    "RNN3": ("States and masks", "What recurrent layers keep, hand on and pass over."),
    "RNN4": ("Data, targets, training", "What a model is fed with and held against."),
    "RNN5": ("Speed", "What runs, and slower than it could."),
}


def severity(card: Card) -> str:
    """`error`, or `error/warning` where the generations differ, with the generation where there is one only."""
    said = "/".join(sorted({str(each) for each in card.severities.values()}))
    return said if len(card.severities) == 2 else f"{said} ({', '.join(card.severities)})"


def first(card: Card) -> str:
    """The first clause of what it says; a colon in code ends none."""
    found = CLAUSE.match(" ".join(card.what.split()))
    return found[0] if found else ""


def row(card: Card, folder: str) -> str:
    return f"| {card.code} | [{card.name}]({folder}{card.name}.md) | {severity(card)} | {first(card)} |"


def table(several: list[Card], folder: str = "") -> str:
    head = ["| code | rule | severity | |", "|---|---|---|---|"]
    return "\n".join([*head, *(row(each, folder) for each in sorted(several, key=lambda card: card.code))]) + "\n"


def index() -> str:
    """All cards, family by family."""
    parts = [HEAD]
    for prefix, (title, words) in FAMILIES.items():
        held = [card for card in cards() if card.code.startswith(prefix)]
        parts.append(f"\n## {title}\n\n{words}\n\n{table(held)}")
    return "".join(parts)


def readme(text: str) -> str:
    """README.md with the table as it is now."""
    return TABLE.sub(lambda found: found[1] + table(list(cards()), "rules/") + found[2], text)


def main() -> int:
    wanted = {INDEX: index(), README: readme(README.read_text(encoding="utf-8"))}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        print(*(f"stale: {path.relative_to(ROOT)}" for path in stale), sep="\n")
        return bool(stale)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
