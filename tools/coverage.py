"""Of how many recurrent layers in real programs is the full output shape known?

    python tools/coverage.py DIRECTORY ... [--target keras2] [--list]

A recurrent layer counts once for each place that makes one, if the project calls it: on a tensor, inside a wrapper, or in
a model that is built or called; one that is only looked at, or refused by Keras, has no output. Its shape is full where
rank, units and, if they are kept, timesteps are known: as numbers, as None where Keras leaves them open, or as symbols
for what comes from outside.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lstm_lint import interp, library, run
from lstm_lint.outcome import File, Outcome
from lstm_lint.source.notebook import text_of
from lstm_lint.source.places import spans
from lstm_lint.source.text import Broken, wanted
from lstm_lint.trace import Called, Clashed, Operation, Trace
from lstm_lint.values.unknown import Unknown
from lstm_lint.values.value import Tensor, Thing, Tuple, Value

KINDS = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "CuDNNLSTM", "CuDNNGRU")
RECURRENT = {f"keras.layers.{kind}" for kind in KINDS}
WRAPPERS = {"keras.layers.Bidirectional", "keras.layers.TimeDistributed"}
MODELS = {"keras.Sequential", "keras.Model"}
OUTSIDE = ("parameter ", "unknown arguments", "a name of another program", "arguments from outside")
UNCALLED = "never called"
CALLS = re.compile("__call__|call|(fit|predict|evaluate|train|test)(_generator|_on_batch|_step)?")
"""The methods that run a layer or model."""
GENERIC = ("a shape of unknown rank", "not told")


def traces(directories: Iterable[Path], target: Any) -> Iterator[tuple[Any, Trace]]:
    """The programs under the directories that hold a recurrent name."""
    knowledge = library.load(target)
    for directory in directories:
        project = run.around(Outcome({}))
        for path in sorted(path for ending in ("py", "ipynb") for path in directory.rglob(f"*.{ending}")):
            data = path.read_bytes()
            try:
                if wanted(text_of(path, data)):
                    source = project.source(File(path).path, data)
                    yield source, interp.run(source, knowledge, project)
            except Broken:
                continue


def layers(source: Any, trace: Trace) -> dict[object, str]:
    """Where a recurrent layer is made -> why its output's shape is not fully known; nothing if it is."""
    made = {id(op.result): op for op in trace.operations if isinstance(op, Called) and isinstance(op.result, Thing)}
    outer = _wrapped(made.values())
    found: dict[object, str] = {}
    full = {row.place.node for model in trace.models for row in model.layers if row.place and _full(row.output_shape)}
    for operation in made.values():
        node = operation.place.node
        if operation.callee not in RECURRENT or operation.place.file is not source or found.get(node) == "":
            continue
        shown = outer.get(id(operation.result), operation)
        found[node] = "" if shown.place.node in full else _reason(shown, trace)
    return found


def _wrapped(made: Iterable[Called]) -> dict[int, Called]:
    """A wrapped layer -> what made its wrapper."""
    wrappers = [operation for operation in made if operation.callee in WRAPPERS]
    return {id(each.value): wrapper for wrapper in wrappers for each in wrapper.arguments}


def _full(shape: object) -> bool:
    """One shape, or those of the output and the states."""
    if not isinstance(shape, list):
        return False
    first = shape[0] if shape and isinstance(shape[0], list) else shape
    return "?" not in first


def _reason(made: Called, trace: Trace) -> str:
    layer = made.result
    if not _is_called(layer, trace):
        return UNCALLED
    calls = [op for op in trace.operations if isinstance(op, Called) and op.receiver is layer]
    called = next((op for op in calls if op.callee == "__call__"), None)
    if made.open:
        return "arguments from outside"
    if called is None:
        return _why(_making(layer)) or "it is never seen called"
    values: list[Value | None] = [*(argument.value for argument in called.arguments), called.result]
    reasons = [why for value in (*values, _making(layer)) if (why := _why(value))]
    return next((why for why in reasons if why not in GENERIC), (reasons or ["not told"])[0])


def _is_called(layer: Value | None, trace: Trace, depth: int = 0) -> bool:
    """Does anything call it, or take it to where it may be called? What Keras refuses gives no output."""
    refused = {id(op.operation) for op in trace.operations if isinstance(op, Clashed) and not op.silent}
    for op in trace.operations:
        if not isinstance(op, Called) or id(op) in refused:
            continue
        if op.receiver is layer:
            if CALLS.fullmatch(op.callee):
                return True
        elif any(_holds(argument.value, layer) for argument in op.arguments):
            taker = op.result if op.receiver is None else op.receiver
            goes_on = isinstance(taker, Thing) and (taker.type in WRAPPERS or taker.type in MODELS) and depth < 5
            if not goes_on or _is_called(taker, trace, depth + 1):
                return True
    return False


def _holds(value: Any, layer: Value | None) -> bool:
    return value is layer or (isinstance(value, Tuple) and any(_holds(item, layer) for item in value.items))


def _making(layer: Value | None) -> Value | None:
    operation: Operation | None = layer.origin.operation if isinstance(layer, Thing) and layer.origin else None
    given = operation.arguments if isinstance(operation, Called) else ()
    return Tuple(tuple(argument.value for argument in given))


def _why(value: Any) -> str:
    """The first unknown in a value."""
    if isinstance(value, Unknown):
        return value.reason
    if isinstance(value, Tensor):
        return _why(value.shape) if isinstance(value.shape, Unknown) else _first(value.shape)
    return _first(value.items) if isinstance(value, Tuple) else ""


def _first(values: Iterable[Any]) -> str:
    return next((why for value in values if (why := _why(value))), "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("--target", choices=("keras2", "keras3"), default="keras2")
    parser.add_argument("--list", action="store_true", help="show the place of each layer that is not fully known")
    options = parser.parse_args()
    reasons: Counter[str] = Counter()
    for source, trace in traces(options.directories, options.target):
        found = layers(source, trace)
        reasons.update(found.values())
        if options.list:
            places = spans(source, found)
            for node, why in found.items():
                if why not in ("", UNCALLED):
                    print(f"{source.path}:{places[node].row}: {why}")
    idle = reasons.pop(UNCALLED, 0)
    known, total = reasons.pop("", 0), reasons.total()
    outside = sum(count for why, count in reasons.items() if why.startswith(OUTSIDE))
    print(f"{known} of {known + total} recurrent layers have their full output shape: {known / (known + total):.1%}")
    print(f"of those whose sizes the project itself writes: {known / (known + total - outside):.1%}")
    print(f"never called, or refused: {idle}")
    for why, count in reasons.most_common(25):
        print(f"{count:6}  {why}")


if __name__ == "__main__":
    main()
