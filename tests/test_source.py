"""Text, tree, places, comments, edits and names: tables, and files under `sources/`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lstm_lint.claims import Change
from lstm_lint.findings import Edit, Fix, Place, Span
from lstm_lint.source import nodes
from lstm_lint.source.build import newer
from lstm_lint.source.edits import apply, edits
from lstm_lint.source.guard import nesting
from lstm_lint.source.lexer import comments, statement_rows, statement_starts
from lstm_lint.source.names import Bound, bound_names
from lstm_lint.source.places import spans
from lstm_lint.source.suppress import Suppressions
from lstm_lint.source.text import Broken, decode, wanted
from lstm_lint.source.tree import Source, parse, whole
from lstm_lint.source.twins import twins
from lstm_lint.source.write import write

SOURCES = Path(__file__).parent / "sources"
PATHS = os.environ | {"PYTHONPATH": str(SOURCES.parents[1])}
TEXTS = sorted(SOURCES.glob("*.txt")) + [Path(__file__)]


def source_of(text: str) -> Source:
    return parse(Path("a.py"), text.encode())


# --- text


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"x = 1\r\n\ry\n", "x = 1\r\n\ry\n", "utf-8"),
        ("ü".encode(), "ü", "utf-8"),
        (b"\xef\xbb\xbfx", "x", "utf-8-sig"),
        (b"\xef\xbb\xbf# coding: utf-8\nx", "# coding: utf-8\nx", "utf-8-sig"),
        (b"# -*- coding: latin-1 -*-\n# \xfc", "# -*- coding: latin-1 -*-\n# ü", "iso-8859-1"),
        (b"#!/bin/python\n# vim: set fileencoding=cp1252 :\n# \x80", None, "cp1252"),
        (b"#!/bin/python\r# coding: cp1252\r# \x80", None, "cp1252"),
        (b"x = 1\ny = 2\n# coding: cp1252\n", None, "utf-8"),
    ],
)
def test_decode(data: bytes, text: str | None, encoding: str) -> None:
    found, name = decode(data)
    assert name == encoding
    assert text is None or found == text
    assert found.encode(name) == data


@pytest.mark.parametrize(
    ("data", "rule", "row", "column"),
    [
        (b"x = 1\ny = '\xc3\xbc \xfc'\n", "bad-encoding", 2, 8),
        (b"# coding: klingon\nx\n", "bad-encoding", 1, 1),
        (b"# coding: rot13\nx\n", "bad-encoding", 1, 1),
        (b"# coding: undefined\nx\n", "bad-encoding", 1, 1),
        (b"\xef\xbb\xbf# coding: latin-1\n", "bad-encoding", 1, 1),
        (b"# coding: ascii\nx = '\xfc'", "bad-encoding", 2, 6),
        (b"# coding: raw_unicode_escape\nx = '\\ud800'", "bad-encoding", 1, 1),
        (b"\x89PNG\r\n\x00", "binary-file", 2, 1),
        (b"x = 1\0", "binary-file", 1, 6),
        (b"# coding: utf-7\nx = '+AAA-'", "binary-file", 1, 1),
        (b"#" * 1_000_001, "file-too-large", 1, 1),
        (b"a;" * 200_000, "file-too-large", 1, 1),
        (b"x = 1\nfor\n", "broken-syntax", 2, 4),
        (b"print 'a'\n", "broken-syntax", 1, 1),
        (b"def f(:\n    pass\n", "broken-syntax", 1, 7),
        (b"if x:\npass\n", "broken-syntax", 2, 1),
        (b"x = 'abc\n", "broken-syntax", 1, 5),
        (b"x = (\n", "broken-syntax", 1, 5),
        (b"x = 1\n  y = 2\n", "broken-syntax", 2, 3),
        (b"x = " + b"(" * 150 + b"\n", "broken-syntax", 1, 154),
        (b"x = " + b"1 + " * 400 + b"\n", "broken-syntax", 1, 1604),
        (b"x = " + b"(" * 250 + b")" * 250 + b"\n", "file-too-deep", 1, 204),
    ],
)
def test_broken(data: bytes, rule: str, row: int, column: int) -> None:
    with pytest.raises(Broken) as caught:
        parse(Path("a.py"), data)
    broken = caught.value
    assert broken.message
    assert (broken.rule, broken.row) == (rule, row)
    assert abs(broken.column - column) <= 1  # Pythons differ by one at the end of a line


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("model.add(LSTM(8))", True),
        ("x = layers.GRU", True),
        ("tf.keras.layers.RNN(cell)", True),
        ("ConvLSTM2D(4, 3)", True),
        ("CuDNNGRU(4)", True),
        ("SimpleRNNCell(4)", True),
        ("Bidirectional(x)", True),
        ("TimeDistributed(x)", True),
        ("from keras.layers import Dense\nDense(3)", True),
        ("import tensorflow as tf\nm = tf.keras.Sequential()", True),
        ("if x:\n    from tensorflow.keras import layers\n    layers.Conv1D(3, 3)", True),
        ("import keras\nprint(keras.__version__)", False),
        ("Dense(3)  # keras", False),
        ("from django.db import models\nclass A(models.Model): pass", False),
        ("# keras\nfrom django.db import models\nclass A(models.Model): pass", False),
        ("", False),
    ],
)
def test_wanted(text: str, answer: bool) -> None:
    assert wanted(text) is answer


def test_text_without_a_tree_imports_no_libcst() -> None:
    program = (
        "import sys, lstm_lint.source, lstm_lint.source.text, lstm_lint.source.suppress, lstm_lint.source.names,"
        " lstm_lint.source.write; print('libcst' in sys.modules); import lstm_lint.source.places;"
        " print('libcst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=PATHS)
    assert done.stdout.split() == ["False", "True"]


# --- tree


NEWER = """\
x = f'{y["a"]}' f"{1!r:>{w}}" 'b'
z = [*a, b[(1, 2)], b[1,], b[1:2, ...], (1), {**c, 'd': 1e3j}]
def f(a, /, b=1, *c, d: int = 2, **e): return not -a ** b @ c or a is not b in c < d
class A(B, *C, metaclass=D): x: int; y = 1; \\
  z = 2
if a: b; c
elif d:
    e
else:
    if f: pass
match a:
    case [1, *b] | {"c": (d, None), **e} | F(g, h=-1) | I.j as k if l: pass
try: pass
except* A as b: pass
@a.b
async def f(*, a):
    async with a as b, c: await d
    async for e in f: yield from (g for h in i if j if k for l in m)
    del n, o[1]; global p; from ..q import r as s, t; import u.v
"""


@pytest.mark.parametrize("text", [NEWER, *(path.read_text("utf-8") for path in TEXTS)])
def test_the_tree_is_what_libcst_reads(text: str) -> None:
    text = source_of(text).text
    assert written(source_of(text).tree) == written(newer.module(whole(text)))


def written(node: object) -> object:
    """A node as plain data. Where lines stand, and what stands plainly in an f-string, only Python's parser tells."""
    if isinstance(node, nodes.FormattedString):
        return tuple(written(part) for part in node.parts if not isinstance(part, str))
    if isinstance(node, nodes.Node):
        names = [name for name in nodes.names_of(type(node)) if name not in ("row", "column", "end")]
        return type(node).__name__, *(written(getattr(node, name)) for name in names)
    return tuple(map(written, node)) if isinstance(node, tuple) else node


def test_what_is_newer_than_this_python_is_read_by_libcst() -> None:
    tree = newer.module(whole('x = f"{y["a"]}"\n'))
    assert any(isinstance(node, nodes.Subscript) for node in nodes.within(tree))
    first, second = source_of("type A[T] = list[T]\nx = 1\n").tree.body
    assert isinstance(second.body[0], nodes.Assign), first


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_text_is_kept_to_the_byte(path: Path) -> None:
    assert parse(path, path.read_bytes()).text.encode() == path.read_bytes()


def test_nothing_ends_or_stalls_the_process() -> None:
    sizes = ["9", "60", "220", "20000"]
    command = [sys.executable, str(SOURCES / "deep.py"), *sizes]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=PATHS)
    assert done.returncode == 0, done.stdout.splitlines()[-1:] + [done.stderr]
    rows = [line.split("|") for line in done.stdout.splitlines()]
    assert {row[2] for row in rows} <= {"parsed", "file-too-deep", "file-too-large", "broken-syntax"}
    assert max(float(row[3]) for row in rows) < 30
    outcomes = {(kind, int(size)): outcome for kind, size, outcome, _ in rows}
    assert all(outcomes[kind, 20_000] == "parsed" for kind in ("one list", "statements"))
    assert all(outcomes[kind, 220] == "parsed" for kind in ("chain", "chain over lines", "sums", "elifs", "strings"))
    assert outcomes["brackets", 60] == "parsed"
    assert outcomes["case", 9] == outcomes["case over lines", 9] == "file-too-deep"


@pytest.mark.parametrize(
    ("text", "levels", "brackets", "pattern"),
    [
        ("", 0, 0, 0),
        ("abc\nab\n", 3, 0, 0),
        ("f(aaaa, bbb)\n", 13, 1, 0),
        ("f([aaaa,\n bbb])\n", 1 + 2 + 2 + 4, 2, 0),
        ("'((((' # ((((\n", 2, 0, 0),
        ("f'((((' \n", 8, 0, 0),
        ("case [[1]]:\n", 7, 2, 2),
        ("model [[1]]\n", 11, 2, 0),
        ("a;b;\\\nc\n", 1, 0, 0),
    ],
)
def test_nesting_is_bounded(text: str, levels: int, brackets: int, pattern: int) -> None:
    found = nesting(text)
    assert found[0] >= levels - 2
    assert found[0] <= levels + 4
    assert found[1:] == (brackets, pattern)


# --- places


# libcst forgets a form feed before a statement, so in that file its own columns are wrong.
@pytest.mark.parametrize("path", [path for path in TEXTS if path.name != "form_feed.txt"], ids=lambda path: path.name)
def test_places_are_those_of_libcst(path: Path) -> None:
    source = parse(path, path.read_bytes())
    theirs = MetadataWrapper(whole(source.text), unsafe_skip_copy=True)
    positions = theirs.resolve(PositionProvider)
    pairs = dict(twins(source.tree, theirs.module))
    ours = spans(source, pairs)
    assert len(ours) == len(pairs) > 0
    for node, twin in pairs.items():
        start, end = positions[twin].start, positions[twin].end
        assert ours[node] == Span(start.line, start.column + 1, end.line, end.column + 1), type(node)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_place_alone_is_the_place_among_all(path: Path) -> None:
    source = parse(path, path.read_bytes())
    every = list(nodes.within(source.tree))
    together = spans(source, every)
    for node in every[:: max(17, len(every) // 60)]:
        assert spans(source, [node, node]) == {node: together[node]}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_a_place_is_the_same_when_its_line_alone_is_read(path: Path) -> None:
    source = parse(path, path.read_bytes())
    every = list(nodes.within(source.tree))
    together = spans(source, every)
    for line in (node for node in every if isinstance(node, nodes.SimpleStatementLine)):
        within = {node: together[node] for part in line.body for node in nodes.within(part) if node in together}
        assert spans(source, within, [line]) == within


def test_a_line_of_another_file_tells_nothing() -> None:
    source, other = source_of("x = 1\n"), source_of("\n\n\ny = f(\n2)\n")
    number = next(node for node in nodes.within(source.tree) if isinstance(node, nodes.Integer))
    assert spans(source, [number], other.tree.body) == {number: Span(1, 5, 1, 6)}
    assert spans(source, [number], [*other.tree.body, *source.tree.body]) == {number: Span(1, 5, 1, 6)}


def test_the_place_of_a_line_is_without_its_comment() -> None:
    source = source_of("if x:\n    y = (1)  # why\n")
    line = next(node for node in nodes.within(source.tree) if isinstance(node, nodes.SimpleStatementLine))
    number = next(node for node in nodes.within(source.tree) if isinstance(node, nodes.Integer))
    assert spans(source, [line, number]) == {line: Span(2, 5, 2, 12), number: Span(2, 10, 2, 11)}
    assert spans(source, [nodes.Name("stranger")]) == {}


@pytest.mark.parametrize(
    "text",
    [
        "\fx = «LSTM(8)»\n",
        "y = 1\n\f\n\fx = «LSTM(\n8)» # c",
        "try: pass\nexcept A :\n    x = «LSTM(8)»\n",
        "try: pass\nexcept A : «LSTM(8)»\n",
        "try: pass\nexcept (A, B)  : «LSTM(8)»\n\n\n   # end",
    ],
)
def test_places_hold_in_the_text_where_libcst_forgets_a_blank(text: str) -> None:
    source, (place,) = marked(text)
    assert whole(source.text).code != source.text
    call = node_at(source, place, "add-argument")
    (edit,) = edits(source, [Change(Place(source, call), "append", ".T")])
    assert apply(source.text, [Fix("", (edit,))])[0] == text.replace("«", "").replace("»", ".T")


# --- statements and suppressions

STATEMENTS = """\
x = f(
    1,  # (

    2)
@d(
)
def g(a,
      b): return '''
'''
y = 1 + \\
    2
if (a and
    b):
    # alone
    z = 1; w = (
)
"""


@pytest.mark.parametrize(
    ("row", "first", "last"),
    [(1, 1, 4), (3, 1, 4), (5, 5, 6), (7, 7, 9), (9, 7, 9), (11, 10, 11), (13, 12, 13), (14, 14, 14), (16, 15, 16)],
)
def test_statement_rows(row: int, first: int, last: int) -> None:
    assert statement_rows(statement_starts(STATEMENTS), row) == (first, last)
    assert statement_rows(statement_starts(STATEMENTS.replace("\n", "\r\n")), row) == (first, last)


def test_comments_are_true_comments() -> None:
    text = "x = '# no' # yes\n'''\n# no\n'''  #two\n\"\\\"# no\" ; f'{a[\"#no\"]}' # ü three"
    assert [(each.row, each.column, each.text) for each in comments(text)] == [
        (1, 12, "# yes"),
        (4, 6, "#two"),
        (5, 26, "# ü three"),
    ]


@pytest.mark.parametrize(
    ("text", "row", "covered", "unused"),
    [
        ("x = 1\n", 1, False, []),
        ("x = 1  # lstm-lint: allow some-rule\n", 1, True, []),
        ("x = 1  # lstm-lint: allow RNN101 -- because\n", 1, True, []),
        ("x = 1  # lstm-lint: allow other, some-rule\n", 1, True, [(1, 8, 43, ("other",))]),
        ("x = 1  # lstm-lint: allow other\n", 1, False, [(1, 8, 32, ("other",))]),
        ("x = 1  # type: ignore # lstm-lint: allow some-rule\n", 1, True, []),
        ("x = f(\n    1,  # lstm-lint: allow some-rule\n)\n", 1, True, []),
        ("x = f(\n    1,\n)  # lstm-lint: allow some-rule\n", 2, True, []),
        ("# lstm-lint: allow some-rule\nx = 1\n", 2, False, [(1, 1, 29, ("some-rule",))]),
        ("def f(\n    a):  # noqa\n    x = 1\n", 1, True, []),
        ("def f(a):\n    x = 1  # noqa\n", 1, False, []),
        ("# lstm-lint: allow-file some-rule\nx = 1\n", 2, True, []),
        ("x = 1\n# lstm-lint: allow-file other -- some-rule\n", 1, False, [(2, 1, 43, ("other",))]),
        ("x = '# lstm-lint: allow some-rule'\n", 1, False, []),
        ("x = '''\n# noqa'''\n", 1, False, []),
        ("x = 1  # noqa\n", 1, True, []),
        ("x = 1  # NOQA\n", 1, True, []),
        ("x = 1  #noqa:RNN101\n", 1, True, []),
        ("x = 1  # noqa: E501, RNN101\n", 1, True, []),
        ("x = 1  # noqa: E501 rnn1\n", 1, True, []),
        ("x = 1  # noqa: E501\n", 1, False, []),
        ("x = 1  # noqa: E501,RNN102\n", 1, False, []),
        ("x = 1  # lstm-lint: allow RNN1\n", 1, False, [(1, 8, 31, ("RNN1",))]),
    ],
)
def test_suppressions(text: str, row: int, covered: bool, unused: list[object]) -> None:
    suppressions = Suppressions.of(text)
    assert suppressions.covers(row, "some-rule", "RNN101") is covered
    assert suppressions.unused() == unused


# --- edits


KINDS = {"add-argument": nodes.Call, "remove-argument": nodes.Arg, "rename": nodes.Arg}


def marked(text: str) -> tuple[Source, list[Span]]:
    """The text without its marks, and what stands between them, in the order of the opening marks."""
    plain, opened, found, row, column = "", [], {}, 1, 1
    for number, character in enumerate(text):
        if character == "«":
            opened.append((number, row, column))
        elif character == "»":
            start, *place = opened.pop()
            found[start] = Span(*place, row, column)
        else:
            plain += character
            row, column = (row + 1, 1) if character == "\n" else (row, column + 1)
    return source_of(plain), [found[start] for start in sorted(found)]


def node_at(source: Source, place: Span, how: str) -> object:
    kind = KINDS.get(how, (nodes.Name, nodes.Attribute, nodes.ImportAlias))
    found = [node for node in nodes.within(source.tree) if isinstance(node, kind)]
    return next(node for node, span in spans(source, found).items() if span == place)


ADD, REMOVE = "add-argument", "remove-argument"


@pytest.mark.parametrize(
    ("text", "changes", "result"),
    [
        ("x = «a» + b\n", [("replace", "c[1:]")], "x = c[1:] + b\n"),
        ("x = («a») + b\n", [("replace", "c")], "x = (c) + b\n"),
        ("x = (  «a» )  # why\n", [("append", ".T")], "x = (  a ).T  # why\n"),
        ("f(«X.shape», 1)\n", [("append", "[1:]")], "f(X.shape[1:], 1)\n"),
        ("from k import «a as b», c\n", [("replace", "d as b")], "from k import d as b, c\n"),
        ("f(1, «lr  =  2»)\n", [("rename", "learning_rate")], "f(1, learning_rate  =  2)\n"),
        ("x = «f()»\n", [(ADD, "a=1")], "x = f(a=1)\n"),
        ("x = «f ( )»\n", [(ADD, "a=1")], "x = f (a=1 )\n"),
        ("x = «(f)(\n    # none\n)»\n", [(ADD, "a=1")], "x = (f)(a=1\n    # none\n)\n"),
        ("x = «f(8)»\n", [(ADD, "a=1")], "x = f(8, a=1)\n"),
        ("x = «f(8)»\n", [(ADD, "b=1"), (ADD, "a=2")], "x = f(8, b=1, a=2)\n"),
        ("x = «f(8,)»\n", [(ADD, "b=1"), (ADD, "a=2")], "x = f(8, b=1, a=2,)\n"),
        ("x = «f(8,)»\n", [(ADD, "a=1")], "x = f(8, a=1,)\n"),
        ("x = «f(8, )»\n", [(ADD, "a=1")], "x = f(8, a=1, )\n"),
        ("x = «f(*a, **b)»\n", [(ADD, "a=1")], "x = f(*a, **b, a=1)\n"),
        ("x = «f(i for i in y)»\n", [(ADD, "a=1")], "x = f((i for i in y), a=1)\n"),
        ("x = «f((i for i in y))»\n", [(ADD, "a=1")], "x = f((i for i in y), a=1)\n"),
        ("x = «f(\n    8\n)»\n", [(ADD, "a=1")], "x = f(\n    8,\n    a=1\n)\n"),
        ("x = «f(\n    8,\n)»\n", [(ADD, "a=1")], "x = f(\n    8,\n    a=1,\n)\n"),
        ("x = «f(\n    8,  # units\n)»\n", [(ADD, "a=1")], "x = f(\n    8,  # units\n    a=1,\n)\n"),
        ("x = «f(\n    8  # units\n)»\n", [(ADD, "a=1")], "x = f(\n    8,  # units\n    a=1\n)\n"),
        ("x = «f(8,\n      b=2)»\n", [(ADD, "a=1")], "x = f(8,\n      b=2,\n      a=1)\n"),
        ("x = «f([\n    8,\n])»\n", [(ADD, "a=1")], "x = f([\n    8,\n], a=1)\n"),
        ("f(8, «a=1»)\n", [(REMOVE, "")], "f(8)\n"),
        ("f(8, «a=1» , )\n", [(REMOVE, "")], "f(8 , )\n"),
        ("f(«a=1»)\n", [(REMOVE, "")], "f()\n"),
        ("f(«a=1»,)\n", [(REMOVE, "")], "f()\n"),
        ("f(«a=1», b=2)\n", [(REMOVE, "")], "f(b=2)\n"),
        ("f(8, «a=1», b=2)\n", [(REMOVE, "")], "f(8, b=2)\n"),
        ("f(8, «a=1», «b=2»)\n", [(REMOVE, ""), (REMOVE, "")], "f(8)\n"),
        ("f(«8», c=3, «b=2»)\n", [(REMOVE, ""), (REMOVE, "")], "f(c=3)\n"),
        ("f(8,\n  «a=1»)\n", [(REMOVE, "")], "f(8)\n"),
        ("f(8,  # units\n  «a=1»)\n", [(REMOVE, "")], "f(8,  # units\n  )\n"),
        ("f(\n    8,\n    «a=1»\n)\n", [(REMOVE, "")], "f(\n    8,\n)\n"),
        ("f(\n    8,\n    «a=1»,  # gone\n    b=2,\n)\n", [(REMOVE, "")], "f(\n    8,\n    b=2,\n)\n"),
        ("f(\n    «a=(\n        1,\n    )»,\n    b=2,\n)\n", [(REMOVE, "")], "f(\n    b=2,\n)\n"),
        ("f(8, «a=1», b=2).g(«c=3»)\n", [(REMOVE, ""), (REMOVE, "")], "f(8, b=2).g()\n"),
        ("«f(8, «a=1», b=2)»\n", [(ADD, "c=3"), (REMOVE, "")], "f(8, c=3, b=2)\n"),
        ("«f(«8»)»\n", [(ADD, "c=3"), (REMOVE, "")], "f(c=3)\n"),
        ("«f(7, «8»)»\n", [(ADD, "c=3"), (REMOVE, "")], "f(7, c=3)\n"),
        ("f(«8»)\n", [("rename", "a")], None),
        ("f(«a=g(«b=1»)»)\n", [(REMOVE, ""), (REMOVE, "")], None),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_edits(text: str, changes: list[tuple[str, str]], result: str | None, newline: str) -> None:
    source, places = marked(text.replace("\n", newline))
    places += places[-1:] * (len(changes) - len(places))
    asked = [
        Change(Place(source, node_at(source, place, how)), how, content)  # type: ignore[arg-type]
        for place, (how, content) in zip(places, changes, strict=True)
    ]
    made = edits(source, asked)
    assert bool(made) is (result is not None)
    done, left_out = apply(source.text, [Fix("", made)])
    assert not left_out
    assert done == (source.text if result is None else result.replace("\n", newline))
    compile(done, "a.py", "exec")


def test_no_edit_where_the_place_is_in_another_file() -> None:
    one, (place,) = marked("x = «a»\n")
    change = Change(Place(one, node_at(one, place, "replace")), "replace", "b")
    assert edits(one, [change])
    assert edits(source_of("x = a\n"), [change]) == ()


def test_overlapping_fixes_are_left_out_whole() -> None:
    def fix(*pieces: tuple[int, int, str]) -> Fix:
        return Fix("", tuple(Edit(Span(1, start, 1, end), content) for start, end, content in pieces))

    first, second = fix((2, 4, "X")), fix((1, 2, "A"), (3, 5, "Y"))
    beside, at_once, again = fix((4, 5, "D")), fix((2, 2, "+")), fix((2, 2, "-"))
    text, left_out = apply("abcde\r\nf", [first, second, beside, at_once, again])
    assert text == "a+XDe\r\nf"
    assert left_out == (second, again)


# --- write


def test_write_keeps_mode_link_and_encoding(tmp_path: Path) -> None:
    real, link = tmp_path / "real.py", tmp_path / "link.py"
    real.write_bytes(b"\xef\xbb\xbfold")
    real.chmod(0o750)
    link.symlink_to(real)
    text, encoding = decode(real.read_bytes())
    write(link, text.replace("old", "new\r\nü"), encoding)
    assert real.read_bytes() == b"\xef\xbb\xbfnew\r\n\xc3\xbc"
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o750
    assert sorted(tmp_path.iterdir()) == [link, real]


def test_a_failed_write_leaves_all_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "漢", "latin-1")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


# --- names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = b.c = d[e] = f", "a"),
        ("a: int = 1\nb: int\nc += 1", "a b c"),
        ("(a, [b, *c]), d = e", "a b c d"),
        ("print(a := 1)", "a"),
        ("for a, b in c: pass", "a b"),
        ("with a as b, c as (d, e): pass", "b d e"),
        ("try: pass\nexcept A as e: pass", "e"),
        ("import a.b, c.d as e", "a e"),
        ("from a import b, c as d", "b d"),
        ("def f(a, /, b=c, *d, e, **g): h = 1", "f a b d e g h"),
        ("async def f(): pass\nclass A(b): c = 1", "f A c"),
        ("lambda a, *b: c", "a b"),
        ("[a for b in c for d, e in f]", "b d e"),
        ("def f():\n    global a\n    nonlocal b", "f a b"),
        ("del a, b.c", "a"),
        ("match a:\n    case [b, *c]: pass\n    case {'d': 1, **e} | A(f=g) as h: pass\n    case _: pass", "b c e g h"),
        ("a.b = 1; a[b] = 2; f(a=b); '{}'", ""),
    ],
)
def test_bound_names(text: str, names: str) -> None:
    assert bound_names(text) == Bound(frozenset(names.split()), (), dynamic=False)


@pytest.mark.parametrize(
    ("text", "stars", "dynamic"),
    [
        ("from a.b import *\nfrom .. import *\nfrom .c import *", ("a.b", "..", ".c"), False),
        ("globals()['a'] = 1", (), True),
        ("exec(code)", (), True),
        ("eval('a')", (), True),
        ("vars().update(a=1)", (), True),
        ("locals()", (), True),
        ("import builtins\nbuiltins.a = 1", (), True),
        ("from builtins import print as p", (), True),
        ("__builtins__.a = 1", (), True),
        ("import sys\nsetattr(sys.modules[__name__], 'a', 1)", (), True),
        ("from sys import modules", (), True),
        ("f.__globals__['a'] = 1", (), True),
        ("import gettext\ngettext.install('a')", (), True),
        ("setattr(self, 'a', 1); model.eval(); self.modules", (), False),
    ],
)
def test_ways_in_which_names_come(text: str, stars: tuple[str, ...], dynamic: bool) -> None:
    bound = bound_names(text)
    assert bound is not None
    assert (bound.stars, bound.dynamic) == (stars, dynamic)


def test_nothing_is_known_of_the_names_in_what_python_does_not_read() -> None:
    assert bound_names("print 'a'") is None


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
def test_type_parameters_are_bound() -> None:
    bound = bound_names("type A[T] = T\ndef f[*U, **V](): pass")
    assert bound is not None
    assert bound.names == set("ATfUV")
