"""The rules, for tools."""

import json
from collections.abc import Iterable
from typing import Any

from lstm_lint.cards import Card


def as_json(known: Iterable[Card]) -> str:
    return json.dumps([_rule(card) for card in known], indent=2, ensure_ascii=False) + "\n"


def _rule(card: Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "code": card.code,
        "summary": card.what,
        "severity": {target: str(severity) for target, severity in card.severities.items()},
        "groups": list(card.groups),
        "says": card.says,
        "silent": card.silent,
        "explanation": card.text,
    }
