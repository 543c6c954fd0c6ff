"""Two judges of one model: our inference, and real Keras in a child process; and what they differ in."""

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from differential.programs import Model
from lstm_lint import interp
from lstm_lint.findings import Target
from lstm_lint.library import load
from lstm_lint.source.places import spans
from lstm_lint.source.tree import parse
from lstm_lint.trace import Trace, shown
from lstm_lint.values.value import Tensor, Thing, Tuple, Value

CHILD = Path(__file__).with_name("child.py")
HERE_ONLY = re.compile(
    "only supports? (?:the )?(?:NHWC|NDHWC|channels_last)|channels_first|NCHW|not supported .*CPU|"
    "Fused conv implementation does not support grouped|no (?:gradient|supported) .*kernel|could not find registered|"
    "Depthwise convolution on CPU|Current implementation only supports equal length strides|"
    "Input dims must be <=|Unhandled input dimensions|all input values must be found in the vocabulary|num_oov_indices=0|Vocabulary file .* does not exist|values must be in the range 0 <=|indices.* is not in \\[0, |must be non-negative! Negative input value|Broadcast between .* is not supported yet|Only ranks up to",
    re.IGNORECASE,
)
"""What Keras' errors say where only this machine cannot run it, TensorFlow has no kernel for so many axes, or the data
would have to be other ones."""

CALLING = re.compile(r"^Exception encountered when calling layer ['\"]\S+['\"] \(type \w+\)\. ?")


@dataclass(slots=True)
class Child:
    """Real Keras; where a model kills the process, another one is started."""

    python: str
    package: str = "keras"
    version: str = ""
    process: "subprocess.Popen[str] | None" = None
    asked: int = 0

    def ask(self, text: str, forward: bool = True, most: bool = False) -> dict[str, Any] | None:
        """What Keras makes of the program, `most`: with many more sizes of data; None if the process died of it."""
        if self.process is None or self.asked >= 1500:
            self.start()
        assert self.process is not None and self.process.stdin is not None and self.process.stdout is not None
        self.asked += 1
        try:
            self.process.stdin.write(json.dumps({"text": text, "forward": forward, "most": most}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if line:
            return dict(json.loads(line))
        self.process = None
        return None

    def start(self) -> None:
        self.stop()
        command = [self.python, str(CHILD), self.package]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout is not None
        self.version, self.asked = json.loads(self.process.stdout.readline()), 0

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


@dataclass(frozen=True, slots=True)
class Ours:
    """What we infer: the shapes of names, of a Sequential's layers, the parameters; or the first clash, and the rows of all."""

    shapes: dict[str, Any] = field(default_factory=dict)
    layers: list[Any] = field(default_factory=list)
    params: int | str | None = None
    clash: str = ""
    late: dict[int, bool] = field(default_factory=dict)
    """The rows of all clashes: are those of the row such as Keras meets in a later run?"""


@dataclass(frozen=True, slots=True)
class Difference:
    """`kind` counts; `key` tells which mistake it is, for shrinking to keep to it."""

    kind: str
    key: str
    detail: str


def ours(text: str, target: Target) -> Ours:
    source = parse(Path("model.py"), text.encode())
    trace = interp.run(source, load(target))
    clashes = trace.clashes()
    if clashes:
        # The body of a lambda is run where its layer is called.
        led = [(each.stack or (each.place,))[0].node for each in clashes]
        places = spans(source, led)
        late: dict[int, bool] = {}
        for each, node in zip(clashes, led, strict=True):
            row = places[node].row
            late[row] = late.get(row, True) and each.late
        first = clashes[0].clash
        return Ours(clash=f"{first.kind} {first.raises} {first.words}", late=late)
    made = [model for model in trace.models if model.kind != "loose"]
    if not made:
        return Ours(_bound(trace), params="?")
    rows = [row.output_shape for row in made[-1].layers if row.cls != "InputLayer"]
    return Ours(_bound(trace), rows, made[-1].params)


def _bound(trace: Trace) -> dict[str, Any]:
    several = {b.name: _shapes_of(b.value) for b in trace.bindings if b.name[0] == "t"}
    return {name: shapes for name, shapes in several.items() if shapes is not None}


def _shapes_of(value: Value) -> Any:
    match value:
        case Tensor(shape=shape):
            return shown(shape)
        case Tuple(items=items) | Thing(type="list", fields={"items": tuple() as items}):
            return [_shapes_of(item) or "?" for item in items]
    return None


def compare(model: Model, target: Target, child: Child, forward: bool = True) -> tuple[Difference | None, bool | None]:
    """What the judges differ in, and whether Keras takes the model (None: that cannot be told here)."""
    said = child.ask(model.text(), forward)
    if said is None:
        return None, None
    raised = said["raised"]
    if raised and HERE_ONLY.search(raised["message"]):
        return None, None
    try:
        mine = ours(model.text(), target)
    except Exception as error:  # noqa: BLE001, our own crash is what is looked for
        return Difference("crash", type(error).__name__, repr(error)), raised is None
    if raised and raised["stage"] == "run" and not mine.clash:
        said = child.ask(model.text(), forward, most=True)
        if said is None:
            return None, None
        raised = said["raised"]
    if raised or mine.clash:
        return _verdicts(mine, raised), raised is None
    return _numbers(mine, said, model), True


def _verdicts(mine: Ours, raised: dict[str, Any] | None) -> Difference | None:
    if raised is None:
        return Difference("false alarm", mine.clash, f"rows {list(mine.late)}: {mine.clash}")
    told = f"{raised['stage']} row {raised['row']}: {raised['type']}: {' '.join(raised['message'].split())[:160]}"
    if not mine.clash:
        return Difference("miss", f"{raised['stage']} {raised['type']} {_head(raised['message'])}", told)
    if raised["stage"] == "build" and not _there(mine, raised):
        rows = ", ".join(f"{row} (in a run)" if late else str(row) for row, late in mine.late.items())
        return Difference(
            "elsewhere", f"{mine.clash[:40]} / {_head(raised['message'])}", f"ours rows {rows}: {mine.clash}; {told}"
        )
    return None


def _there(mine: Ours, raised: dict[str, Any]) -> bool:
    """Do we tell of the row where Keras stops, and of none before it but what a run would meet?"""
    early = any(row < raised["row"] and not late for row, late in mine.late.items())
    return not early and any(raised["row"] <= row <= raised["end"] for row in mine.late)


def _head(message: str) -> str:
    """The first words that tell the cause: Keras 2 says in front which layer was called."""
    message = CALLING.sub("", " ".join(message.split()))
    words = re.sub(r"layer ['\"]?\w+['\"]?|[\d(\[].*", "", message).split()
    return " ".join(words[:6])


def _numbers(mine: Ours, said: dict[str, Any], model: Model) -> Difference | None:
    """Shapes and parameters, where both run."""
    pairs = [(name, mine.shapes.get(name, "?"), shape) for name, shape in said["shapes"].items()]
    if model.form != "functional":
        names = [step.made.layer for step in model.steps if step.made]
        pairs = list(zip(names, mine.layers, said["layers"], strict=False))
        if len(mine.layers) != len(said["layers"]):
            return Difference("shape", "number of layers", f"{len(mine.layers)} layers against {len(said['layers'])}")
    real = _really(said, model)
    for name, inferred, symbolic in pairs:
        if symbolic is None:
            continue
        verdict = _shapes(inferred, symbolic, real.get(name))
        if verdict:
            return Difference(verdict, "", f"{name}: ours {inferred}, Keras {symbolic}, run {real.get(name)}")
    if mine.params != said["params"]:
        kind = "params" if isinstance(mine.params, int) else "unknown"
        return Difference(kind, "params", f"parameters: ours {mine.params}, Keras {said['params']}")
    return None


def _really(said: dict[str, Any], model: Model) -> dict[str, Any]:
    """What running gave, by the name of the output."""
    if said["real"] is None or model.form != "functional":
        return {}
    outputs = model.outputs()
    found = (
        [said["real"]] if len(outputs) == 1 and all(isinstance(each, int) for each in said["real"]) else said["real"]
    )
    return {f"t{i}": shape for i, shape in zip(outputs, found, strict=False)}


def _shapes(inferred: Any, symbolic: Any, real: Any) -> str | None:
    """`shape` if ours is wrong, `unknown` if it tells less. Where running gives another shape than Keras says, that counts, or none is told."""
    if inferred == symbolic:
        return None
    if real is not None and not _agree(symbolic, real):
        return None if inferred == "?" or _agree(_opened(inferred), real) else "shape"
    if _unknown(inferred):
        return "unknown"
    if real is not None and _agree(inferred, real) and not _less(inferred, symbolic):
        return None
    return "unknown" if _less(inferred, symbolic) else "shape"


def _opened(shape: Any) -> Any:
    """What is not told may be anything."""
    return [_opened(each) if isinstance(each, list) else None if each == "?" else each for each in shape]


def _unknown(shape: Any) -> bool:
    return (
        not isinstance(shape, list) or "?" in shape or any(isinstance(each, list) and _unknown(each) for each in shape)
    )


def _agree(shape: Any, real: Any) -> bool:
    if not isinstance(shape, list) or not isinstance(real, list) or len(shape) != len(real):
        return False
    return all(a is None or a == b or (isinstance(a, list) and _agree(a, b)) for a, b in zip(shape, real, strict=True))


def _less(shape: Any, symbolic: Any) -> bool:
    """Is the one open, and only open, where the other has a number?"""
    return shape != symbolic and _agree(shape, symbolic)


def shrunk(model: Model, found: Difference, target: Target, child: Child, most: int = 60) -> tuple[Model, Difference]:
    """A smaller model with the same difference."""
    tries: Iterable[Model] = model.smaller()
    while True:
        for less in tries:
            most -= 1
            if most < 0 or not less.steps:
                continue
            again = compare(less, target, child)[0]
            if again is not None and (again.kind, again.key) == (found.kind, found.key):
                model, found, tries = less, again, less.smaller()
                break
        else:
            return model, found
