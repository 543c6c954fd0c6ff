"""How much longer a whole check takes than `libcst.parse_module` alone: same files, same process, same collector.

    python tools/benchmark.py DIRECTORY ... [--slowest N]

The files are those under the directories that hold a recurrent call. A whole check is all of `check` but its report:
reading, parsing, running, judging, and the positions of what is found. Time of the processor; 1.5 is the aim.
"""

import argparse
import gc
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import libcst

from lstm_lint import run
from lstm_lint.cli import RARELY
from lstm_lint.outcome import File
from lstm_lint.settings import Options, finder

RECURRENT = re.compile(r"\b(?:LSTM|GRU|SimpleRNN|ConvLSTM[123]D|RNN)\(")


def recurrent(directories: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The files that hold a recurrent call, as far as libcst can read them; PyTorch's are another matter."""
    for directory in directories:
        for path in sorted(directory.rglob("*.py")):
            try:
                text = path.read_text("utf-8")
                if RECURRENT.search(text) and not re.search(r"^\s*(?:import|from) torch\b", text, re.MULTILINE):
                    libcst.parse_module(text)
                    yield path, text
            except (OSError, UnicodeDecodeError, libcst.ParserSyntaxError, RecursionError):
                continue


def parsing(texts: Iterable[str]) -> float:
    started = time.process_time()
    for text in texts:
        libcst.parse_module(text)
    return time.process_time() - started


def checking(paths: Iterable[Path]) -> float:
    terms = run.Terms(finder(Options(target=("keras3",)), print))
    started = time.process_time()
    run.check([File(path) for path in paths], terms)
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--slowest", type=int, default=0, help="show so many of the files that cost most beside parsing"
    )
    options = parser.parse_args()
    found = dict(recurrent(options.directories))
    checking(list(found)[:50])  # the imports
    gc.collect()
    gc.set_threshold(*RARELY)  # as the command does, for both
    rounds = [(parsing(found.values()), checking(found)) for _ in range(options.rounds)]
    for parsed, checked in rounds:
        print(f"{len(found)} files: parse {parsed:.2f} s, check {checked:.2f} s, ratio {checked / parsed:.2f}")
    costs = ((checking([path]) - parsing([text]), path) for path, text in found.items()) if options.slowest else ()
    for seconds, path in sorted(costs, reverse=True)[: options.slowest]:
        print(f"{seconds:8.3f} s  {path}")


if __name__ == "__main__":
    main()
