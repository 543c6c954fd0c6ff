"""Data keeps its shape: the expressions of data/*.txt, statically, against what the real libraries gave.

`python tests/test_data.py` writes down again what the libraries of that interpreter give: numpy, pandas and scikit-learn,
or TensorFlow with Keras of either generation.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from lstm_lint.findings import Target

HERE = Path(__file__).parent / "data"
ARRAYS = """
import argparse, collections, copy, itertools, math, os, types
import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.decomposition import PCA
from sklearn.model_selection import KFold, train_test_split
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.utils import shuffle
"""
ARRAYS_DATA = """X = np.random.rand(6, 4)
y = np.array([0, 1, 2, 0, 1, 2])
V = np.random.rand(6, 5, 3)
df = pd.DataFrame({"a": [1, 2, 3, 4, 5, 6], "b": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], "c": [6, 5, 4, 3, 2, 1]})"""
TENSORS = """
import keras
import numpy as np
import tensorflow as tf
data = tf.data.Dataset
"""
TENSORS_DATA = """X = np.random.rand(6, 4)
y = np.array([0, 1, 2, 0, 1, 2])
x = keras.Input((5, 3))
h = keras.Input((8,))
t = tf.zeros((4, 5, 3))
m = tf.zeros((4, 3))"""
TABLES: dict[str, tuple[str, str, str, Target]] = {
    "arrays": ("arrays.txt", ARRAYS, ARRAYS_DATA, "keras3"),
    "keras2": ("tensors.txt", TENSORS + "from keras import backend as K\n", TENSORS_DATA, "keras2"),
    "keras3": ("tensors.txt", TENSORS + "from keras import ops\n", TENSORS_DATA, "keras3"),
}
KNOWN = 0.95
"""The share of the rows that must be known in full."""

TELL = """
def told(value):
    if type(value).__name__ == "TensorShape":
        value = list(value)
    if hasattr(value, "shape"):
        return str(tuple(value.shape)) if len(value.shape) else "a number"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(told, value)) + "]"
    return "a number" if isinstance(value, float) else repr(value)
"""


def expressions(table: str) -> list[str]:
    """The rows of a table; a row of the other generation is told by "-"."""
    mine, other = ("3: ", "2: ") if table == "keras3" else ("2: ", "3: ")
    lines = (HERE / TABLES[table][0]).read_text(encoding="utf-8").splitlines()
    return ["'-'" if line.startswith(other) else line.removeprefix(mine) for line in lines if line and line[0] != "#"]


def body(table: str, expression: str) -> str:
    *before, last = expression.split("; ")
    return "".join(f"    {line}\n" for line in (*TABLES[table][2].splitlines(), *before, f"result = {last}"))


def real_program(table: str) -> str:
    """A program that prints a line for each expression."""
    parts = ["import warnings; warnings.simplefilter('ignore')", TABLES[table][1], TELL]
    for expression in expressions(table):
        parts.append("try:\n" + body(table, expression) + "    print(told(result))")
        parts.append("except Exception as error:\n    print(type(error).__name__ + ': ' + str(error).splitlines()[0])")
    return "\n".join(parts)


def real_shapes(table: str) -> str:
    program = real_program(table)
    return subprocess.run([sys.executable, "-"], input=program, capture_output=True, text=True, check=True).stdout


def static_program(table: str) -> str:
    functions = [
        f"def row_{number}():\n{body(table, expression)}    return result\nrow_{number} = row_{number}()"
        for number, expression in enumerate(expressions(table))
    ]
    return TABLES[table][1] + "\n".join(functions)


def found(table: str) -> list[str]:
    """What we tell of each row."""
    from lstm_lint.interp import run
    from lstm_lint.library import load
    from lstm_lint.source.places import spans
    from lstm_lint.source.tree import parse

    text = static_program(table)
    source = parse(Path("rows.py"), text.encode())
    trace = run(source, load(TABLES[table][3]))
    by_row = {int(b.name[4:]): told(b.value) for b in trace.bindings if b.name[:4] == "row_" and b.name[4:].isdigit()}
    starts = [line for line, words in enumerate(text.splitlines(), 1) if words.startswith("def row_")]
    places = spans(source, [clash.place.node for clash in trace.clashes()])
    for clash in trace.clashes():
        row = sum(start <= places[clash.place.node].row for start in starts) - 1
        by_row[row] = f"{'|'.join(clash.clash.raises)}: {' '.join(clash.clash.words)}"
    return [by_row.get(number, "?") for number in range(len(starts))]


def told(value: object) -> str:
    """As the real program tells it; "?" where it is not known."""
    from lstm_lint.library.arguments import array_shape
    from lstm_lint.values.value import Const, Many, Tensor, Thing, Tuple, show_shape

    if isinstance(value, Tensor) or isinstance(value, Thing) and "data" in value.fields:
        shape = array_shape(value)
        return "a number" if shape == () else show_shape(shape)
    items = value.items if isinstance(value, Tuple) else value.get("items") if isinstance(value, Thing) else None
    if isinstance(items, Many) and isinstance(items.length, int):
        items = (items.element,) * items.length
    if isinstance(items, tuple):
        return "[" + ", ".join(map(told, items)) + "]"
    if isinstance(value, Const):
        return "a number" if isinstance(value.value, float) else repr(value.value)
    return "?"


def agrees(ours: str, real: str) -> bool:
    """Alike, or not known to us; a clash names the exception and its words."""
    if ": " in ours or ": " in real:
        kinds, _, words = ours.partition(": ")
        return ours == "?" or "(...)" in ours or real.partition(": ")[0] in kinds.split("|") and words in real
    return "(...)" in ours or ours == "?" or sizes_agree(ours, real)


def sizes_agree(ours: str, real: str) -> bool:
    mine, theirs = (text.replace("[", "(").replace("]", ")").split(", ") for text in (ours, real))
    return len(mine) == len(theirs) and all(
        size_agrees(a.strip("(),"), b.strip("(),")) for a, b in zip(mine, theirs, strict=True)
    )


def size_agrees(ours: str, real: str) -> bool:
    """A symbol may be any size; TensorFlow does not always tell a size that we know."""
    return (
        ours == real
        or ours == "?"
        or ours.isidentifier()
        and ours != "None"
        or "a number" in (ours, real)
        or real == "None"
    )


def real_of(table: str) -> list[str]:
    return (HERE / f"real.{table}.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("table", TABLES)
def test_no_expression_has_another_shape_than_the_real_one(table: str) -> None:
    rows = zip(expressions(table), found(table), real_of(table), strict=True)
    assert [row for row in rows if not agrees(row[1], row[2])] == []


@pytest.mark.parametrize("table", TABLES)
def test_most_are_known(table: str) -> None:
    known = [ours == real or ": " in ours for ours, real in zip(found(table), real_of(table), strict=True)]
    assert sum(known) / len(known) >= KNOWN


def here() -> list[str]:
    """The tables that this interpreter can answer for."""
    arrays = all(importlib.util.find_spec(name) for name in ("numpy", "pandas", "sklearn"))
    if not importlib.util.find_spec("tensorflow") or not importlib.util.find_spec("keras"):
        return ["arrays"] if arrays else []
    from importlib.metadata import version

    return [*(["arrays"] if arrays else []), f"keras{version('keras')[0]}"]


@pytest.mark.skipif(not here(), reason="neither pandas and scikit-learn nor TensorFlow are here")
def test_the_real_libraries_still_give_these() -> None:
    for table in here():
        assert real_shapes(table).splitlines() == real_of(table)


if __name__ == "__main__":
    for name in here():
        (HERE / f"real.{name}.txt").write_text(real_shapes(name), encoding="utf-8")
