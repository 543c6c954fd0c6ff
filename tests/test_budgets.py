"""No file takes longer than 10 s or more than 1 GiB: what is too much ends in Unknown, and what was found stands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAD = """\
from tensorflow.keras import Input
from tensorflow.keras.layers import LSTM
LSTM(8)(LSTM(8)(Input((10, 4))))
"""
ROW = 3
MOST_SECONDS = 10.0
MOST_BYTES = 2**30


def calls(depth: int) -> str:
    """Each function calls the next one twice."""
    first = f"def f{depth}(x):\n    return LSTM(8)(x)\n"
    rest = (f"def f{i}(x):\n    f{i + 1}(x)\n    return f{i + 1}(x)\n" for i in range(depth))
    return first + "".join(rest) + "f0(Input((10, 4)))\n"


def lambdas(depth: int) -> str:
    rest = (f"f{i} = lambda x: (f{i + 1}(x), f{i + 1}(x))\n" for i in range(depth))
    return f"f{depth} = lambda x: LSTM(8)(x)\n" + "".join(rest) + "f0(Input((10, 4)))\n"


def unknown_branches(count: int) -> str:
    """Either over Either: what each branch leaves meets what the others left."""
    return "import sys\nn = 1\n" + "".join(
        f"if sys.argv[{i}]:\n    n = n + {3**i}\n    m{i} = LSTM(n)\nelse:\n    m{i} = n * {i + 2}\n"
        for i in range(count)
    )


def nested_loops(depth: int) -> str:
    lines = ["import sys", "rows = []"]
    lines += [" " * i + f"for x{i} in sys.argv:" for i in range(depth)]
    return "\n".join(lines) + "\n" + " " * depth + "rows.append(x0)\n"


def elifs(count: int) -> str:
    return "import sys\nif sys.argv[0] == 'a':\n    x = 1\n" + "".join(
        f"elif sys.argv[0] == 'a{i}':\n    x = {i}\n" for i in range(count)
    )


BIG = {
    "calls": calls(40),
    "lambdas": lambdas(40),
    "recursion": "def f(x):\n    return f(f(x)) + f(f(x))\nf(Input((10, 4)))\n",
    "mutual recursion": "def f(x):\n    return g(x) + g(x)\ndef g(x):\n    return f(x) + f(x)\nf(1)\n",
    "branches": unknown_branches(300),
    "elifs": elifs(400),
    "nested loops": nested_loops(14),
    "nested known loops": "".join(" " * i + f"for x{i} in range(30):\n" for i in range(9)) + " " * 9 + "y = x0 + x8\n",
    "nested comprehensions": "x = " + "[" * 12 + "1" + "".join(f" for a{i} in range(60)]" for i in range(12)) + "\n",
    "one comprehension": "x = [0 " + " ".join(f"for a{i} in range(60)" for i in range(12)) + "]\n",
    "long loop": "n = 0\nfor i in range(10 ** 12):\n    n += i\nwhile n > 0:\n    n -= 1\n",
    "list that doubles": "x = [0]\nfor i in range(40):\n    x = x + x\ny = x * 10 ** 9\n",
    "tuple that doubles": "x = (0,)\nfor i in range(40):\n    x = (x, x)\nLSTM(8)(x)\nprint(x)\n",
    "text that doubles": "x = 'a'\nfor i in range(40):\n    x = x + x\ny = 'a' * 10 ** 12\n",
    "huge powers": "x = 10 ** 10 ** 10\ny = 1 << 10 ** 12\nz = 9 ** 9 ** 9\nfor i in range(39):\n    x = x * x\n",
    "number that squares": "x = 7\nfor i in range(39):\n    x = x * x\n",
    "huge literal": "x = " + "9" * 4_000 + "\ny = '" + "a" * 900_000 + "'\n",
    "huge list": "x = [" + "\n".join("1, 2, 3, 4," for _ in range(30_000)) + "]\n",
    "huge range": "x = list(range(10 ** 12))\ny = [i for i in range(10 ** 12)]\nz = tuple(range(10 ** 7))\n",
    "sums of symbols": "import sys\nn = len(sys.argv)\nfor i in range(39):\n    n = n * n + len(sys.argv[i:])\n",
    "open elements": "import sys\nx = [1 if i > len(sys.argv) else 0 for i in range(30)]\nprint(x)\nLSTM(8)(x)\n",
    "lists of one list": "import numpy\nx = [[0] * 4000] * 4000\ny = numpy.array(x)\nnumpy.mean(x)\nprint(x)\nx == x\n",
    "lists that double": "import numpy\nx = [0]\nfor i in range(39):\n    x = [x, x]\nprint(x)\nnumpy.mean(x)\nx == x\n",
    "a list in itself": "import numpy\nx = [0]\nx.append(x)\nprint(x)\nnumpy.mean(x)\nx == x\nLSTM(8)(x)\n",
    "a dict in itself": "x = {}\nx['a'] = x\nprint(x)\nx == x\nLSTM(8)(x)\n",
    "slow numbers": "import math\nmath.factorial(10 ** 6)\nmath.comb(10 ** 6, 5 * 10 ** 5)\nround(5, -10 ** 30)\n",
    "wide texts": "'{:>10000000000}'.format(1)\n'{:{}}'.format(1, 10 ** 11)\nf'{1:10000000000}'\n'%1000000000d' % 1\n",
    "beyond C": "len(range(10 ** 30))\n'a'.split(',', 10 ** 30)\nimport numpy\nnumpy.arange(10 ** 30)\nprint(10 ** 5000)\n",
    "combinations": "import itertools as i\ni.permutations([1], 10 ** 30)\ni.combinations([1], -1)\ni.product([1], repeat=-1)\n",
    "pairs of one": "dict([(1,)])\nfor a, b in [(1,)]:\n    pass\n",
    "instances": "class A:\n    def __init__(self):\n        self.a = A()\n        self.b = A()\nA()\n",
    "many functions": "".join(f"def f{i}(x=1):\n    return [LSTM(8) for a in x]\n" for i in range(9_000)),
    "many layers": "x = Input((10, 4))\n" + "x = LSTM(8, return_sequences=True)(x)\n" * 8_000,
    "many lines": "x = [1, 2]\n" * 30_000,
}


def measured(path: Path) -> tuple[float, int, list[int]]:
    """Seconds of the processor, bytes at the peak, rows of what was found."""
    command = [sys.executable, "-m", "lstm_lint", "check", "--target", "keras3", "--output-format", "json", str(path)]
    code = "import json, resource, subprocess, sys; done = subprocess.run(sys.argv[1:], capture_output=True, text=True)"
    code += "; used = resource.getrusage(resource.RUSAGE_CHILDREN)"
    told = "print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss, done.stdout, done.stderr]))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {told}", *command], capture_output=True, text=True, check=True
    )
    seconds, peak, found, complaints = json.loads(done.stdout)
    assert not complaints
    return seconds, peak * 1024, [each["location"]["row"] for each in json.loads(found)]


@pytest.mark.parametrize("name", BIG)
def test_limits(name: str, tmp_path: Path) -> None:
    path = tmp_path / "big.py"
    path.write_text(HEAD + BIG[name])
    seconds, peak, rows = measured(path)
    assert ROW in rows
    assert seconds < MOST_SECONDS
    assert peak < MOST_BYTES


@pytest.mark.parametrize("opening", ["(", "[", "{1: ", "f(", "not ", "-", "lambda: "])
@pytest.mark.parametrize("count", [90, 100_000])
def test_nesting(opening: str, count: int, tmp_path: Path) -> None:
    """What would crash the parser is said to be too deep; what is read is judged."""
    closing = {"(": ")", "[": "]", "{1: ": "}", "f(": ")"}.get(opening, "")
    path = tmp_path / "deep.py"
    path.write_text(HEAD + "f = print\nx = " + opening * count + "1" + closing * count + "\n")
    seconds, peak, rows = measured(path)
    assert rows
    assert seconds < MOST_SECONDS
    assert peak < MOST_BYTES
