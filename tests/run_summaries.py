"""Runs programs under real Keras and writes down the models that each made: a JSON list of texts on stdin.

Per program what it raised, or its models in the order of their making: the layers with the shapes that each call in the
model gave and their parameters, the total, and the lines of `model.summary()`. Otherwise like run_programs.py.
"""

import contextlib
import functools
import io
import json
import os
import sys
import traceback

from run_programs import legacy


class Watch:
    """Models as they are made, and what each layer first gave."""

    def __init__(self, keras):
        self.made, self.gave, self.inside = [], {}, 0
        self.keras, layers = keras, keras.layers
        keras.Model.__new__ = staticmethod(self.noting(keras.Model.__new__))
        layers.Layer.__call__ = self.calling(layers.Layer.__call__)
        if not keras.__version__.startswith("2."):  # a Sequential of Keras 3 keeps a functional model of its own
            keras.Sequential.build = self.hiding(keras.Sequential.build)

    def noting(self, new):
        @functools.wraps(new)
        def wrapper(cls, *args, **kwargs):
            model = new(cls, *args, **kwargs)
            if not self.inside and not any(each is model for each in self.made):
                self.made.append(model)
            return model

        return wrapper

    def calling(self, call):
        @functools.wraps(call)
        def wrapper(layer, *args, **kwargs):
            result = call(layer, *args, **kwargs)
            self.gave.setdefault(id(layer), (layer, shapes(result)))
            return result

        return wrapper

    def hiding(self, build):
        @functools.wraps(build)
        def wrapper(model, *args, **kwargs):
            self.inside += 1
            try:
                return build(model, *args, **kwargs)
            finally:
                self.inside -= 1

        return wrapper


def shapes(value):
    """A shape, or the shapes of several tensors in a row."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        found = [shapes(each) for each in value]
        flat = [shape for each in found for shape in (each if each and isinstance(each[0], list) else [each])]
        return flat[0] if len(flat) == 1 else flat
    if getattr(value, "shape", None) is None:
        return None
    return [None if dim is None else int(dim) for dim in value.shape]


def graph(model):
    """The functional model itself, or the one that a Sequential of Keras 3 keeps; None without any."""
    inner = getattr(model, "_functional", None)
    if inner is not None:
        return inner
    return model if hasattr(model, "_nodes_by_depth") and getattr(model, "outputs", None) else None


def calls(layer, inner):
    """What each call of the layer in this graph gave."""
    wanted = [node for nodes in inner._nodes_by_depth.values() for node in nodes]
    return [shapes(node.outputs) for node in layer._inbound_nodes if any(node is each for each in wanted)]


def row(layer, inner, watch):
    if inner is not None:
        gave = calls(layer, inner)
    else:
        gave = [watch.gave[id(layer)][1]] if id(layer) in watch.gave else []
    params = layer.count_params() if getattr(layer, "built", True) and hasattr(layer, "count_params") else None
    if not hasattr(layer, "count_params"):
        params = 0  # an operation of Keras 3
    return {"name": layer.name, "class": type(layer).__name__, "gave": gave, "params": params}


def described(model, watch):
    inner = graph(model)
    sequential = isinstance(model, watch.keras.Sequential)
    held = inner._operations if inner is not None and not sequential and hasattr(inner, "_operations") else model.layers
    lines, built = [], getattr(model, "built", False)
    if built:
        model.summary(print_fn=lambda line, **_: lines.append(line), line_length=200)
    return {
        "name": model.name,
        "layers": [row(layer, inner, watch) for layer in held],
        "params": model.count_params() if built else None,
        "summary": "\n".join(lines),
    }


def run(text, watch):
    watch.keras.backend.clear_session()
    watch.made.clear()
    watch.gave.clear()
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102
    except Exception:  # noqa: BLE001, whatever it raises is the answer
        return {"raised": traceback.format_exc()[-1500:]}
    return {"models": [described(model, watch) for model in watch.made]}


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    os.environ["COLUMNS"] = "200"  # so wide is the table of Keras 3
    if sys.argv[1] == "keras2":
        legacy()
    import keras

    assert keras.__version__.startswith(sys.argv[1][-1] + "."), f"{keras.__version__} is not {sys.argv[1]}"
    watch = Watch(keras)
    print(json.dumps([run(text, watch) for text in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
