"""Parses texts that nest deeply, as a process of its own, for libcst can end it: prints kind, size, outcome and seconds."""

import sys
import time
from pathlib import Path

from lstm_lint.source.places import spans
from lstm_lint.source.text import LARGEST, Broken
from lstm_lint.source.tree import parse

KINDS = {
    "brackets": lambda n: f"x = {'(' * n}1{')' * n}\n",
    "brackets over lines": lambda n: "x = " + "(\n" * n + "1" + ")\n" * n,
    "lists": lambda n: f"x = {'[' * n}1{']' * n}\n",
    "calls in calls": lambda n: f"x = {'f(a=' * n}1{')' * n}\n",
    "dicts": lambda n: f"x = {'{1:' * n}1{'}' * n}\n",
    "unclosed": lambda n: f"x = {'[f(' * n}\n",
    "chain": lambda n: f"x = a{'.b()' * n}\n",
    "chain over lines": lambda n: "x = (a" + "\n    .b(1, 2)  # step, step" * n + "\n)\n",
    "chain behind backslashes": lambda n: "x = a" + " \\\n    .b()" * n + "\n",
    "chain through strings": lambda n: "x = (a" + '\n    .b(\'(\', "\\"")' * n + ")\n",
    "subscripts": lambda n: "x = (a" + "\n[0]" * n + ")\n",
    "sums": lambda n: "x = (1" + "\n+ 1" * n + ")\n",
    "powers": lambda n: "x = (1" + "\n** 1" * n + ")\n",
    "signs": lambda n: "x = (" + "-\n" * n + "1)\n",
    "nots": lambda n: "x = (" + "not\n" * n + "1)\n",
    "ands": lambda n: "x = (1" + "\nand 1" * n + ")\n",
    "conditions": lambda n: "x = (1" + "\nif a else 1" * n + ")\n",
    "lambdas": lambda n: "x = (" + "lambda a, b:\n" * n + "1)\n",
    "strings": lambda n: "x = (" + "'a'\n" * n + ")\n",
    "f-strings": lambda n: "x = " + "f'''{(\n" * n + "1" + ")}'''" * n + "\n",
    "f-string of brackets": lambda n: "x = f'''{" + "(\n" * n + "1" + ")\n" * n + "}'''\n",
    "elifs": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
    "blocks": lambda n: "".join(" " * i + "if a:\n" for i in range(min(n, 1000))) + " " * min(n, 1000) + "pass\n",
    "dotted import": lambda n: "import a" + ".b" * n + "\n",
    "case": lambda n: f"match a:\n    case {'[' * n}1{']' * n}: pass\n",
    "case over lines": lambda n: "match a:\n    case " + "{1:\n" * n + "b" + "\n}" * n + ": pass\n",
    "wrong del": lambda n: f"del {'(' * n}a b{')' * n}\n",
    "one list": lambda n: "x = [" + "1,\n" * n + "]\n",
    "statements": lambda n: "x = f(1)\n" * n,
    "quotes": lambda n: "\\'''" * n + "\n",
}


def main() -> None:
    for kind, text in KINDS.items():
        for size in map(int, sys.argv[1:]):
            data = text(size).encode()[:LARGEST]
            began = time.perf_counter()
            try:
                source = parse(Path("deep.py"), data)
                spans(source, source.tree.body)
                outcome = "parsed"
            except Broken as broken:
                outcome = broken.rule
            print(f"{kind}|{size}|{outcome}|{time.perf_counter() - began:.2f}", flush=True)


main()
