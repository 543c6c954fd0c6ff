"""Random models before both judges, as many as are asked for; prints the counts and each disagreement, shrunk.

    python tools/differential.py --models 10000 --target keras3 --python PATH

PATH is an interpreter with that generation of Keras; `--package tf_keras` asks that package instead. The seed of a
disagreement gives that model again: --seed N --models 1.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from differential.drawing import drawn
from differential.judge import Child, Difference, compare, shrunk
from differential.programs import Model

from lstm_lint.findings import Target

SHOWN = {"miss": 1, "elsewhere": 1, "unknown": 15, "shape": 15, "params": 15}
"""So many of one key are shown: of a kind without words of its own more, they may be several mistakes."""


def main() -> int:
    given = arguments()
    child = Child(given.python, given.package)
    child.start()
    print(f"{given.target}: {given.package} {child.version}", flush=True)
    tally, layers, found = Counter[str](), Counter[str](), Counter[str]()
    told = Counter[tuple[str, str]]()
    start = time.monotonic()
    seeds = range(given.seed, given.seed + given.models)
    for seed in seeds:
        if given.minutes and time.monotonic() - start > 60 * given.minutes:
            break
        model = drawn(given.target, seed)
        difference, taken = compare(model, given.target, child, not given.build_only)
        tally["models"] += 1
        tally[{True: "taken", False: "refused", None: "not to be told here"}[taken]] += 1
        layers.update(model.layers())
        if tally["models"] % 500 == 0:
            print(f"seed {seed}: {dict(tally)} {dict(found)} {time.monotonic() - start:.0f} s", flush=True)
        if difference is None:
            continue
        found[difference.kind] += 1
        key = (difference.kind, difference.key)
        told[key] += 1
        if difference.kind not in given.quiet and told[key] <= SHOWN.get(difference.kind, 5):
            report(*(shrunk(model, difference, given.target, child) if given.shrink else (model, difference)), seed)
    child.stop()
    print(
        f"models {tally['models']}, layers covered {len(layers)}, seeds {seeds.start} to {seeds.start + tally['models'] - 1}"
    )
    print(f"refused by Keras {tally['refused']}, not to be told here {tally['not to be told here']}")
    print("disagreements:", dict(found) or "none")
    for (kind, key), count in told.most_common():
        print(f"{count:6} {kind}: {key}")
    if given.layers:
        print("layers:", ", ".join(f"{name} {count}" for name, count in sorted(layers.items())))
    return 1 if found.keys() - {"miss", "elsewhere", "unknown"} else 0


def report(model: Model, difference: Difference, seed: int) -> None:
    print(f"\n## {difference.kind}, seed {seed}: {difference.detail}\n{model.text()}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=int, default=10_000)
    parser.add_argument("--target", choices=get_args(Target), default="keras3")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--package", choices=("keras", "tf_keras"), default="keras")
    parser.add_argument("--seed", type=int, default=1, help="the first; each gives one model")
    parser.add_argument("--minutes", type=float, help="stop after so many, whatever is left")
    parser.add_argument("--build-only", action="store_true", help="without the forward pass")
    parser.add_argument("--no-shrink", dest="shrink", action="store_false")
    parser.add_argument("--quiet", nargs="*", default=[], help="kinds of disagreements that are only counted")
    parser.add_argument("--layers", action="store_true", help="print how often each layer came")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
