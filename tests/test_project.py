"""The project around a file: the trees of tests/projects/, copied to where nothing else is around them.

In them `# error: NAME` says on which row a finding begins, whichever files of the project are given.
"""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lstm_lint.cli import main
from lstm_lint.source import project as rooms
from lstm_lint.source.imports import imports
from lstm_lint.source.project import Project

FOLDER = Path(__file__).parent / "projects"


@pytest.fixture(autouse=True)
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)


def seen(path: Path | None) -> str | None:
    return path.relative_to(Path.cwd()).as_posix() if path else None


IMPORTS = [
    ("import a, b.c as d ; x = 3", [(0, "a"), (0, "b.c")]),
    ("from a import b as c, d", [(0, "a.b"), (0, "a.d"), (0, "a")]),
    ("from . import a\nfrom .. b import c", [(1, "a"), (1, ""), (2, "b.c"), (2, "b")]),
    ("from a import (  # why\n    b,  # c, d\n    e,\n)", [(0, "a.b"), (0, "a.e"), (0, "a")]),
    ("from a import b, \\\n    c\nd = 3", [(0, "a.b"), (0, "a.c"), (0, "a")]),
    ("from a import *", [(0, "a")]),
    ("    import a\r\nfrom b import c\r\n", [(0, "a"), (0, "b.c"), (0, "b")]),
    ("important = 3\n# import a\nx.import_(b)\nraise A from b", []),
]


@pytest.mark.parametrize(("text", "expected"), IMPORTS)
def test_import_lines(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(imports(text)) == expected


MODULES = [
    ("shop/train.py", "models", 0, "shop/models/__init__.py"),
    ("shop/train.py", "models.stack", 0, "shop/models/stack.py"),
    ("shop/models/stack.py", "", 1, "shop/models/__init__.py"),
    ("shop/models/stack.py", "sizes", 1, "shop/models/sizes.py"),
    ("shop/models/stack.py", "train", 2, "shop/train.py"),
    ("shop/models/stack.py", "loose", 3, None),
    ("shop/models/stack.py", "loose", 99, None),
    ("shop/models/stack.py", "train", 0, "shop/train.py"),
    ("shop/train.py", "helpers.windows", 0, "shop/helpers/windows.py"),
    ("shop/train.py", "helpers", 0, "shop/helpers/__init__.py"),
    ("shop/train.py", "helpers.nothing", 0, None),
    ("shop/train.py", "lib.core", 0, "shop/src/lib/core.py"),
    ("shop/train.py", "src", 0, None),
    ("shop/train.py", "src.lib", 0, "shop/src/lib/__init__.py"),
    ("shop/train.py", "train.models", 0, None),
    ("shop/train.py", "broken", 0, None),
    ("shop/train.py", "notes", 0, None),
    ("shop/train.py", "keras", 0, None),
    ("shop/train.py", "random", 0, "shop/random.py"),
    ("shop/helpers/windows.py", "random", 0, None),
    ("shop/models/stack.py", "random", 0, None),
    ("loose/pkg/sub/deep.py", "pkg.top", 0, "loose/pkg/top.py"),
    ("loose/pkg/sub/deep.py", "outside", 0, None),
    ("loose/pkg/sub/deep.py", "top", 2, "loose/pkg/top.py"),
    ("loose/outside.py", "pkg.sub.deep", 0, "loose/pkg/sub/deep.py"),
    ("loose/nowhere/at/all.py", "pkg", 0, None),
]


@pytest.mark.parametrize(("importer", "name", "level", "expected"), MODULES)
def test_modules(importer: str, name: str, level: int, expected: str | None) -> None:
    around = Project(foreign=("keras",))
    found = around.module(Path(importer), name, level)
    assert seen(found and found.path) == expected
    assert around.module(Path(importer).absolute(), name, level) is found


IMPORTERS = [
    ("shop/models/stack.py", ["models/__init__.py", "notes.ipynb", "train.py"]),
    ("shop/models/sizes.py", ["models/stack.py", "models/__init__.py", "notes.ipynb", "train.py"]),
    ("shop/helpers/windows.py", ["notes.ipynb", "train.py"]),
    ("shop/src/lib/core.py", ["src/lib/other.py", "train.py"]),
    ("shop/train.py", []),
    ("shop/plain.py", []),
    ("shop/notes.ipynb", []),
]


@pytest.mark.parametrize(("path", "expected"), IMPORTERS)
def test_importers(path: str, expected: list[str]) -> None:
    found = Project().importers(Path(path))
    assert [seen(each.path) for each in found] == [f"shop/{name}" for name in expected]


CONCERNED = {
    "shop/train.py": False,  # what it imports imports the model
    "shop/models/__init__.py": True,
    "shop/models/sizes.py": True,
    "shop/helpers/windows.py": False,
    "shop/plain.py": False,
    "shop/notes.ipynb": True,
    "loose/pkg/sub/deep.py": True,
    "loose/pkg/sub/__init__.py": True,
    "loose/outside.py": True,
}


@pytest.mark.parametrize("path", CONCERNED)
def test_who_is_concerned(path: str) -> None:
    assert Project(foreign=("keras",)).concerns(Path(path)) == CONCERNED[path]


def test_a_lone_file_costs_no_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    def walked(*_: object) -> None:
        raise AssertionError("the directory was walked")

    monkeypatch.setattr(rooms.Layout, "below", walked)
    around = Project()
    for path in ("shop/plain.py", "shop/train.py", "shop/notes.ipynb", "loose/outside.py"):
        assert not around.importers(Path(path))
    assert not around.concerns(Path("shop/plain.py"))
    with pytest.raises(AssertionError, match="walked"):
        around.importers(Path("shop/models/stack.py"))


def test_a_file_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[Path] = []
    parse = rooms.parse
    monkeypatch.setattr(rooms, "parse", lambda path, data: parsed.append(path) or parse(path, data))
    around = Project()
    for path in sorted(Path.cwd().glob("shop/**/*.py")):
        if path.name != "broken.py":
            source = around.source(path, path.read_bytes())
            around.importers(path)
            assert around.source(path, path.read_bytes()) is source
            around.module(path, "models.stack", 0)
    assert len(parsed) == len(set(parsed)) > 8


def test_what_is_held_takes_the_place_of_the_disk() -> None:
    new, sizes = Path("shop/models/new.py").absolute(), Path("shop/models/sizes.py").absolute()
    held = {new: b"from .stack import build\n", sizes: b"UNITS = 7\n"}
    around = Project(lambda path: held.get(path) or path.read_bytes(), list(held))
    found = around.module(Path("shop/train.py"), "models.new", 0)
    assert found is not None and found.text == "from .stack import build\n"
    assert new in [each.path for each in around.importers(Path("shop/models/stack.py"))]
    held[sizes] = b"UNITS = 8\n"
    texts = []
    for _ in range(2):
        found = around.module(new, "sizes", 1)
        texts.append(found and found.text)
        around.forget(sizes)
    assert texts == ["UNITS = 8\n"] * 2


def test_hostile_trees_survive() -> None:
    top = Path("shop").absolute()
    os.symlink(top, top / "models" / "again")
    os.symlink("itself.py", top / "itself.py")
    os.symlink(Path("loose").absolute() / "outside.py", top / "leak.py")
    (top / "binary.py").write_bytes(b"from models import build\0")
    (top / "latin.py").write_bytes(b"from models import build  # \xe9")
    (top / "deep.py").write_text("from models import build\nx = " + "(" * 5_000 + ")" * 5_000)
    around = Project()
    for name in ("itself", "leak", "binary", "latin", "deep"):
        assert around.module(top / "train.py", name, 0) is None
    again = around.module(top / "train.py", "models.again.train", 0)
    assert again is None or again.text == (top / "train.py").read_text()
    assert [seen(each.path) for each in around.importers(top / "models" / "stack.py")] == [
        "shop/models/__init__.py",
        "shop/notes.ipynb",
        "shop/train.py",
    ]


BOUNDS: list[tuple[str, int, Callable[[Project, Path], int], int]] = [
    ("MOST_IMPORTERS", 3, lambda around, path: len(around.importers(path)), 3),
    ("MOST_FILES", 5, lambda around, path: len(around.importers(path)), 4),
    ("MOST_TEXT", 50, lambda around, path: len(around.importers(path)), 3),
]


@pytest.mark.parametrize(("name", "value", "count", "expected"), BOUNDS, ids=[bound[0] for bound in BOUNDS])
def test_bounds(
    name: str, value: int, count: Callable[[Project, Path], int], expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = Path("many").absolute()
    many.mkdir()
    (many / "core.py").write_text("UNITS = 3\n")
    for number in range(40):
        (many / f"user{number:02}.py").write_text("import core # 23456\n")
    monkeypatch.setattr(rooms, name, value)
    assert count(Project(), many / "core.py") == expected


def test_trees_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "MOST_KEPT", 30)
    around = Project()
    first = around.source(Path("shop/plain.py"), b"import os\n\nprint(os.name)\n")
    around.source(Path("shop/random.py"), b"SEED = 1\n")
    assert around.module(Path("shop/train.py"), "plain", 0) is not first


def said(capsys: pytest.CaptureFixture[str], *paths: str) -> list[tuple[str | None, int, str]]:
    main(["check", "--target", "keras3", "--output-format", "json", *paths])
    found = json.loads(capsys.readouterr().out)
    return [(seen(Path(each["filename"])), each["location"]["row"], each["name"]) for each in found]


def expected(*paths: str) -> list[tuple[str, int, str]]:
    return [
        (path, row, name)
        for path in paths
        for row, line in enumerate(Path(path).read_text("utf-8").splitlines(), 1)
        for name in re.findall(r"# error: ([\w-]+)", line)
    ]


GIVEN = [
    ("shop",),
    ("shop/models/stack.py",),
    ("shop/train.py",),
    ("shop/models", "shop/train.py"),
    ("shop/broken.py",),
]


@pytest.mark.parametrize("paths", GIVEN)
def test_a_mistake_is_told_where_it_stands_and_only_there(
    paths: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    within = [Path(each) for each in paths]
    files = sorted({path for each in within for path in ([each] if each.is_file() else each.rglob("*.py"))})
    assert said(capsys, *paths) == expected(*(path.as_posix() for path in files))


def test_what_is_piped_in_is_the_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import io

    right = Path("shop/train.py").read_text().replace("deep=True", "deep=False")
    Path("shop/train.py").write_text(right)
    assert said(capsys, "shop/models/stack.py") == []
    wrong = right.replace("deep=False", "deep=True").encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(wrong)))
    found = said(capsys, "shop/models/stack.py", "-", "--stdin-filename", "shop/train.py")
    assert found == expected("shop/models/stack.py")
