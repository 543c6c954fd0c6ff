"""The architecture: who imports whom, what is never loaded, what is never called (DESIGN: what must never happen)."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lstm_lint"
MODULES = sorted(PACKAGE.rglob("*.py"))

FLOORS = [  # from the ground up; a module imports what lies below it, or its own room
    {"records"},
    {"findings"},
    {"cards"},
    {"settings", "values"},
    {"files", "pins"},
    {"trace"},
    {"claims"},
    {"source", "interp", "library", "checks", "confirm", "report"},
    {"outcome", "mend", "run", "proof", "overview", "why"},
    {"cli"},
    {"__main__", "__init__"},
]
BESIDE = {
    ("interp", "source"),
    ("run", "mend"),
    ("mend", "outcome"),
    ("run", "outcome"),
    ("overview", "run"),
    ("why", "run"),
    ("why", "outcome"),
    ("proof", "run"),
    ("proof", "outcome"),
    ("overview", "outcome"),
}
HEAVY = {"tensorflow", "keras", "tf_keras", "numpy", "torch", "jax", "pandas", "sklearn"}
FORBIDDEN_CALLS = {"exec", "eval", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "runpy", "importlib", "imp", "cloudpickle", "dill"}
LIBRARY_NAMES = re.compile(r"keras|numpy|tensorflow|pandas|sklearn|torch|\blstm\b|\bgru\b|\brnn\b", re.IGNORECASE)


def room(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def floor(name: str) -> int:
    return next(level for level, names in enumerate(FLOORS) if name in names)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            bare = node.module in ("lstm_lint", "lstm_lint.library")
            yield from [f"{node.module}.{alias.name}" for alias in node.names] if bare else [node.module or ""]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "lstm_lint" or len(parts) == 1 or parts[1] in ("__version__", here):
            continue
        there = parts[1]
        if name.startswith("lstm_lint.library.versions") and here == "checks":
            continue  # the generated data, which rules read as well
        assert (here, there) in BESIDE or floor(there) < floor(here), f"{here} imports {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_imports_what_is_heavy(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    if path == PACKAGE / "confirm" / "child.py":
        assert "lstm_lint" not in roots
        assert roots <= sys.stdlib_module_names | {"numpy", "keras", "tf_keras", "tensorflow", "__future__"}
        return
    assert not roots & HEAVY
    if room(path) != "source":
        assert "libcst" not in roots


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_user_code_is_data(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    own = {"confirm/child.py", "library/rooms.py", "checks/order.py"}  # Keras there, our own modules in the others
    allowed = {"importlib"} if str(path.relative_to(PACKAGE)) in own else set()
    assert not called & FORBIDDEN_CALLS
    assert not {name.split(".")[0] for name in imports(path)} & (FORBIDDEN_MODULES - allowed)


@pytest.mark.parametrize("name", ["interp", "values"])
def test_no_library_is_named(name: str) -> None:
    for path in sorted((PACKAGE / name).rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not LIBRARY_NAMES.search(line.replace("lstm_lint", "")), f"{path.name}:{number}: {line}"


def test_child_reads_as_python_38() -> None:
    ast.parse((PACKAGE / "confirm" / "child.py").read_text(encoding="utf-8"), feature_version=(3, 8))


LOADED = """
import sys
from lstm_lint.cli import main
main({argv!r})
print("LOADED", *sorted({{name.split(".")[0] for name in sys.modules}}))
"""


def loaded(argv: list[str], before: str = "", path: Path | None = None) -> set[str]:
    """The top-level modules that a run of the command line loads."""
    code = before + LOADED.format(argv=argv)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=path or ROOT, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("LOADED"))
    return set(line.split()[1:])


def test_static_run_loads_no_library() -> None:
    names = loaded(["check", str(ROOT / "tests" / "programs" / "seeds")])
    assert "libcst" in names
    assert not names & HEAVY


def test_the_test_above_can_fail(tmp_path: Path) -> None:
    (tmp_path / "keras.py").write_text("")
    before = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import keras\n"
    assert "keras" in loaded(["check", str(tmp_path)], before) & HEAVY


def test_nothing_found_loads_no_libcst(tmp_path: Path) -> None:
    program = "from keras.layers import LSTM\nlayer = LSTM(8)\n"
    (tmp_path / "plain.py").write_text(program)
    assert "libcst" not in loaded(["check", str(tmp_path)])
    (tmp_path / "plain.py").write_text(program + "LSTM(-8)\n")
    assert "libcst" in loaded(["check", str(tmp_path)])


def test_records_alone_makes_dataclasses() -> None:
    """The standard ones cost a start too much."""
    makers = [path for path in MODULES if "dataclass" in _taken_from(path, "dataclasses")]
    assert makers == [PACKAGE / "records.py"]


def _taken_from(path: Path, module: str) -> set[str]:
    found = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
    return {alias.name for node in found if node.module == module for alias in node.names}
