"""The interpreter over a toy library, program by program: tests/interp/*.py.

`# = text` behind an assignment is what the name then holds; `# clash` marks a line on which the toy library raises;
`# unbound` one that reads a name that nothing binds. Every other line must be silent.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from lstm_lint import interp
from lstm_lint.source.places import spans
from lstm_lint.source.tree import parse
from lstm_lint.trace import NameUnbound, Trace
from lstm_lint.values.heap import Rows
from lstm_lint.values.library import Call, Clash, Engine
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import (
    Const,
    Either,
    Function,
    Many,
    Symbol,
    Tensor,
    Thing,
    Tuple,
    UserClass,
    Value,
    from_dim,
    number,
    show_shape,
)

PROGRAMS = sorted((Path(__file__).parent / "interp").glob("*.py"))
MARK = re.compile(r"#\s*(?:=\s*(?P<value>.+?)|(?P<what>clash|unbound))\s*$")


class Toy:
    """Makes boxes of a shape, and insists on ranks."""

    def member(self, path: str, name: str, via: str) -> Value:
        if path == "toy" and name == "gone":
            raise Clash("name-gone", ("AttributeError",))
        return Symbol(f"{path}.{name}")

    def exports(self, path: str) -> frozenset[str] | None:
        return frozenset({"box", "need"}) if path == "toy" else None

    def builtin(self, name: str) -> Value | None:
        names = {
            "super",
            "property",
            "staticmethod",
            "classmethod",
            "range",
            "len",
            "ValueError",
            "KeyError",
            "NameError",
            "ImportError",
            "Exception",
        }
        return Symbol(f"builtins.{name}") if name in names else None

    def call(self, call: Call) -> Value:
        given = [argument.value for argument in call.positional()]
        match call.callee:
            case "toy.box":
                return Tensor(tuple(map(number, given)), "toy.Box")
            case "toy.need":
                return self.need(given[0], given[1])
            case "toy.pair":
                return Tuple((Tensor((1,), "toy.Box"), Tensor((2,), "toy.Box")))
            case "toy.same":
                return given[0]
            case "toy.expects":
                return Thing("toy.Expecting")
            case "builtins.range" if all(isinstance(each, Const) for each in given):
                return Tuple(tuple(map(Const, range(*(each.value for each in given)))))  # type: ignore[union-attr]
            case "builtins.range":
                from lstm_lint.values import dims

                return Many(dims.symbol("i"), number(given[-1]), first=Const(0))
            case "builtins.len" if isinstance(given[0], Tensor) and isinstance(given[0].shape, tuple):
                return from_dim(given[0].shape[0])
            case "append" if isinstance(call.receiver, Thing):
                items = call.receiver.get("items")
                if isinstance(items, tuple):
                    call.engine.heap.put(call.receiver, "items", (*items, given[0]))
                return Const(None)
        return Unknown(call.callee)

    def need(self, value: Value, rank: Value) -> Value:
        if isinstance(value, Tensor) and isinstance(rank, Const) and value.rank != rank.value:
            raise Clash("rank", ("ValueError",))
        return value

    def attribute(self, owner: Value, name: str, engine: Engine) -> Value:
        if name == "shape" and isinstance(owner, Tensor) and isinstance(owner.shape, tuple):
            return Tuple(tuple(map(from_dim, owner.shape)))
        return Unknown(name)

    def item(self, owner: Value, index: Value, engine: Engine) -> Value:
        return Unknown("item")

    def operate(self, operator: str, left: Value, right: Value, engine: Engine) -> Value:
        return left

    def unpack(self, value: Value, engine: Engine) -> Sequence[Value] | Many | None:
        return None

    def sets(self, owner: Thing, name: str, value: Value, engine: Engine) -> None:
        return

    def derived(self, owner: Thing, cls: UserClass, name: str, engine: Engine) -> Value | None:
        return None

    def models(self, operations: Sequence[Any], function: str | None) -> list[Any]:
        return []

    def swallows(self, context: Value, called: str) -> tuple[str, ...]:
        return ("*",) if isinstance(context, Thing) and context.type == "toy.Expecting" else ()


def shown(value: Any) -> str:
    match value:
        case Const(value=plain):
            return repr(plain)
        case Tensor(shape=shape):
            return f"box{show_shape(shape)}"
        case Either(members=members):
            return " | ".join(sorted(map(shown, members)))
        case Tuple(items=items):
            return f"({', '.join(map(shown, items))}{',' if len(items) == 1 else ''})"
        case Many(element=element, length=length):
            return f"[{shown(element)} * {'?' if isinstance(length, Unknown) else length}]"
        case Thing(type="list", fields={"items": tuple() as items}):
            return f"[{', '.join(map(shown, items))}]"
        case Thing(type="list", fields={"items": Rows(ways=ways)}):
            return " | ".join(f"[{', '.join(map(shown, way))}]" for way in ways)
        case Thing(type="list", fields={"items": Many() as many}):
            return shown(many)
        case Thing(type="dict", fields={"items": dict() as items}):
            return "{" + ", ".join(f"{key!r}: {shown(each)}" for key, each in items.items()) + "}"
        case Unknown() | Thing(type="list" | "dict"):
            return "?"
        case Function(name=name) | UserClass(name=name):
            return name
        case Thing(type="instance", fields=fields):
            return f"a {fields['__class__'].name}"
    return str(value)


def ran(path: Path) -> Trace:
    return interp.run(parse(path, path.read_bytes()), Toy())


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_program(path: Path) -> None:
    source = parse(path, path.read_bytes())
    wanted = {row: MARK.search(line) for row, line in enumerate(source.text.splitlines(), 1)}
    trace = interp.run(source, Toy())
    unbound = [o for o in trace.operations if isinstance(o, NameUnbound) and not o.quiet]
    where = spans(source, [o.place.node for o in (*trace.clashes(), *unbound)])
    marks = {(row, mark["what"]) for row, mark in wanted.items() if mark and mark["what"]}
    said = {
        (where[o.place.node].row, "unbound" if isinstance(o, NameUnbound) else "clash")
        for o in (*trace.clashes(), *unbound)
    }
    assert said == marks
    values = {row: mark["value"] for row, mark in wanted.items() if mark and mark["value"]}
    places = spans(source, [binding.place.node for binding in trace.bindings])
    found = {places[binding.place.node].row: shown(binding.value) for binding in trace.bindings}
    assert {row: found.get(row) for row in values} == values


def test_programs_are_there() -> None:
    assert len(PROGRAMS) >= 8


class Around:
    """The project of tests/interp/files: modules lie beside each other."""

    def __init__(self, folder: Path, importers: Sequence[str] = ()) -> None:
        self.folder, self.names = folder, importers
        self.parsed: dict[str, Any] = {}

    def has(self, importer: Path, name: str, level: int) -> bool:
        return (self.folder / f"{name}.py").exists()

    def module(self, importer: Path, name: str, level: int) -> Any:
        path = self.folder / f"{name}.py"
        if path.exists() and name not in self.parsed:
            self.parsed[name] = parse(path, path.read_bytes())
        return self.parsed.get(name)

    def importers(self, path: Path) -> Sequence[Any]:
        return [self.module(path, name, 0) for name in self.names]


FILES = Path(__file__).parent / "interp" / "files"


def test_modules_of_the_project_are_run() -> None:
    path = FILES / "main.py"
    source = parse(path, path.read_bytes())
    trace = interp.run(source, Toy(), Around(FILES))
    places = spans(source, [b.place.node for b in trace.bindings if b.place.file is source])
    found = {b.name: shown(b.value) for b in trace.bindings if b.place.node in places}
    assert found | {"a": "box(3, 4)", "d": "3", "c": "box(3,)", "again": "box(3,)"} == found
    assert [o.place.file.path.name for o in trace.clashes()] == ["parts.py"]  # type: ignore[attr-defined]


def test_an_importer_breaks_what_it_calls() -> None:
    path = FILES / "parts.py"
    source = parse(path, path.read_bytes())
    assert not interp.run(source, Toy(), Around(FILES)).clashes()
    project = Around(FILES, ["main"])
    project.parsed["parts"] = source
    clashes = interp.run(source, Toy(), project).clashes()
    assert [(o.place.file is source, o.quiet) for o in clashes] == [(True, False)]
