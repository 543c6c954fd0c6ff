"""Seeded faults: each mutation of our own inference must be refuted by Keras on the literate programs.

usage: mutations.py --python PYTHON [--target keras3] [--only NAME ...]

Each runs in a copy of the package. A mutation that survives is a hole in the confirmation, or a line that no program of
tests/spec reaches; one whose text is not found any more is to be written anew. The exit code is the number of both.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
KERAS = "library/keras/"


@dataclass(frozen=True)
class Mutation:
    name: str
    file: str
    before: str
    after: str


MUTATIONS = [
    Mutation("LSTM of three gates", KERAS + "recurrent.py", '"keras.layers.LSTM": 4', '"keras.layers.LSTM": 3'),
    Mutation("GRU of four gates", KERAS + "recurrent.py", '"keras.layers.GRU": 3', '"keras.layers.GRU": 4'),
    Mutation("a lost state", KERAS + "recurrent.py", '{"keras.layers.LSTM": 2,', '{"keras.layers.LSTM": 1,'),
    Mutation("a state too many", KERAS + "recurrent.py", '"keras.layers.GRU": 1,', '"keras.layers.GRU": 2,'),
    Mutation(
        "all steps as without return_sequences",
        KERAS + "recurrent.py",
        "call.give(*steps, units) if sequences else",
        "call.give(batch, units) if sequences else",
    ),
    Mutation("units one too many", KERAS + "recurrent.py", "units = widths[0]", "units = widths[0] + 1"),
    Mutation(
        "a transposed kernel", KERAS + "weights.py", 'Weight("kernel", (shape[-1], wide))', 'Weight("kernel", (wide, shape[-1]))'
    ),
    Mutation(
        "a transposed recurrent kernel",
        KERAS + "weights.py",
        'Weight("recurrent_kernel", (units, wide))',
        'Weight("recurrent_kernel", (wide, units))',
    ),
    Mutation("one bias of GRU", KERAS + "weights.py", "(2, wide) if after else (wide,)", "(wide,) if after else (wide,)"),
    Mutation(
        "a transposed kernel of Dense",
        KERAS + "weights.py",
        'found = [Weight("kernel", (shape[-1], units))]',
        'found = [Weight("kernel", (units, shape[-1]))]',
    ),
    Mutation("always a bias", KERAS + "weights.py", 'return truth(argument(layer, "use_bias"))', "return True"),
    Mutation("a half of Bidirectional", KERAS + "weights.py", "else [*ours, *theirs]", "else [*ours]"),
    Mutation("Bidirectional as wide as one", KERAS + "wrappers.py", "dims.add(ours, theirs)", "ours"),
    Mutation(
        "TimeDistributed without time",
        KERAS + "wrappers.py",
        "call.give(shape[0], shape[1], *result.shape[1:])",
        "call.give(shape[0], *result.shape[1:])",
    ),
    Mutation(
        "Dense keeps the width", KERAS + "core.py", 'call.give(*shape[:-1], call.dim("units"))', "call.give(*shape)"
    ),
    Mutation(
        "Embedding takes an axis",
        KERAS + "core.py",
        'call.give(*shape, call.dim("output_dim"))',
        'call.give(*shape[:-1], call.dim("output_dim"))',
    ),
    Mutation("Flatten keeps the last axis", KERAS + "reshaping.py", "dims.product(rest)", "rest[-1]"),
    Mutation(
        "RepeatVector the other way",
        KERAS + "reshaping.py",
        'call.give(batch, call.dim("n"), features)',
        'call.give(batch, features, call.dim("n"))',
    ),
    Mutation("Permute by one less", KERAS + "reshaping.py", "shape[axis] for axis in order", "shape[axis - 1] for axis in order"),
    Mutation("Concatenate elsewhere", KERAS + "merging.py", "shapes.concatenate(known, axis)", "shapes.concatenate(known, axis - 1)"),
    Mutation("windows that overlap the end", KERAS + "windows.py", "dims.subtract(size, window), stride), 1)", "size, stride), 1)"),
    Mutation("pooling by single steps", KERAS + "pooling.py", "strides = window if", "strides = (1,) * count if"),
    Mutation("a pass of set_weights lost", KERAS + "weights.py", "for kind in registry.types(layer) if (f", "for kind in () if (f"),
]  # fmt: skip


def confirmed(package: Path, chosen: argparse.Namespace, cache: Path) -> str:
    """What the confirmation of the literate programs says, by this copy of the package."""
    command = [sys.executable, str(ROOT / "tools" / "confirm_all.py"), "--target", chosen.target]
    command += ["--python", chosen.python, "--bindings", "--cached", str(ROOT / "tests" / "spec"), str(ROOT / "rules")]
    environment = {
        **os.environ,
        "PYTHONPATH": str(package),
        "XDG_CACHE_HOME": str(cache),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(command, env=environment, cwd=package, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def refuted(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("refuted: ")]


def mutated(mutation: Mutation, copy: Path) -> bool:
    """Writes it into the copy; False where its text is not there exactly once."""
    path = copy / "lstm_lint" / mutation.file
    text = path.read_text("utf-8")
    if text.count(mutation.before) != 1:
        return False
    path.write_text(text.replace(mutation.before, mutation.after), "utf-8")
    return True


def main() -> int:
    options = argparse.ArgumentParser(usage=__doc__)
    options.add_argument("--python", required=True)
    options.add_argument("--target", choices=("keras2", "keras3"), default="keras3")
    options.add_argument("--only", nargs="*")
    chosen = options.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as directory:
        cache, original = Path(directory) / "cache", Path(directory) / "original"
        shutil.copytree(ROOT / "lstm_lint", original / "lstm_lint", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "rules", original / "rules")
        shutil.copy(ROOT / "pyproject.toml", original)
        sane = confirmed(original, chosen, cache)
        if refuted(sane) or "claims:" not in sane:
            print(f"without a mutation: {refuted(sane) or sane[-2000:]}")
            return 1
        for number, mutation in enumerate(MUTATIONS):
            if chosen.only and mutation.name not in chosen.only:
                continue
            copy = Path(directory) / str(number)
            shutil.copytree(original, copy)
            if not mutated(mutation, copy):
                answer = "NOT FOUND"
            else:
                text = confirmed(copy, chosen, cache)
                lines = refuted(text)
                answer = f"refuted {len(lines)} times" if lines else "SURVIVES"
                if not lines and "claims:" not in text:
                    answer = f"BREAKS: {text[-300:]}"
            bad += not answer.startswith("refuted")
            print(f"{mutation.name}: {answer}", flush=True)
            shutil.rmtree(copy)
    return bad


if __name__ == "__main__":
    raise SystemExit(main())
