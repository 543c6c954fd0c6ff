"""How much longer it takes to judge 500 different programs than to run them as plain Python in one process.

usage: witness_benchmark.py --python PYTHON [--target keras3] [--count 500] [--most 1.3] [--rounds 3]

The programs are the witnesses of functional models of ten kinds, each of sizes of its own; the plain script builds and
runs the very same ones, one after the other, import included. Prints both times and their ratio; the exit code is 1 if
the best ratio is above what is allowed.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lstm_lint import interp, library
from lstm_lint.confirm import Item, Means, confirm
from lstm_lint.findings import Target
from lstm_lint.source.tree import parse

KINDS = (
    "layers.LSTM({n})(x)",
    "layers.GRU({n})(x)",
    "layers.SimpleRNN({n})(x)",
    "layers.Dense(2)(layers.LSTM({n})(x))",
    "layers.LSTM({n})(layers.LSTM({n}, return_sequences=True)(x))",
    "layers.Bidirectional(layers.GRU({n}))(x)",
    "layers.TimeDistributed(layers.Dense({n}))(x)",
    "layers.GlobalAveragePooling1D()(layers.Conv1D({n}, 3)(x))",
    "layers.Dense({n})(layers.Flatten()(x))",
    "layers.RepeatVector(3)(layers.SimpleRNN({n})(x))",
)
FUNCTION = """
def model_{number}():
    x = keras.Input(({steps}, 3))
    y = {body}
    model = keras.Model(x, y)
    model(np.random.rand(3, {steps}, 3).astype("float32"))


model_{number}()
"""


def source(count: int, target: Target) -> str:
    home = "import keras" if target == "keras3" else "from tensorflow import keras"
    functions = (
        FUNCTION.format(number=i, steps=5 + i % 7, body=KINDS[i % len(KINDS)].format(n=2 + i // len(KINDS)))
        for i in range(count)
    )
    return f"import numpy as np\n{home}\n\nlayers = keras.layers\n{''.join(functions)}"


def plainly(python: str, text: str) -> float:
    with tempfile.TemporaryDirectory() as directory:
        script = Path(directory) / "models.py"
        script.write_text(text, "utf-8")
        start = time.perf_counter()
        subprocess.run([python, "-I", "-B", str(script)], check=True, capture_output=True, cwd=directory)
        return time.perf_counter() - start


def judged(python: str, target: Target, items: list[Item]) -> float:
    start = time.perf_counter()
    said = confirm(items, Means(python=python, device="auto"))
    seconds = time.perf_counter() - start
    wrong = [each for each in said if each.status != "confirmed"]
    if wrong or len({each.witness for each in said}) != len(said):
        sys.exit(f"{len(wrong)} of {len(said)} are not confirmed, or some are alike: {wrong[:1]}")
    return seconds


def main() -> int:
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--python", required=True)
    options.add_argument("--target", choices=("keras2", "keras3"), default="keras3")
    options.add_argument("--count", type=int, default=500)
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--most", type=float, default=1.3)
    chosen = options.parse_args()
    text = source(chosen.count, chosen.target)
    trace = interp.run(parse(Path("models.py"), text.encode()), library.load(chosen.target))
    items = [Item(row, chosen.target, trace, row.name) for row in trace.models if row.kind == "functional"]
    assert len(items) == chosen.count, f"{len(items)} models of {chosen.count}"
    ratios = []
    for _ in range(chosen.rounds):
        plain, ours = plainly(chosen.python, text), judged(chosen.python, chosen.target, items)
        ratios.append(ours / plain)
        print(f"{chosen.count} programs: plain {plain:.1f} s, judged {ours:.1f} s, ratio {ratios[-1]:.2f}")
    return 0 if min(ratios) <= chosen.most else 1


if __name__ == "__main__":
    raise SystemExit(main())
