"""Asks one version of Keras what layers do, and writes its answers into `tests/layers.csv`.

Each row is a question (a layer, its inputs, how it is called) and what each generation says: the shapes of the
output, the weights, and, where running it gives something else, what running it gives. Run it inside an environment
that holds that version:

    python tools/ask_layers.py

`--package tf_keras` asks that instead and prints where its answers differ from those of the column it would fill.
"""

import argparse
import csv
import multiprocessing
import os
import re
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", KERAS_BACKEND="tensorflow")

TABLE = Path(__file__).resolve().parent.parent / "tests" / "layers.csv"
QUESTION = ("layer", "inputs", "call")
ANSWER = ("shape", "weights", "run")
DEAD = "the process dies"
LONGEST = 200
ADDRESS = re.compile(r"0x[0-9a-f]+")
COLOUR = re.compile(r"\x1b\[\dm")
OPEN = 6
"""The size that open axes get where the layer is really run; the batch gets 2."""


class Asker:
    def __init__(self, keras: Any) -> None:
        self.keras, self.numpy = keras, import_module("numpy")
        self.names = {**vars(keras.layers), "keras": keras, "np": self.numpy, "Input": keras.Input}
        self.names["tf"] = import_module("tensorflow")

    def answer(self, question: dict[str, str]) -> tuple[str, str, str]:
        self.keras.backend.clear_session()
        try:
            names = dict(self.names)
            inputs = eval(f"({question['inputs']},)", names) if question["inputs"] else ()
            names.update(zip("abcdef", inputs, strict=False))
            names["layer"] = layer = eval(question["layer"], names)
            output = eval(question["call"] or "layer(a)", names) if inputs else None
        except Exception as error:  # noqa: BLE001, whatever it raises is the answer
            return told(error), "", ""
        shape = shapes(output)
        return shape, weights(layer), self.run(question, inputs, names, shape) if inputs else ""

    def run(self, question: dict[str, str], inputs: tuple[Any, ...], names: dict[str, Any], expected: str) -> str:
        """What comes of real arrays, where that is not what the symbolic answer says."""
        arrays = [self.array(each) for each in inputs]
        names = {**names, **dict(zip("abcdef", arrays, strict=False))}
        try:
            real = shapes(eval(question["call"] or "layer(a)", names))
        except Exception as error:  # noqa: BLE001, whatever it raises is the answer
            return told(error)
        return "" if agree(expected, real) else real

    def array(self, tensor: Any) -> Any:
        shape = [OPEN if dim is None else dim for dim in tensor.shape]
        if tensor.shape and tensor.shape[0] is None:
            shape[0] = 2
        kind = getattr(tensor.dtype, "name", tensor.dtype)
        return self.names["tf"].zeros(shape, kind)


def weights(layer: Any) -> str:
    """Their shapes; a vocabulary has none."""
    held = getattr(layer, "weights", ())
    return " ".join(str(tuple(w.shape)) for w in held if hasattr(w, "shape")) if isinstance(held, list) else ""


def shapes(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(shapes, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {shapes(each)}" for name, each in value.items()) + "}"
    return str(tuple(value.shape)) if hasattr(value, "shape") else type(value).__name__


def agree(symbolic: str, real: str) -> bool:
    """Is the one the other, but for the axes that the first leaves open?"""
    ours, theirs = (text.replace(",", " ").replace("(", "( ").replace(")", " )").split() for text in (symbolic, real))
    return len(ours) == len(theirs) and all(a in ("None", b) for a, b in zip(ours, theirs, strict=True))


def told(error: Exception) -> str:
    text = COLOUR.sub("", " ".join(str(error).split()))
    return f"{type(error).__name__}: {ADDRESS.sub('0x..', text)[:LONGEST]}"


class Sitting:
    """A process that answers, and another one when a question has killed it."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.start()

    def start(self) -> None:
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=answer_all, args=(self.package, there), daemon=True
        )
        process.start()
        there.close()
        self.pipe = here
        self.generation: str = here.recv()

    def answer(self, question: dict[str, str]) -> tuple[str, str, str]:
        self.pipe.send(question)
        try:
            return tuple(self.pipe.recv())  # type: ignore[return-value]
        except EOFError:
            self.start()
            return DEAD, "", ""


def answer_all(package: str, pipe: Any) -> None:
    warnings.simplefilter("ignore")
    keras = import_module(package)
    asker = Asker(keras)
    pipe.send("keras" + keras.__version__.split(".")[0])
    while True:
        pipe.send(asker.answer(pipe.recv()))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--package", choices=("keras", "tf_keras"), default="keras")
    options.add_argument("--new", action="store_true", help="only the rows that have no answer yet")
    options.add_argument("--table", type=Path, default=TABLE)
    options.add_argument("--check", action="store_true", help="print what differs, write nothing")
    options.add_argument("--every", type=int, default=1, help="only one row in so many")
    given = options.parse_args()
    sitting = Sitting(given.package)
    with given.table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows[:: given.every]:
        cells = [f"{sitting.generation} {part}" for part in ANSWER]
        if given.new and row[cells[0]]:
            continue
        for cell, said in zip(cells, sitting.answer(row), strict=True):
            if given.check or given.package == "tf_keras":
                if steady(row[cell]) != steady(said):
                    print(row["layer"], row["inputs"], row["call"], cell, row[cell], said, sep=" | ", flush=True)
            else:
                row[cell] = said
    if not given.check and given.package == "keras":
        write(given.table, rows)


def steady(text: str) -> str:
    """Without the parts of a message that are made up anew each time."""
    return re.sub(r"0x[0-9a-f]+|_\d+\b|@[\w.]+", "", text)[:120]


def write(table: Path, rows: list[dict[str, str]]) -> None:
    columns = [*QUESTION, *(f"{generation} {part}" for generation in ("keras2", "keras3") for part in ANSWER)]
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
