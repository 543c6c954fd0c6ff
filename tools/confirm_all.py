"""Puts every claim about many programs to real Keras, and every model of those without one, in one batch.

usage: confirm_all.py --target keras3 --python PYTHON [--verbose] [--min-confirmed 0.97] PATH ...

A path is a program, a Markdown file with programs in fences (`python keras2`: of that generation alone), or a
directory of both. Prints what is refuted and what stays unconfirmed, with the reason, and the figures last; the exit
code is 1 if anything is refuted, or less is confirmed than wanted.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lstm_lint import interp, library
from lstm_lint.cards import card
from lstm_lint.checks import judge
from lstm_lint.claims import Claim
from lstm_lint.confirm import Item, Means, confirm
from lstm_lint.confirm.words import foreign
from lstm_lint.findings import Confirmation, Target
from lstm_lint.source.places import spans
from lstm_lint.source.text import Broken
from lstm_lint.source.tree import Source, parse
from lstm_lint.trace import Trace
from lstm_lint.values.value import Tensor

BEYOND = "no GPU here"
FENCE = re.compile(r"^```python([ \w]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS: tuple[Target, ...] = ("keras2", "keras3")


@dataclass(frozen=True)
class Put:
    """Something that is put to Keras, and where it stands."""

    kind: Literal["claims", "models", "bindings"]
    where: str
    item: Item


def programs(path: Path, target: Target) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for each in sorted([*path.rglob("*.py"), *path.rglob("*.md")]):
            yield from programs(each, target)
    elif path.suffix == ".md":
        for number, (words, text) in enumerate(FENCE.findall(path.read_text("utf-8")), 1):
            if target in words.split() or not set(TARGETS) & set(words.split()):
                yield f"{path}#{number}", text.encode()
    else:
        yield str(path), path.read_bytes()


def asked(where: str, data: bytes, target: Target) -> Iterator[Put]:
    try:
        source = parse(Path(where), data)
    except Broken:
        return
    trace = interp.run(source, library.load(target))
    claims = list(_claims(where, source, trace, target))
    yield from claims
    raising = any(isinstance(put.item.subject, Claim) and put.item.subject.raises for put in claims)
    for model in () if raising else trace.models:
        yield Put("models", f"{where}: {model.kind} {model.name}", Item(model, target, trace))
    for binding in trace.bindings:
        if isinstance(binding.value, Tensor):
            yield Put("bindings", f"{where}: {binding.name}", Item(binding, target, trace))


def surviving(where: str, data: bytes, target: Target) -> list[Put]:
    """Our own crash on one program costs that program alone."""
    try:
        return list(asked(where, data, target))
    except Exception as error:  # noqa: BLE001
        print(f"crashed: {where}: {type(error).__name__}: {error}")
        return []


def _claims(where: str, source: Source, trace: Trace, target: Target) -> Iterator[Put]:
    claims = [claim for claim in judge(trace, target) if claim.operation is not None and not foreign(claim.operation)]
    rows = spans(source, [claim.place.node for claim in claims if claim.place.file is source])
    for claim in claims:
        known = card(claim.rule)
        if claim.place.file is source and known is not None and target in known.severities:
            yield Put("claims", f"{where}:{rows[claim.place.node].row}: {claim.rule}", Item(claim, target, trace))


def report(title: str, put: Sequence[Put], said: Sequence[Confirmation], verbose: bool) -> tuple[int, float]:
    """How many are refuted, and what part of all that this device can show is confirmed."""
    for each, verdict in zip(put, said, strict=True):
        if verdict.status != "confirmed":
            print(f"{verdict.status}: {each.where}: {verdict.detail}")
            if verbose and verdict.witness:
                print("    " + verdict.witness.replace("\n", "\n    "))
    shown = [verdict for verdict in said if not verdict.detail.startswith(BEYOND)]
    count = Counter(verdict.status for verdict in shown)
    share = count["confirmed"] / (count.total() or 1)
    print(
        f"{title}: {count['confirmed']} of {count.total()} confirmed ({share:.1%}), {count['refuted']} refuted, "
        f"{count['unconfirmed']} unconfirmed"
        + (f"; {len(said) - len(shown)} not counted" if len(said) > len(shown) else "")
    )
    return count["refuted"], share if shown else 1.0


def main() -> int:
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("paths", nargs="+", type=Path)
    options.add_argument("--target", choices=TARGETS, required=True)
    options.add_argument("--python")
    options.add_argument("--backend", default="auto")
    options.add_argument("--device", default="cpu")
    options.add_argument("--jobs", type=int, default=1)
    options.add_argument("--bindings", action="store_true", help="tensors and arrays too, by name")
    options.add_argument("--cached", action="store_true", help="with the verdicts of earlier runs")
    options.add_argument("--verbose", action="store_true")
    options.add_argument("--min-confirmed", type=float, default=0.97, help="of the claims")
    options.add_argument("--min-models", type=float, default=0.9, help="of the models, and of the bindings")
    chosen = options.parse_args()
    texts = [each for path in chosen.paths for each in programs(path, chosen.target)]
    put = [each for where, data in texts for each in surviving(where, data, chosen.target)]
    put = [each for each in put if chosen.bindings or each.kind != "bindings"]
    said = confirm(
        [each.item for each in put], Means(chosen.python, chosen.device, chosen.backend, chosen.jobs, chosen.cached)
    )
    pairs = list(zip(put, said, strict=True))
    good = True
    for title in ("claims", "models", "bindings") if chosen.bindings else ("claims", "models"):
        those = [pair for pair in pairs if pair[0].kind == title]
        refuted, share = report(title, [p for p, _ in those], [s for _, s in those], chosen.verbose)
        good &= refuted == 0 and share >= (chosen.min_confirmed if title == "claims" else chosen.min_models)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
