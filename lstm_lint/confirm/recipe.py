"""A witness as data: the steps that the child runs, and the same steps as the program that the user reads.

A node is a literal, or a list headed by its kind: `["call", path, arguments, named]`, `["name", x]`, and so on, as
child.py evaluates them; both forms are made from the one list of steps and from nothing else.
"""

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import Any, TypeAlias

from lstm_lint.records import dataclass

Node: TypeAlias = Any

OLD = "tensorflow.python.keras"
SHORT = {"numpy": "np", "tensorflow": "tf", OLD: "old_keras"}
IMPORTS = {
    "numpy": "import numpy as np",
    "tensorflow": "import tensorflow as tf",
    OLD: "from tensorflow.python import keras as old_keras",
}
HOMES = {
    "keras": "import keras",
    "tensorflow.keras": "from tensorflow import keras",
    "tf_keras": "import tf_keras as keras",
}
SECONDS = """
def seconds(run, rounds):
    \"""The median of some calls; the first one does not count.\"""
    ends = [(run(), time.perf_counter())[1] for _ in range(rounds)]
    return sorted(end - start for start, end in zip(ends, ends[1:]))[rounds // 2]
"""

BRACKETS = {"list": "[]", "set": "{}"}


@dataclass(frozen=True)
class Step:
    """`to` names the result: one name, several (the value is unpacked, its rest into the last if `starred`) or none.

    With `expected`, it is an assertion instead; with `rounds`, it is done so often and the time is taken.
    """

    do: Node
    to: str | tuple[str, ...] = ""
    starred: bool = False
    expected: Node = None
    asserts: bool = False
    rounds: int = 0

    def data(self) -> dict[str, Any]:
        if self.asserts:
            return {"expect": self.do, "is": self.expected}
        if isinstance(self.to, str):
            return {"do": self.do, "to": self.to, **({"rounds": self.rounds} if self.rounds else {})}
        return {"do": self.do, "to": list(self.to), "starred": self.starred}

    def text(self) -> str:
        if self.asserts and self.expected is True:
            return f"assert {written(self.do)}"
        if self.asserts:
            return f"assert {written(self.do)} == {written(self.expected)}"
        if self.rounds:
            return f"{self.to} = seconds(lambda: {written(self.do)}, {self.rounds})"
        if isinstance(self.to, str):
            return _class(self.do) + (f"{self.to} = {written(self.do)}" if self.to else written(self.do))
        first, last = self.to[:-1], self.to[-1]
        names = ", ".join((*first, f"*{last}" if self.starred else last))
        return f"{names}{',' if len(self.to) == 1 else ''} = {written(self.do)}"


def program(steps: Sequence[Step], comments: Iterable[str], home: str) -> str:
    """A script that stands by itself."""
    body = "\n".join(step.text() for step in steps).lstrip()
    roots = {root for step in steps for root in _roots([step.do, step.expected])}
    imports = [HOMES[home], *(line for root, line in IMPORTS.items() if root in roots)]
    head = [f"# {_plain(comment)}" for comment in comments]
    timed = [str(step.to) for step in steps if step.rounds]
    if timed:
        imports.append("import time")
        body = f"{SECONDS}\n\n{body}\nprint({' / '.join(timed)})"
    return "\n".join([*head, *sorted(imports, key=str.split), "", body]) + "\n"


def _plain(comment: str) -> str:
    """One line, whatever it quotes."""
    return "".join(letter if letter.isprintable() else " " for letter in comment)


def _roots(node: Node) -> Iterable[str]:
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            if node and node[0] in ("call", "symbol"):
                yield _root(node[1])
            waiting.extend(node)


def _class(node: Node) -> str:
    """What stands for a class of the user's, ahead of its instance."""
    match node:
        case ["own", name, home, attributes, methods, begin]:
            parts = [[f"{each} = {written(value)}" for each, value in attributes]]
            parts += [_beginning(*begin)] if begin else []
            parts += [_method(*each) for each in methods]
            lines = [line for part in parts if part for line in ("", *part)][1:]
            head = f"class {name}({_dotted(home)}):" if home else f"class {name}:"
            return "\n".join(["", "", head, *(line and f"    {line}" for line in lines or ["pass"]), "", "", ""])
    return ""


def _beginning(begins: Node, sets: Sequence[Node]) -> list[str]:
    first = [f"super().__init__{_arguments(*begins)}"] if begins is not None else []
    lines = [*first, *(f"self.{name} = {written(value)}" for name, value in sets)]
    return ["def __init__(self):", *(f"    {line}" for line in lines or ["pass"])]


def _method(parameters: Sequence[str], steps: Sequence[dict[str, Any]], gives: Node, name: str) -> list[str]:
    taken = ", ".join(f"{each}None" if each.endswith("=") else each for each in ("self", *parameters))
    texts = [_step(each).text() for each in steps]
    return [f"def {name}({taken}):", *(f"    {line}" for line in (*texts, f"return {written(gives)}"))]


def _step(data: dict[str, Any]) -> Step:
    to = data["to"]
    return Step(data["do"], to if isinstance(to, str) else tuple(to), data.get("starred", False))


def written(node: Node) -> str:
    """The node as Python source."""
    match node:
        case ["own", name, *_]:
            return f"{name}()"
        case ["tuple", *items]:
            return f"({', '.join(map(written, items))}{',' if len(items) == 1 else ''})"
        case ["set"]:
            return "set()"
        case ["generator", *items]:
            return f"(each for each in {written(['list', *items])})"
        case ["list" | "set" as kind, *items]:
            return f"{BRACKETS[kind][0]}{', '.join(map(written, items))}{BRACKETS[kind][1]}"
        case ["dict", *pairs]:
            return "{" + ", ".join(f"{written(key)}: {written(value)}" for key, value in pairs) + "}"
        case ["bytes", digits]:
            return repr(bytes.fromhex(digits))
        case ["complex", real, imaginary]:
            return f"complex({written(real)}, {written(imaginary)})"
        case ["ellipsis"]:
            return "..."
        case ["name", name]:
            return str(name)
        case ["symbol", path]:
            return _dotted(path)
        case ["call", path, arguments, named]:
            return _dotted(path) + _arguments(arguments, named)
        case ["apply", owner, arguments, named]:
            return _primary(owner) + _arguments(arguments, named)
        case ["method", owner, name, arguments, named]:
            return f"{_primary(owner)}.{name}{_arguments(arguments, named)}"
        case ["attr", owner, name]:
            return f"{_primary(owner)}.{name}"
        case ["item", owner, index]:
            return f"{_primary(owner)}[{_index(index)}]"
        case ["slice", *_]:
            return f"slice({', '.join(map(written, node[1:]))})"
        case ["operate", sign, one]:
            return f"{sign}{' ' if sign == 'not' else ''}{_operand(one)}"
        case ["operate", sign, left, right]:
            return f"{_operand(left)} {sign} {_operand(right)}"
        case ["shape", value]:
            return f"tuple({_primary(value)}.shape)"
        case float() if not isfinite(node):
            return f'float("{node}")'
        case str():
            return _quoted(node)
    return repr(node)


def _quoted(text: str) -> str:
    """As a literal, in double quotes where that changes nothing else."""
    literal = repr(text)
    return f'"{literal[1:-1]}"' if literal[0] == "'" and '"' not in literal else literal


def _dotted(path: str) -> str:
    root = _root(path)
    if root == "builtins":
        return path.partition(".")[2]
    return SHORT.get(root, root) + path[len(root) :]


def _root(path: str) -> str:
    return OLD if path.startswith(f"{OLD}.") else path.partition(".")[0]


def _arguments(arguments: Sequence[Node], named: Sequence[tuple[str, Node]]) -> str:
    return "(" + ", ".join([*map(written, arguments), *(f"{name}={written(value)}" for name, value in named)]) + ")"


def _primary(node: Node) -> str:
    """Fit to be followed by a dot, a bracket or an operator."""
    text = written(node)
    simple = isinstance(node, list) and node[0] != "operate"
    return text if simple or isinstance(node, str) else f"({text})"


def _operand(node: Node) -> str:
    """Fit to stand beside an operator."""
    plain = isinstance(node, int | float) and isfinite(node) and node >= 0
    return written(node) if plain else _primary(node)


def _index(node: Node) -> str:
    match node:
        case ["slice", start, stop, step]:
            parts = ["" if part is None else written(part) for part in (start, stop, step)]
            return ":".join(parts if parts[2] else parts[:2])
        case ["tuple", _, *_] if len(node) > 2:
            return ", ".join(map(_index, node[1:]))
    return written(node)
