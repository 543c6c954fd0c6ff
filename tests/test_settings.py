"""Settings, the choice of files, and what pins say: tables over real files."""

import os
import subprocess
from pathlib import Path

import pytest

from lstm_lint import cards, pins
from lstm_lint.files import discover
from lstm_lint.settings import Options, Settings, finder

CARD = (
    '# {name}\n\n```toml\ncode = "{code}"\nseverity = "error"\ngroup = "{group}"\n```\n\nWhat {name} is.\n\n## Wrong\n'
)


@pytest.fixture(autouse=True)
def some_cards(monkeypatch, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    for code, name, group in (
        ("RNN101", "too-tall", "shapes"),
        ("RNN102", "too-wide", "shapes"),
        ("RNN201", "misspelt", "arguments"),
    ):
        (folder / f"{name}.md").write_text(CARD.format(code=code, name=name, group=group))
    monkeypatch.setattr(cards, "folder", lambda: folder)
    cards.cards.cache_clear()
    yield
    cards.cards.cache_clear()


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


NO_OPTIONS = Options()


def settings(directory: Path, options: Options = NO_OPTIONS) -> tuple[Settings, list[str]]:
    told: list[str] = []
    return finder(options, told.append)(directory), told


def selected(holds: Settings, path: Path) -> str:
    return " ".join(card.code for card in cards.cards() if holds.wants(card, path))


SELECTIONS = [
    ("", {}, "RNN101 RNN102 RNN201"),
    ("select = ['RNN1']", {}, "RNN101 RNN102"),
    ("select = ['shapes']\nignore = ['too-tall']", {}, "RNN102"),
    ("select = ['RNN101']\nignore = ['shapes']", {}, "RNN101"),
    ("select = ['ALL']\nignore = ['RNN1']", {}, "RNN201"),
    ("ignore = ['ALL']", {}, ""),
    ("select = []", {}, ""),
    ("select = ['RNN101']", {"ignore": ("shapes",)}, ""),
    ("ignore = ['RNN101']", {"select": ("shapes",)}, "RNN101 RNN102"),
    ("select = ['RNN2']", {"select": ("too-wide", "RNN101"), "ignore": ("RNN101",)}, "RNN102"),
    ("ignore = 'misspelt'", {"ignore": ("RNN102",)}, "RNN101"),
]


@pytest.mark.parametrize(("table", "options", "expected"), SELECTIONS)
def test_the_most_specific_word_selects(tmp_path, table, options, expected):
    write(tmp_path, {"pyproject.toml": f"[tool.lstm-lint]\n{table}\n"})
    holds, told = settings(tmp_path, Options(**options))
    assert selected(holds, tmp_path / "a.py") == expected
    assert not told


PER_FILE = [
    ("a.py", "RNN102 RNN201"),
    ("deep/a.py", "RNN102 RNN201"),
    ("tests/x.py", ""),
    ("tests/deep/x.py", ""),
    ("lib/x.py", "RNN101 RNN102 RNN201"),
    ("old/x.py", "RNN101"),
    ("old/very/x.py", "RNN101"),
]


@pytest.mark.parametrize(("name", "expected"), PER_FILE)
def test_per_file_ignores(tmp_path, name, expected):
    table = "per-file-ignores = {'a.py' = ['too-tall'], 'tests/*' = ['ALL'], 'old/**/*.py' = ['RNN102', 'arguments']}"
    write(tmp_path, {"pyproject.toml": f"[tool.lstm-lint]\n{table}\n"})
    assert selected(settings(tmp_path)[0], tmp_path / name) == expected


def test_an_inverted_pattern_ignores_everywhere_else(tmp_path):
    write(tmp_path, {"pyproject.toml": "[tool.lstm-lint]\nper-file-ignores = {'!src/*' = ['shapes']}\n"})
    holds, _ = settings(tmp_path)
    assert selected(holds, tmp_path / "src/a.py") == "RNN101 RNN102 RNN201"
    assert selected(holds, tmp_path / "a.py") == "RNN201"


WRONG = [
    ("selct = ['ALL']", "no key 'selct' (did you mean 'select'?)"),
    ("select = ['too-tal']", "no rule 'too-tal' (did you mean 'too-tall'?)"),
    ("select = ['RNN9']", "no rule 'RNN9'"),
    ("target = ['keras4']", "'keras4' is not one of keras2, keras3"),
    ("select = 3", "select must be a list of strings"),
    ("exclude = [1]", "exclude must be a list of strings"),
    ("per-file-ignores = ['a']", "per-file-ignores must be a table"),
    ("per-file-ignores = {'a' = ['shape']}", "(did you mean 'shapes'?)"),
    ("select = ", "broken TOML"),
]


@pytest.mark.parametrize(("table", "complaint"), WRONG)
def test_what_is_wrong_is_told_and_the_rest_holds(tmp_path, table, complaint):
    write(tmp_path, {"pyproject.toml": f"[tool.lstm-lint]\n{table}\n"})
    holds, told = settings(tmp_path)
    assert len(told) == 1
    assert complaint in told[0]
    assert str(tmp_path / "pyproject.toml") in told[0]
    assert holds.target == ()


def test_the_nearest_file_that_speaks_of_us_holds(tmp_path):
    outer, middle, inner = (
        "[tool.lstm-lint]\ntarget = 'keras2'\n",
        "[tool.ruff]\n",
        "[tool.lstm-lint]\ntarget = ['keras3']\n",
    )
    write(tmp_path, {"pyproject.toml": outer, "a/pyproject.toml": middle, "a/b/pyproject.toml": inner})
    (tmp_path / "a/b/c").mkdir()
    assert settings(tmp_path / "a")[0].target == ("keras2",)
    assert settings(tmp_path / "a/b/c")[0].target == ("keras3",)
    assert settings(tmp_path / "a/b/c", Options(target=("keras2",)))[0].target == ("keras2",)


def found(root: Path, *paths: str, force: bool = False, **options: tuple[str, ...]) -> tuple[str, list[str]]:
    told: list[str] = []
    of = finder(Options(**options), told.append)
    files = discover([root / path for path in paths or (".",)], of, force, told.append)
    return " ".join(path.relative_to(root).as_posix() for path in files), told


TREE = {
    "b.py": "",
    "a.py": "",
    "note.txt": "",
    "pkg/c.py": "",
    "pkg/stub.pyi": "",
    "pkg/gen/d.py": "",
    "build/e.py": "",
    ".venv/lib/f.py": "",
    "lib/site-packages/g.py": "",
}
WALKS = [
    ((), {}, "a.py b.py pkg/c.py pkg/gen/d.py"),
    (("pkg", "a.py", "pkg/c.py"), {}, "a.py pkg/c.py pkg/gen/d.py"),
    (("build",), {}, "build/e.py"),
    (("build/e.py", "note.txt"), {}, "build/e.py note.txt"),
    (("build/e.py", "a.py", "build"), {"force": True}, "a.py"),
    ((), {"exclude": ("gen",)}, "a.py b.py pkg/c.py"),
    ((), {"exclude": ("pkg/*.py", "a.*")}, "b.py"),
    ((), {"exclude": ("pkg/gen/",)}, "a.py b.py pkg/c.py"),
    (("pkg/gen/d.py",), {"exclude": ("gen",)}, "pkg/gen/d.py"),
    (("pkg/gen/d.py",), {"exclude": ("gen",), "force": True}, ""),
    (("pkg/gen/d.py",), {"exclude": ("pkg",), "force": True}, ""),
]


@pytest.mark.parametrize(("paths", "options", "expected"), WALKS)
def test_which_files(tmp_path, monkeypatch, paths, options, expected):
    write(tmp_path, TREE)
    monkeypatch.chdir(tmp_path)
    assert found(tmp_path, *paths, **options) == (expected, [])


def test_the_setting_excludes_from_where_it_lies(tmp_path, monkeypatch):
    write(tmp_path, TREE | {"pkg/pyproject.toml": "[tool.lstm-lint]\nexclude = ['gen/d.py']\n"})
    monkeypatch.chdir(tmp_path)
    assert found(tmp_path)[0] == "a.py b.py pkg/c.py"
    assert found(tmp_path, "pkg/gen/d.py", force=True)[0] == ""


GITIGNORED = [
    ({".gitignore": "pkg/\n"}, (), "a.py b.py"),
    ({".gitignore": "*.py\n!b.py\n"}, (), "b.py"),
    ({".gitignore": "/c.py\n"}, (), "a.py b.py pkg/c.py pkg/gen/d.py"),
    ({"pkg/.gitignore": "/c.py\n"}, (), "a.py b.py pkg/gen/d.py"),
    ({".gitignore": "d.py\n", "pkg/gen/.gitignore": "!d.py\n"}, (), "a.py b.py pkg/c.py pkg/gen/d.py"),
    ({".gitignore": "gen\n"}, ("pkg",), "pkg/c.py"),
    ({".gitignore": "gen\n"}, ("pkg/gen",), "pkg/gen/d.py"),
    ({".gitignore": "gen\n"}, ("pkg/gen/d.py",), "pkg/gen/d.py"),
    ({".git/info/exclude": "a.py\n"}, (), "b.py pkg/c.py pkg/gen/d.py"),
]


@pytest.mark.parametrize(("ignores", "paths", "expected"), GITIGNORED)
def test_gitignore_holds_inside_a_repository_only(tmp_path, ignores, paths, expected):
    write(tmp_path, TREE | ignores)
    if ".gitignore" in ignores:
        assert found(tmp_path)[0] == "a.py b.py pkg/c.py pkg/gen/d.py"
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    write(tmp_path, ignores)
    assert found(tmp_path, *paths) == (expected, [])


def test_what_git_would_list_is_what_we_walk(tmp_path):
    ignores = "*.tmp.py\n/only_here.py\nsub/\n!sub/keep.py\n**/deep/*.py\n!important.py\n# a comment\n\\#odd.py\n"
    names = [
        "a.tmp.py",
        "only_here.py",
        "x/only_here.py",
        "sub/keep.py",
        "x/deep/a.py",
        "deep/important.py",
        "#odd.py",
        "ok.py",
    ]
    write(tmp_path, {".gitignore": ignores, **dict.fromkeys(names, "")})
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    listed = ["git", "ls-files", "--others", "--exclude-standard", "*.py"]
    expected = subprocess.run(listed, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()
    assert found(tmp_path)[0].split() == sorted(expected)


def test_links_and_missing_paths(tmp_path):
    write(tmp_path, {"a.py": "", "pkg/b.py": ""})
    (tmp_path / "pkg/up").symlink_to(tmp_path)
    (tmp_path / "again.py").symlink_to(tmp_path / "a.py")
    (tmp_path / "itself.py").symlink_to(tmp_path / "itself.py")
    (tmp_path / "nowhere.py").symlink_to(tmp_path / "gone")
    assert found(tmp_path) == ("a.py pkg/b.py", [])
    files, told = found(tmp_path, "missing.py", "a.py")
    assert files == "a.py"
    assert told == [f"{tmp_path}/missing.py: no such file or directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_directory_is_told(tmp_path):
    write(tmp_path, {"a.py": "", "shut/b.py": ""})
    (tmp_path / "shut").chmod(0)
    files, told = found(tmp_path)
    (tmp_path / "shut").chmod(0o755)
    assert files == "a.py"
    assert told == [f"{tmp_path}/shut: cannot be read (Permission denied)"]


SPECIFIERS = [
    ("tensorflow", "<2.16", "keras2"),
    ("tensorflow", "<2.16rc0", "keras2"),
    ("tensorflow", ">=2.16", "keras3"),
    ("tensorflow", "==2.16.0rc0", "keras3"),
    ("tensorflow", "==2.15.*", "keras2"),
    ("tensorflow", "==2.12.1", "keras2"),
    ("tensorflow", ">2.12,<2.14", "keras2"),
    ("tensorflow", "~=2.13", "keras2 keras3"),
    ("tensorflow", "~=2.15.0", "keras2"),
    ("tensorflow", "~=2.99.0", "keras3"),
    ("tensorflow", ">=2.10", "keras2 keras3"),
    ("tensorflow", "", "keras2 keras3"),
    ("tensorflow", "*", "keras2 keras3"),
    ("tensorflow", "^2.10", "keras2 keras3"),
    ("tensorflow", "~2.15", "keras2"),
    ("tensorflow", "2.15.0", "keras2"),
    ("tensorflow", "=2.15", "keras2"),
    ("tensorflow", "2.15.0=cpu_py311", "keras2"),
    ("tensorflow", "what?", "keras2 keras3"),
    ("keras", "<3", "keras2"),
    ("keras", "~=2.13", "keras2"),
    ("keras", "^2.4.3", "keras2"),
    ("keras", ">=3,!=3.1", "keras3"),
    ("keras", "==2.4.3", "keras2"),
]


@pytest.mark.parametrize(("package", "specifier", "expected"), SPECIFIERS)
def test_which_generations_a_specifier_admits(package, specifier, expected):
    assert " ".join(sorted(pins.generations(package, specifier))) == expected


PINS = [
    ({}, None),
    ({"requirements.txt": "numpy\ntensorflow==2.15.1  # the last one\n"}, "keras2"),
    ({"requirements.txt": "tensorflow-cpu[and-cuda] >=2.16 ; python_version > '3.8'\n"}, "keras3"),
    ({"requirements.txt": "tensorflow==2.15.0 \\\n    --hash=sha256:abc\n"}, "keras2"),
    ({"requirements.txt": "-r other.txt\ntensorflow\n"}, None),
    ({"requirements.txt": "# tensorflow==2.15\nkeras-tuner==1.0\n"}, None),
    ({"requirements-dev.txt": "Keras<3\n"}, "keras2"),
    ({"requirements/base.txt": "tensorflow<2.16\n"}, "keras2"),
    ({"requirements.txt": "tensorflow==2.15; sys_platform == 'a'\ntensorflow==2.17; sys_platform == 'b'\n"}, None),
    ({"requirements.txt": "tensorflow==2.15\nkeras>=3\n"}, None),
    (
        {
            "requirements.txt": "tensorflow>=2.10\n",
            "poetry.lock": '[[package]]\nname = "tensorflow"\nversion = "2.15.0"\n',
        },
        "keras2",
    ),
    ({"uv.lock": '[[package]]\nname = "keras"\nversion = "3.8.0"\n'}, "keras3"),
    (
        {"Pipfile.lock": '{"default": {"tensorflow": {"hashes": [], "version": "==2.13.0"}, "x": {"version": "==1"}}}'},
        "keras2",
    ),
    ({"environment.yml": "dependencies:\n  - python=3.11\n  - conda-forge::tensorflow=2.15\n"}, "keras2"),
    ({"environment.yaml": "dependencies:\n  - pip:\n    - 'tensorflow>=2.17'\n"}, "keras3"),
    ({"pyproject.toml": "[project]\ndependencies = ['tensorflow<2.16', 'numpy']\n"}, "keras2"),
    ({"pyproject.toml": "[project.optional-dependencies]\ntf = ['keras>=3.1']\n"}, "keras3"),
    ({"pyproject.toml": "[dependency-groups]\ntf = ['keras~=2.13', {include-group = 'x'}]\n"}, "keras2"),
    ({"pyproject.toml": "[tool.poetry.dependencies]\ntensorflow = {version = '~2.14', optional = true}\n"}, "keras2"),
    ({"pyproject.toml": "[tool.poetry.group.ml.dependencies]\nkeras = '^3.0'\n"}, "keras3"),
    ({"pyproject.toml": "[project\ntensorflow"}, None),
    ({"requirements.txt": "tf-keras\n"}, "keras2"),
    ({"requirements.txt": "tf_keras\ntensorflow>=2.16\n"}, "keras3"),
]


@pytest.mark.parametrize(("files", "expected"), PINS)
def test_what_the_pins_of_a_project_admit(tmp_path, files, expected):
    (tmp_path / ".git").mkdir()
    write(tmp_path, files | {"src/deep/a.py": ""})
    assert pins.finder()(tmp_path / "src" / "deep") == expected


def test_the_nearest_pins_decide_and_the_repository_ends_the_search(tmp_path):
    write(
        tmp_path,
        {"requirements.txt": "keras<3", "repo/.git/x": "", "repo/a/requirements.txt": "keras>=3", "repo/a/b/c": ""},
    )
    of = pins.finder()
    assert of(tmp_path / "repo" / "a" / "b") == "keras3"
    assert of(tmp_path / "repo") is None
    assert of(tmp_path) == "keras2"


def test_a_card_is_read():
    card = cards.card("RNN201")
    assert card is not None
    assert (card.name, card.groups, card.what) == ("misspelt", ("arguments",), "What misspelt is.")
    assert card.severities == {"keras2": "error", "keras3": "error"}
    one = cards.read(
        '# x\n\n```toml\ncode = "RNN301"\nseverity = {keras3 = "warning"}\nsilent = true\n```\nText\nmore.\n\n## Wrong\n'
    )
    assert (one.severities, one.silent, one.what) == ({"keras3": "warning"}, True, "Text more.")
