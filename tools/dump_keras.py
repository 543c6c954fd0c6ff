"""Writes down what one version of Keras offers, as `lstm_lint/library/versions/keras-MAJOR.MINOR.json`, and which kinds of
values its layers refuse, as `refused-MAJOR.MINOR.json` beside it (some minutes; `--refused PATTERN` asks fewer layers).

Run it inside an environment that holds that version and TensorFlow; the linter takes the newest file of each
generation. So Keras 3.16 is added, where it is installed, by one command:

    python tools/dump_keras.py

`--package tf_keras` dumps tf_keras instead, for comparison (it is not shipped); `--output` names another folder.
"""

import argparse
import json
import os
import platform
import warnings
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", KERAS_BACKEND="tensorflow")

import keras_makers as makers
import keras_probes as probes
import keras_refusals as refusals
from keras_identifiers import identifiers
from keras_names import Names, constructor, is_a, methods, parameters, public

SHIPPED = Path(__file__).resolve().parent.parent / "lstm_lint" / "library" / "versions"
REFUSED = {"keras": "refused", "tf_keras": "refused-tf_keras"}
EVERY = "every layer"
NEEDS_MORE = {"keras.layers.STFTSpectrogram"}  # made only where scipy is


class Dump:
    """The facts about one package; every part of the file is one method."""

    def __init__(self, keras: Any, tensorflow: Any, with_tensorflow: bool) -> None:
        self.keras, self.tensorflow = keras, tensorflow
        self.names = Names(keras, tensorflow if with_tensorflow else None)
        self.known = dict(sorted(self.names.callables().items()))
        self.taken = makers.taken(keras)
        self.instances = {path: made for path in self.known if (made := self._made(path))}

    def _made(self, path: str) -> makers.Make | None:
        """How an instance is made, for what can be made without a model, a file or another library."""
        made = makers.maker(self.keras, path, self.known[path])
        if path in NEEDS_MORE or not (self.is_layer(path) or self._worth_probing(path)):
            return None
        try:
            made()
        except Exception:  # noqa: BLE001, nothing can be said about what cannot be made
            return None
        return made

    def _worth_probing(self, path: str) -> bool:
        thing = self.known[path]
        return (
            isinstance(thing, type)
            and any(kind == "kwargs" for _, kind, *_ in constructor(thing))
            or path == "keras.Input"
        )

    def kind(self, path: str) -> str:
        thing, keras = self.known[path], self.keras
        if is_a(thing, keras.Model):
            return "model"
        if is_a(thing, keras.layers.Layer) and not is_a(thing, keras.metrics.Metric):
            return "layer"
        return "class" if isinstance(thing, type) else "function"

    def is_layer(self, path: str) -> bool:
        return self.kind(path) == "layer"

    def callables(self) -> dict[str, Any]:
        """Bases before their heirs, so that a class tells only the methods that differ from what it inherits."""
        found: dict[str, Any] = {}
        for path, thing in sorted(self.known.items(), key=lambda item: len(getattr(item[1], "__mro__", ()))):
            if not isinstance(thing, type):
                found[path] = {"kind": "function", "parameters": parameters(thing)}
                continue
            kind, bases, call = self.kind(path), self.names.bases(thing), getattr(thing, "call", None)
            found[path] = {"kind": kind, "bases": bases, "parameters": constructor(thing)}
            if call and kind in ("layer", "model"):
                found[path]["call"] = parameters(call, bound=True)
                inherited = {name: p for base in bases[::-1] for name, p in found[base].get("methods", {}).items()}
                found[path]["methods"] = methods(thing, inherited)
        x = self.keras.Input((3,))
        found["keras.Model"]["methods"]["__init__"] = constructor(type(self.keras.Model(x, x)))
        return found

    def keywords(self) -> dict[str, dict[str, str]]:
        """Per class what differs from most layers; `unknown` is the answer to a keyword that nobody knows."""
        raw = {path: self._keywords(path) for path in self.instances}
        layers = [raw[path] for path in raw if self.is_layer(path)]
        asked = Counter(name for outcomes in layers for name in outcomes)
        shared = [name for name, times in asked.items() if times > len(layers) / 2]
        usual = {name: Counter(o[name] for o in layers if name in o).most_common(1)[0][0] for name in shared}
        every = {name: usual[name] for name in usual if name == "unknown" or usual[name] != usual["unknown"]}
        return {EVERY: every} | {path: self._unusual(path, raw[path], every) for path in raw}

    def _keywords(self, path: str) -> dict[str, str]:
        thing = self.known[path]
        listed = constructor(thing) if isinstance(thing, type) else parameters(thing)
        candidates: dict[str, object] = {}
        found: set[str] = set()
        if self.is_layer(path):
            candidates, found = makers.LAYER_KEYWORDS, self.taken | makers.handed_up(thing)
        elif path == "keras.Input":
            candidates = makers.LAYER_KEYWORDS
        elif path.startswith("keras.optimizers."):
            candidates, found = makers.OPTIMIZER_KEYWORDS, makers.handed_up(thing)
        outcomes = probes.keywords(self.instances[path], {str(name) for name, *_ in listed}, candidates, found)
        return {"unknown": outcomes.pop(probes.NONSENSE)} | outcomes

    def _unusual(self, path: str, outcomes: dict[str, str], every: dict[str, str]) -> dict[str, str]:
        shared = every if self.is_layer(path) else {}
        unknown = outcomes["unknown"]
        usual = {name: shared.get(name, unknown) for name in outcomes} | {"unknown": shared.get("unknown", "")}
        return {name: outcome for name, outcome in outcomes.items() if outcome != usual[name]}

    def members(self) -> dict[str, dict[str, list[str]]]:
        """Attributes of a built instance beyond those of every layer and model; `built`: those that building brings."""
        early: dict[str, set[str]] = {}
        late: dict[str, set[str]] = {}
        for path, make in self.instances.items():
            if self.is_layer(path):
                early[path] = readable(make())
                late[path] = set(public(probes.built(self.keras, make)))
        for path, instance in probes.things(self.keras, import_module("numpy")):
            late[path] = late.get(path, set()) | set(public(instance))
        layers = {path for path in late if path in self.known and self.kind(path) in ("layer", "model")}
        shared = set.intersection(*(late[path] for path in layers))
        found = {EVERY: {"names": sorted(shared)}}
        for path, names in late.items():
            own = names - (shared if path in layers else set())
            brought = own - early.get(path, own)
            found[path] = {"names": sorted(own - brought), "built": sorted(brought)}
        return {path: {key: names for key, names in entry.items() if names} for path, entry in found.items()}

    def file(self, version: str) -> dict[str, Any]:
        return {
            "about": {"keras": version, "tensorflow": self.tensorflow.__version__, "python": python()},
            "aliases": self.names.aliases(),
            "callables": self.callables(),
            "identifiers": identifiers(self.keras),
            "import only": sorted(self.names.import_only),
            "attribute only": sorted(self.names.attribute_only),
            "keywords": self.keywords(),
            "members": self.members(),
            "modules": self.names.modules(),
        }


def readable(instance: object) -> set[str]:
    """The public attributes that can be read now; a property may still complain that nothing is built."""
    found = set(public(instance))
    for name in tuple(found):
        try:
            getattr(instance, name)
        except Exception:  # noqa: BLE001, such a name is not there yet, whatever it raises
            found.discard(name)
    return found


def python() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def text(value: object, indent: str = "") -> str:
    """JSON with sorted keys, where each member of a list and each key has a line of its own."""
    if isinstance(value, dict) and value:
        lines = [f"{indent} {json.dumps(key)}: {text(value[key], indent + ' ')}" for key in sorted(value)]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"{indent} {json.dumps(item)}" for item in value) + f"\n{indent}]"
    return json.dumps(value)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--package", choices=("keras", "tf_keras"), default="keras")
    options.add_argument("--output", type=Path, default=SHIPPED)
    options.add_argument("--refused", default="", metavar="PATTERN", help="the layers that are asked what they refuse")
    given = options.parse_args()
    warnings.simplefilter("ignore")
    tensorflow, keras = import_module("tensorflow"), import_module(given.package)
    facts = Dump(keras, tensorflow, given.package == "keras").file(keras.__version__)
    minor = ".".join(keras.__version__.split(".")[:2])
    given.output.mkdir(parents=True, exist_ok=True)
    (given.output / f"{given.package}-{minor}.json").write_text(text(facts) + "\n", encoding="utf-8")
    refused = refusals.text(refusals.refusals(keras, tensorflow, given.refused))
    (given.output / f"{REFUSED[given.package]}-{minor}.json").write_text(refused, encoding="utf-8")


if __name__ == "__main__":
    main()
