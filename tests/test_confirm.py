"""Claims put to Keras: what is written, who runs it, what its answer makes of the claim.

Traces are built by hand. A fake child shows what a fault costs; the tests marked `keras` ask the real one, whose
interpreter LSTM_LINT_KERAS3 and LSTM_LINT_KERAS2 name (else our own).
"""

import ast
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from traces import HERE, Builder, array, tensor

from lstm_lint import interp
from lstm_lint.claims import Claim
from lstm_lint.confirm import Item, Means, child, confirm, interpreters, pool, summary_line
from lstm_lint.confirm import healthy as healthy_witness
from lstm_lint.confirm.recipe import Step, program, written
from lstm_lint.confirm.sizes import Unfit
from lstm_lint.confirm.slices import slices, survey
from lstm_lint.confirm.verdicts import Expected, verdict
from lstm_lint.confirm.witness import Witness, of_claim
from lstm_lint.findings import Target
from lstm_lint.library import load
from lstm_lint.source.tree import parse
from lstm_lint.trace import LayerRow, ModelRow
from lstm_lint.values.dims import divide, subtract, symbol
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import GAVE, Const, Either, Function, Pairs, Slice, Symbol, Thing, Tuple, UserClass

WITNESSES = Path(__file__).with_name("witnesses")
RANK = ("expected ndim=3, found ndim=2",)


def claim(builder: Builder, *raises: str, words: tuple[str, ...] = ()) -> Claim:
    return Claim("rule", HERE, "message", operation=builder.clash(*raises), raises=raises, words=words)


def text_of(builder: Builder, way: int = 0, draw: int = 0) -> str:
    """The program without its imports."""
    witness = of_claim(survey(builder.trace), builder.last)[way][draw]
    return program(witness.steps, [], "keras").partition("\n\n")[2]


def stacked(units: object = 8, timesteps: object = 10) -> tuple[Builder, Claim]:
    """An LSTM fed by one that keeps only its last step."""
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, timesteps, 4), shape=(timesteps, 4))
    first = build.call("keras.layers.LSTM", units)
    last = build.apply(first, inputs, result=tensor(None, units))
    build.apply(build.call("keras.layers.LSTM", 8), last)
    return build, claim(build, "ValueError", words=RANK)


def healthy(units: int = 8) -> tuple[Builder, ModelRow]:
    build = Builder()
    model = build.call("keras.Sequential")
    made = build.last
    for callee, size in (("keras.layers.LSTM", 8), ("keras.layers.Dense", 3)):
        options = {"input_shape": (10, 4)} if callee.endswith("LSTM") else {}
        build.method(model, "add", build.call(callee, size, **options))
    rows = (
        LayerRow("lstm", "LSTM", HERE, (None, 10, 4), (None, units), [], 416),
        LayerRow("dense", "Dense", HERE, (None, units), (None, 3), [], 27),
    )
    return build, ModelRow("sequential", "sequential", HERE, None, rows, 443, made)


def numbers() -> tuple[Builder, ModelRow]:
    """The last output is the hidden state, and the weights are read."""
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    lstm = build.call("keras.layers.LSTM", 8, return_state=True)
    outputs = build.apply(lstm, inputs, result=Tuple(tuple(tensor(None, 8) for _ in range(3))))
    build.call("keras.Model", inputs, outputs.items[1])
    made = build.last
    build.read(lstm, "kernel", tensor(4, 32, kind="keras.Variable"))
    shapes = [(None, 8), (None, 8), (None, 8)]
    rows = (LayerRow("lstm", "LSTM", HERE, (None, 10, 4), shapes, shapes[1:], 416),)  # type: ignore[arg-type]
    return build, ModelRow("functional", "functional", HERE, None, rows, 416, made)


# Slices and programs.


def test_a_witness_holds_what_the_operation_hangs_on_and_nothing_else() -> None:
    build = Builder()
    build.call("keras.layers.Dense", 99)
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    lstm = build.call("keras.layers.LSTM", 8, name='"; import os  #')
    build.apply(lstm, inputs, result=tensor(None, 8))
    build.read(lstm, "kernel_c")
    assert text_of(build) == (
        "inputs = keras.Input(shape=(10, 4))\n"
        "lstm = keras.layers.LSTM(8, name='\"; import os  #')\n"
        "lstm(inputs)\n"
        "lstm.kernel_c\n"
    )


def test_a_shared_layer_keeps_its_earlier_calls() -> None:
    build = Builder()
    dense = build.call("keras.layers.Dense", 3)
    build.apply(dense, build.call("keras.Input", result=tensor(None, 4), shape=(4,)), result=tensor(None, 3))
    build.apply(dense, build.call("keras.Input", result=tensor(None, 5), shape=(5,)))
    assert text_of(build).count("dense(") == 2


def test_each_way_has_its_slice() -> None:
    build = Builder()
    ways = []
    for arm, callee in enumerate(("LSTM", "GRU")):
        build.ways = frozenset({(1, arm)})
        ways.append(build.call(f"keras.layers.{callee}", 8))
    build.ways = frozenset()
    build.read(Either(tuple(ways)), "kernel_c")
    found = of_claim(survey(build.trace), build.last)
    assert [way[0].steps[0].text() for way in found] == ["lstm = keras.layers.LSTM(8)", "gru = keras.layers.GRU(8)"]


def test_a_change_in_one_arm_is_made_on_one_way_only() -> None:
    build = Builder()
    model = build.call("keras.Sequential")
    build.ways = frozenset({(1, 0)})
    build.method(model, "add", build.call("keras.layers.Dropout", 0.5))
    build.ways = frozenset()
    build.method(model, "build", (None, 4))
    found = slices(survey(build.trace), build.last)
    assert [len(each.operations) for each in found] == [4, 2] or [len(each.operations) for each in found] == [2, 4]


def test_no_more_than_four_ways() -> None:
    build = Builder()
    layers = [build.call("keras.layers.LSTM", units) for units in range(1, 5)]
    inputs = [build.call("keras.Input", result=tensor(None, n, 4), shape=(n, 4)) for n in range(1, 5)]
    build.apply(Either(tuple(layers)), Either(tuple(inputs)))
    assert len(slices(survey(build.trace), build.last)) == 4


def test_what_is_not_followed_is_replaced_by_data() -> None:
    build = Builder()
    build.apply(build.call("keras.layers.Embedding", 50, 8), array(32, 12, dtype="int64"))
    assert "data = np.random.randint(0, 2, size=(32, 12))\n" in text_of(build)


def users(name: str, base: str = "keras.layers.Layer", **fields: object) -> Thing:
    """An instance of a class of the user's, as far as it was followed."""
    methods = {"call": Function("call", None, Thing("scope"), {})}
    return Thing("instance", {"__class__": UserClass(name, (Symbol(base),), Thing("scope", {**methods, **fields}))})


def own_layer() -> tuple[Builder, Claim]:
    """An LSTM in a Sequential behind a layer of the user's, which has lost the time axis."""
    build = Builder()
    mine, model = users("Pool"), build.call("keras.Sequential")
    mine.fields[GAVE] = Tuple((Tuple((tensor(None, 10, 4),)), tensor(None, 4)))
    build.method(model, "add", build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4)))
    build.method(model, "add", mine)
    build.method(model, "add", build.call("keras.layers.LSTM", 8))
    return build, claim(build, "ValueError", words=RANK)


def own_cell() -> tuple[Builder, Claim]:
    """It tells two states and gives one."""
    build = Builder()
    step, state = tensor(2, 3, kind="tensor"), tensor(2, 3, kind="tensor")
    mine = users("Cell", state_size=Tuple((Const(3), Const(3))))
    mine.fields[GAVE] = Tuple((Tuple((step, Tuple((state, state), "list"))), Tuple((step, Tuple((state,), "list")))))
    build.apply(build.call("keras.layers.RNN", mine), array(2, 5, 3, dtype="float32"))
    return build, claim(build, "ValueError", "InvalidArgumentError", "IndexError", "TypeError")


def own_model() -> tuple[Builder, Claim]:
    build = Builder()
    mine = users("Net", "keras.Model")
    mine.fields[GAVE] = Tuple((Tuple((tensor(None, 4),)), tensor(None, 3)))
    build.method(mine, "compile", loss="mse", optimizer="sgd")
    build.method(mine, "fit", array(6, 4), array(6, 5))
    return build, claim(build, "ValueError", "InvalidArgumentError")


def cut_in_a_model() -> tuple[Builder, Claim]:
    """Between the layers of a functional model stands something that cannot be written."""
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    middle = build.call("tensorflow.signal.fft", inputs, result=tensor(None, 4))
    outputs = build.apply(build.call("keras.layers.Dense", 3), middle, result=tensor(None, 3))
    model = build.call("keras.Model", inputs, outputs)
    build.method(model, "compile", loss="mse", optimizer="sgd")
    build.method(model, "fit", array(6, 10, 4), array(6, 5))
    return build, claim(build, "ValueError", "InvalidArgumentError")


def test_a_class_of_the_users_is_replaced_by_its_outline() -> None:
    build, _ = own_cell()
    assert text_of(build).startswith(
        "class Cell(keras.layers.Layer):\n"
        "    state_size = (3, 3)\n\n"
        "    def call(self, inputs, states):\n"
        "        return (inputs, [states[0]])\n\n\n"
        "cell = Cell()\n"
    )


@pytest.mark.parametrize(("make", "cut"), [(own_layer, "Pool"), (own_model, "Net"), (own_cell, "Cell")])
def test_what_is_cut_out_is_told(make: Callable[[], tuple[Builder, Claim]], cut: str, fake: str) -> None:
    build, said = make()
    told = confirm([Item(said, "keras3", build.trace, "title")], Means(python=fake))[0]
    assert told.status == "unconfirmed", "what runs with what stands in refutes nothing"
    assert told.detail.endswith(f"; cut out: {cut}") and f"# cut out: {cut}\n" in told.witness


def test_a_cut_leaves_a_model_in_one_piece() -> None:
    build, _ = cut_in_a_model()
    assert "x = cut(inputs)\n" in text_of(build) and text_of(build).count("keras.Input(") == 1


CALL = [["inputs", "states="], [{"do": ["name", "inputs"], "to": "x"}], ["name", "x"], "call"]


def test_the_childs_classes_refuse_as_pythons_do() -> None:
    stage = child.Stage(None)
    own = stage.value(["own", "Cell", "", [["state_size", 3]], [CALL], None])
    assert own.state_size == 3 and own.call(7) == 7 == own.call(inputs=7, states=1)
    with pytest.raises(TypeError, match=r"call\(\) got an unexpected keyword argument 'more'"):
        own.call(7, more=1)
    assert stage.value(["own", "Net", "", [], [], [[[], []], [["rnn", 5]]]]).rnn == 5
    for head, begin in (
        (["os.PathLike", []], None),
        (["", [["__del__", 3]]], None),
        (["", []], [None, [["__del__", 3]]]),
    ):
        with pytest.raises(child.Refused):
            stage.value(["own", "Cell", *head, [], begin])


def test_the_child_takes_no_callback_that_writes() -> None:
    with pytest.raises(child.Refused):
        child.Stage(None).applied(dict, [], [["callbacks", ["list", "text"]]])


def test_sizes_left_open_are_drawn_twice_and_agree() -> None:
    n = symbol("n", "n")
    build, _ = stacked(units=n, timesteps=subtract(n, 5))
    first, second = (text_of(build, draw=draw) for draw in (0, 1))
    assert "shape=(7, 4)" in first and "LSTM(12)" in first
    assert "shape=(2, 4)" in second and "LSTM(7)" in second


def test_draws_leave_no_size_below_one() -> None:
    n = symbol("n", "n")
    build, _ = stacked(units=divide(n, 16), timesteps=subtract(n, 50))
    sizes = [
        int(word)
        for word in text_of(build).replace("(", " ").replace(",", " ").replace(")", " ").split()
        if word.isdigit()
    ]
    assert min(sizes) >= 1 and 72 - 50 in sizes and 72 // 16 in sizes


def test_an_unknown_argument_that_decides_no_shape_is_left_out() -> None:
    build = Builder()
    build.read(build.call("keras.layers.LSTM", Unknown("?", "units", 1), activation=Unknown("?", "act", 2)), "kernel_c")
    assert text_of(build).startswith("lstm = keras.layers.LSTM(12)\n")


@pytest.mark.parametrize(
    ("callee", "arguments"),
    [
        ("os.system", ("true",)),
        ("numpy.load", ("x.npy",)),
        ("numpy.os.system", ("true",)),
        ("numpy.__builtins__", ()),
        ("keras.utils.get_file", ("x", "https://example.org")),
        ("keras.models.load_model", ("x.h5",)),
        ("keras.layers.Lambda", (Function("f", None, Thing("scope"), {}),)),
        ("keras.layers.TFSMLayer", ("x",)),
        ("keras.layers.StringLookup", (10,)),
        ("keras.layers.deserialize", ({},)),
        ("keras.initializers.get", ("zeros",)),
        ("keras.ops.map", (Symbol("numpy.load"), "x")),
        ("tensorflow.io.write_file", ("x", "y")),
        ("tensorflow.raw_ops.WriteFile", ()),
        ("tensorflow.py_function", ()),
        ("keras.layers.LSTM", (Symbol("os.system"),)),
        ("keras.layers.LSTM", (8, Unknown("?"))),
        ("keras.layers.LSTM", ("x" * 100_000,)),
        ("keras.layers.LSTM", (10**9,)),
        ("keras.layers.Embedding", (10**6, 300)),
        ("keras.layers.LSTM", (10**30,)),
    ],
)
def test_what_could_do_harm_is_never_written(callee: str, arguments: tuple[object, ...]) -> None:
    build = Builder()
    build.read(build.call(callee, *arguments), "kernel_c")
    item = Item(claim(build, "AttributeError"), "keras3", build.trace)
    said = confirm([item], Means(python="/nowhere"))[0]
    assert said.status == "unconfirmed" and said.witness == ""


def test_a_dict_that_describes_an_object_is_never_written() -> None:
    build = Builder()
    described = Pairs(((Const("class_name"), Const("system")), (Const("module"), Const("os"))))
    build.read(build.call("keras.layers.LSTM", 8, kernel_initializer=described), "kernel_c")
    with pytest.raises(Unfit):
        slices(survey(build.trace), build.last)


def test_loose_layers_are_looked_at_call_by_call() -> None:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    lstm = build.call("keras.layers.LSTM", 8)
    build.apply(lstm, inputs, result=tensor(None, 8))
    rows = (LayerRow("lstm", "LSTM", HERE, (None, 10, 4), (None, 8), [], 416),)
    row = ModelRow("loose", "", HERE, None, rows, 416, build.last)
    ((witness,),) = healthy_witness.of_model(survey(build.trace), row)
    text = [step.text() for step in witness.steps]
    assert "assert tuple(x.shape) == (None, 8)" in text and "assert lstm.count_params() == 416" in text


OWN = """
from keras import Input, Sequential, layers

class Own(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.dense = layers.Dense(width)

    def call(self, x):
        return self.dense(x)

model = Sequential([Input((7,)), Own(12), layers.Dense(1)])
names = [layer.name for layer in model.layers]
model.compile("adam", "mse")
"""


def test_a_layer_of_the_users_that_is_read_is_still_the_users() -> None:
    trace = interp.run(parse(Path("own.py"), OWN.encode()), load("keras3"))
    found = [healthy_witness.of_model(survey(trace), row) for row in trace.models]
    assert found and all(found)


def test_numbers_that_are_relied_on_are_reckoned_by_hand() -> None:
    build, row = numbers()
    ((witness,),) = healthy_witness.of_model(survey(build.trace), row)
    assert witness.effect == "the last output is the hidden state, the gates of LSTM lie as i, f, c, o"
    text = [step.text() for step in witness.steps]
    assert any(line.startswith("i, f, c, o = np.split((") for line in text)


def test_a_functional_model_is_not_trained_to_look_at_something_else() -> None:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 4), shape=(4,))
    model = build.call("keras.Model", inputs, inputs)
    build.method(model, "fit", array(8, 4), array(8, 4))
    build.read(model, "kernel_c")
    assert "model.fit" not in text_of(build) and "model(" not in text_of(build)


def test_too_large_to_run_is_said_so() -> None:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10**6, 300), shape=(10**6, 300))
    build.apply(build.call("keras.layers.LSTM", 8), inputs)
    said = confirm([Item(claim(build, "ValueError"), "keras3", build.trace)], Means(python="/nowhere"))[0]
    assert "too large to run" in said.detail


def many_rows() -> tuple[Builder, Claim]:
    """Ten million numbers, of which a part is fed with fewer targets."""
    build = Builder()
    model = build.call("keras.Sequential")
    build.method(model, "add", build.call("keras.layers.LSTM", 2, input_shape=(10, 4)))
    build.method(model, "compile", loss="mse", optimizer="sgd")
    whole = build.call("numpy.random.rand", 1_000_000, 10, 4, result=array(1_000_000, 10, 4))
    part = build.item(whole, Slice(Const(None), Const(800_000), Const(None)), result=array(800_000, 10, 4))
    targets = build.call("numpy.zeros", (792_000, 2), result=array(792_000, 2))
    build.method(model, "fit", part, targets)
    return build, claim(build, "ValueError", words=("cardinality is ambiguous",))


def test_of_too_many_rows_each_number_is_made_smaller_alike(fake: str) -> None:
    build, said = many_rows()
    text = text_of(build)
    assert "np.random.rand(10000, 10, 4)" in text and "data[:8000]" in text and "np.zeros((7920, 2))" in text
    (told,) = confirm([Item(said, "keras3", build.trace)], Means(python=fake))
    assert told.status == "unconfirmed" and told.detail.endswith("cut out: 99 of 100 rows of data")


def test_comments_stay_comments() -> None:
    text = program([Step(1)], ["rule, a\nimport os\r\x85\u2028b"], "keras")
    assert [type(node).__name__ for node in ast.parse(text).body] == ["Import", "Expr"]


NODES = [
    ["tuple", 1], ["tuple"], ["list", -1.5, True, None], ["set"], ["set", 1], ["dict", ["a'\"\n", 2]], ["bytes", "00ff"],
    ["complex", 1.0, -2.0], ["ellipsis"], ["slice", None, 2, None], ["item", ["list", 1, 2, 3], ["slice", 1, None, None]],
    ["item", ["list", 1, 2, 3], -1], ["operate", "-", ["operate", "*", 2, 3], 4], ["operate", "-", -3],
    ["operate", "not", 0], ["method", ["list", 3, 3], "index", [3], []], "it's \"so\"\\", float("inf"),
]  # fmt: skip


@pytest.mark.parametrize("node", NODES, ids=str)
def test_program_and_recipe_say_the_same(node: object) -> None:
    """The text, read as an expression, gives what the child computes from the data."""
    computed = child.Stage(None).value(json.loads(json.dumps(node)))
    text = compile(written(node), "witness", "eval")
    assert repr(eval(text)) == repr(computed)


# The child's own list.


@pytest.mark.parametrize(
    "node",
    [
        ["call", "os.system", ["true"], []],
        ["call", "numpy.load", ["x"], []],
        ["symbol", "numpy.os"],
        ["attr", ["symbol", "os"], "system"],
        ["attr", "text", "__class__"],
        ["method", "text", "format", [], []],
        ["method", "text", "__len__", [], []],
        ["dict", ["class_name", "x"]],
    ],
    ids=str,
)
def test_the_child_refuses_too(node: object) -> None:
    with pytest.raises(child.Refused):
        child.Stage(None).value(node)


def test_the_child_hands_no_function_on() -> None:
    assert child.Stage(None).value(["attr", "text", "upper"]) is None


def test_the_child_stands_alone() -> None:
    tree = ast.parse(Path(child.__file__).read_text("utf-8"), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name for name in imported if name.partition(".")[0] not in sys.stdlib_module_names}
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"exec", "eval", "compile", "__import__"}


@pytest.mark.parametrize(
    ("value", "count", "starred", "found"),
    [([1, 2], 2, False, [1, 2]), ([1, 2, 3], 2, True, [1, [2, 3]]), ([1], 2, True, [1, []])],
)
def test_unpacking(value: object, count: int, starred: bool, found: object) -> None:
    assert child.unpacked(value, count, starred) == found


@pytest.mark.parametrize("value", [[1], [1, 2, 3], 7])
def test_unpacking_fails_in_pythons_words(value: object) -> None:
    with pytest.raises((TypeError, ValueError)) as ours:
        child.unpacked(value, 2, False)
    with pytest.raises((TypeError, ValueError)) as pythons:
        _, _ = value  # type: ignore[misc]
    assert str(pythons.value).startswith(str(ours.value).rstrip(")"))


# Verdicts.


def test_verdicts() -> None:
    witness = Witness((Step(1), Step(2), Step(3)), 1, skipped=False)
    wanted = Expected(("ValueError",), ("ndim=3",))

    def status(answer: pool.Answer, of: Witness = witness) -> str:
        return verdict(wanted, of, answer).status

    assert status(pool.Answer(1, ("ValueError",), "ndim=3")) == "confirmed"
    assert status(pool.Answer(2, ("ValueError",), "ndim=3")) == "confirmed"
    assert status(pool.Answer(0, ("ValueError",), "ndim=3")) == "confirmed"  # before the line itself
    assert status(pool.Answer(0, ("ValueError",), "ndim=2")) == "unconfirmed"
    assert status(pool.Answer(1, ("ValueError",), "ndim=2")) == "unconfirmed"
    assert status(pool.Answer(1, ("TypeError",), "ndim=3")) == "unconfirmed"
    assert status(pool.Answer(1, ("ValueError",), "ndim=3", refused=True)) == "unconfirmed"
    assert status(pool.Answer(fault="died")) == "unconfirmed"
    assert status(pool.Answer()) == "refuted"
    assert status(pool.Answer(), replace(witness, skipped=True)) == "unconfirmed"
    assert status(pool.Answer(warned=((("UserWarning",), "ndim=3"),))) == "refuted"
    assert status(pool.Answer(warned=((("ValueError",), "ndim=3"),))) == "confirmed"


# Children.


@pytest.fixture
def fake(tmp_path: Path) -> str:
    """An interpreter that runs the fake child, whatever it is asked to run."""
    script = tmp_path / "python"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{WITNESSES / "fake_child.py"}" "$@"\n')
    script.chmod(0o755)
    return str(script)


FAST = pool.Limits(start=20, recipe=1)


def answers(python: str, *words: str, limits: pool.Limits = FAST) -> list[pool.Answer]:
    recipes = [json.dumps([Step(word).data()]) for word in words]
    return [answer for _, answer in pool.judged(pool.Way(python), "keras3", recipes, limits)]


@pytest.mark.parametrize(
    ("word", "fault"),
    [
        ("hang", "no answer within 1 seconds"),
        ("die", "the child died (SIGSEGV)"),
        ("leave", "the child ended (exit code 3)"),
        ("babble", "the child talks nonsense"),
        ("flood", "the child talks nonsense"),
        ("confuse", "the child talks nonsense"),
        ("lie", "the child talks nonsense"),
    ],
)
def test_a_fault_costs_one_recipe(fake: str, word: str, fault: str) -> None:
    assert [answer.fault for answer in answers(fake, "fine", word, "fine")] == ["", fault, ""]


def test_a_child_that_reads_no_more_costs_what_it_is_asked(fake: str) -> None:
    long = "x" * 1_000_000
    assert [answer.fault for answer in answers(fake, "deaf", long, "fine")] == ["", "the child died (SIGKILL)", ""]


def test_children_leave_no_process_and_no_file(fake: str) -> None:
    (answer,) = answers(fake, "breed", limits=pool.Limits(start=20, recipe=10))
    assert answer.at is not None
    assert not Path(answer.types[0]).exists()
    deadline = time.monotonic() + 5
    while _alive(answer.at) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(answer.at)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_environment_is_bare(fake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "KERAS_BACKEND", "LD_PRELOAD", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "")
    (answer,) = answers(fake, "tell")
    assert not {"PYTHONPATH", "PYTHONSTARTUP", "KERAS_BACKEND", "LD_PRELOAD", "AWS_SECRET_ACCESS_KEY"} & {*answer.types}
    assert Path(answer.message) != Path.cwd()


def test_no_gpu_is_said_so(fake: str) -> None:
    build, said = stacked()
    assert confirm([Item(said, "keras3", build.trace)], Means(python=fake, device="gpu"))[0].detail == "no GPU here"


def test_an_interpreter_that_is_none_costs_the_verdicts_alone(tmp_path: Path) -> None:
    build, said = stacked()
    items = [Item(said, target, build.trace, "title") for target in ("keras2", "keras3")]
    told = confirm(items, Means(python=str(tmp_path / "none")))
    assert [each.status for each in told] == ["unconfirmed", "unconfirmed"]
    assert told[0].detail == "no Keras 2 here (pip install tf-keras)"
    assert told[0].witness.startswith("# title\n")
    assert summary_line(told).startswith("confirm: 0 confirmed, 0 refuted, 2 unconfirmed (keras2: no Keras 2 here")


def test_a_generation_is_judged_by_itself_alone(fake: str) -> None:
    build, said = stacked()
    told = confirm([Item(said, target, build.trace) for target in ("keras2", "keras3")], Means(python=fake))
    assert [each.status for each in told] == ["unconfirmed", "refuted"]
    assert told[1].keras == "Keras 3.0.0" and told[0].keras == ""


def test_equal_programs_run_once(fake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    original = pool.judged

    def counting(way: pool.Way, target: Target, recipes: list[str], limits: pool.Limits) -> object:
        counted.append(len(recipes))
        return original(way, target, recipes, limits)

    monkeypatch.setattr(pool, "judged", counting)
    items = [Item(said, "keras3", build.trace, f"number {i}") for i, (build, said) in enumerate([stacked(), stacked()])]
    told = confirm(items, Means(python=fake))
    assert counted == [1] and ["number 0" in told[0].witness, "number 1" in told[1].witness] == [True, True]


# Interpreters.


@pytest.fixture
def project(tmp_path: Path, fake: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an environment of its own, which has Keras; ours has none."""
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ours"))
    root = tmp_path / "project"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").symlink_to(fake)
    return root


def test_the_projects_environment_serves(project: Path) -> None:
    git(project, "init", "-q")
    chosen = interpreters.choose(None, project)
    assert chosen is not None and chosen.python == str(project / ".venv/bin/python")


def test_a_relative_path_is_good_from_anywhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(project, "init", "-q")
    monkeypatch.chdir(project)
    for chosen in (interpreters.choose(None, Path()), interpreters.choose(".venv/bin/python", Path())):
        assert chosen is not None and chosen.python == str(project / ".venv/bin/python")


def test_an_environment_that_the_project_brought_along_never_runs(project: Path) -> None:
    git(project, "init", "-q")
    assert interpreters.choose(None, project) is not None
    git(project, "add", "-f", ".venv")
    assert interpreters.choose(None, project) is None


def test_outside_a_repository_nobody_knows_where_an_environment_came_from(project: Path) -> None:
    assert interpreters.choose(None, project) is None


def test_the_active_environment_comes_first(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    active = project.parent / "active"
    (project / ".venv").rename(active)
    monkeypatch.setenv("VIRTUAL_ENV", str(active))
    chosen = interpreters.choose(None, project)
    assert chosen is not None and chosen.python == str(active / "bin/python")


def test_a_named_interpreter_is_the_only_one(project: Path) -> None:
    assert interpreters.choose(str(project / "none"), project) is None


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=directory, check=True, capture_output=True)


# Real Keras.


def real(target: str) -> str:
    python = os.environ.get("LSTM_LINT_KERAS" + target[-1], sys.executable)
    if target not in interpreters.ask(python).homes:
        pytest.skip(f"no {target} in {python}")
    return python


def gates() -> tuple[Builder, Claim]:
    build = Builder()
    model = build.call("keras.Sequential")
    lstm = build.call("keras.layers.LSTM", 8, input_shape=(10, 4))
    build.method(model, "add", lstm)
    build.read(lstm, "kernel_c")
    return build, claim(build, "AttributeError", words=("kernel_c",))


def unpacking() -> tuple[Builder, Claim]:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    three = Tuple(tuple(tensor(None, 8) for _ in range(3)))
    build.unpack(build.apply(build.call("keras.layers.LSTM", 8, return_state=True), inputs, result=three), 2)
    return build, claim(build, "ValueError", words=("too many values to unpack",))


def states() -> tuple[Builder, Claim]:
    """Keras 3 sees it only when the model runs."""
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    state = build.call("keras.Input", result=tensor(None, 3), shape=(3,))
    build.apply(build.call("keras.layers.LSTM", 8), inputs, initial_state=[state, state])
    return build, claim(build, "ValueError", "InvalidArgumentError")


def training() -> tuple[Builder, Claim]:
    build = Builder()
    model = build.call("keras.Sequential")
    build.method(model, "add", build.call("keras.layers.LSTM", 8, input_shape=(10, 4)))
    build.method(model, "compile", loss="mse", optimizer="adam")
    build.method(model, "fit", array(32, 10, 5), array(32, 8), epochs=100, callbacks=[Unknown("a callback")])
    return build, claim(build, "ValueError")


def innocent() -> tuple[Builder, Claim]:
    build = Builder()
    inputs = build.call("keras.Input", result=tensor(None, 10, 4), shape=(10, 4))
    build.apply(build.call("keras.layers.LSTM", 8), inputs)
    return build, claim(build, "ValueError")


TRUE = [stacked, gates, unpacking, states, training, own_layer, own_cell, own_model, cut_in_a_model, many_rows]


@pytest.mark.keras
@pytest.mark.parametrize("target", ["keras2", "keras3"])
def test_keras_confirms_what_is_true_and_refutes_what_is_not(target: str, tmp_path: Path) -> None:
    python = real(target)
    made: list[Callable[[], tuple[Builder, Claim | ModelRow]]] = [
        *TRUE,
        healthy,
        numbers,
        innocent,
        lambda: healthy(units=9),
    ]
    pairs = [make() for make in made]
    said = confirm(
        [Item(subject, target, build.trace, f"case {i}") for i, (build, subject) in enumerate(pairs)],  # type: ignore[arg-type]
        Means(python=python, device="cpu"),
    )
    assert [(each.status, each.detail) for each in said[:-2] if each.status != "confirmed"] == []
    assert [each.status for each in said[-2:]] == ["refuted", "refuted"]
    assert "Keras says (None, 8)" in said[-1].detail
    assert all(each.device == "cpu" and each.keras and each.backend.startswith("tensorflow") for each in said)
    _same_as_scripts(
        python, [each.witness for each in said], [*["raises"] * len(TRUE), "runs", "runs", "runs", "raises"], tmp_path
    )


def _same_as_scripts(python: str, texts: list[str], wanted: list[str], directory: Path) -> None:
    """The programs as a user would run them do what the child said, all in one process to save the imports."""
    runner = directory / "runner.py"
    runner.write_text(
        "import runpy, sys\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n"
        "        runpy.run_path(path)\n"
        "    except Exception:\n"
        "        print('raises')\n"
        "    else:\n"
        "        print('runs')\n"
    )
    for number, text in enumerate(texts):
        (directory / f"{number}.py").write_text(text)
    paths = [str(directory / f"{number}.py") for number in range(len(texts))]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    ran = subprocess.run(
        [python, "-B", str(runner), *paths], capture_output=True, text=True, env=environment, check=True
    )
    assert ran.stdout.split() == wanted
