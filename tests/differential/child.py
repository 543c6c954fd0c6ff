"""Runs models under real Keras: one JSON request a line on stdin, one answer a line on stdout.

Standard library and Keras only: the interpreter is one in which the project need not be installed. `child.py tf_keras`
takes that package for `keras`.
"""

import ast
import contextlib
import io
import json
import os
import random
import re
import sys
import warnings

BATCH, ROUND = 2, 25
OPEN = (6, 8, 4, 12, 3, 2, 5, 24, 1, 7, 9)
"""What open axes may be, and how many words a text may have: a model that runs with one of these is taken."""
WORDS, MOST = 3, 33


def shape(value):
    if isinstance(value, (list, tuple)) and not all(each is None or isinstance(each, int) for each in value):
        return [shape(each) for each in value]
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    dims = value if isinstance(value, (list, tuple)) else getattr(value, "shape", None)
    return None if dims is None else [None if dim is None else int(dim) for dim in dims]


def told(error, stage, row=0, end=0):
    return {"type": type(error).__name__, "message": str(error)[:600], "stage": stage, "row": row, "end": end}


def array(tensor, sizes, batch, words):
    import numpy
    import tensorflow

    dims = [next(sizes) if dim is None else dim for dim in tensor.shape[1:]]
    dims.insert(0, batch if tensor.shape[0] is None else tensor.shape[0])
    dtype = getattr(tensor.dtype, "name", tensor.dtype)
    return (
        tensorflow.fill(dims, " ".join("abcd"[each % 4] for each in range(words)))
        if dtype == "string"
        else numpy.zeros(dims, dtype)
    )


def alike(inputs):
    """Texts are tensors: Keras 3 takes no arrays beside them."""
    import tensorflow

    return [tensorflow.convert_to_tensor(each) for each in inputs]


def tries(count, known):
    """Sizes for so many open axes: all the same, then each pair of two by turns, then a few that differ."""
    yield from ([size] * count for size in (known if count else known[:1]))
    if count > 1:
        pairs = ((one, other) for one in known for other in known if one != other)
        yield from ([one, other] * (count // 2) + [one] * (count % 2) for one, other in pairs)
    if count > 2:
        draw = random.Random(count)
        yield from ([draw.choice(known) for _ in range(count)] for _ in range(30))


def run(model, most):
    """The output's shape for the first sizes of open axes with which the model runs; `most`: all up to a size, and with each batch."""
    error = None
    sizes = list(
        tries(sum(list(each.shape[1:]).count(None) for each in model.inputs), range(1, MOST) if most else OPEN)
    )
    texts = any(getattr(each.dtype, "name", each.dtype) == "string" for each in model.inputs)
    several = [(BATCH, each, WORDS) for each in sizes]
    several += [(BATCH, sizes[0], words) for words in (range(1, MOST) if most else OPEN) if texts and words != WORDS]
    several += [(size, [size] * len(sizes[0]), WORDS) for size in OPEN if size != BATCH]
    several += [(batch, [size] * len(sizes[0]), WORDS) for batch in OPEN for size in OPEN if most and sizes[0]]
    several += [(batch, sizes[0], words) for batch in OPEN for words in OPEN if most and texts]
    for batch, drawn, words in [*several, *((other, sizes[0], WORDS) for other in OPEN if other != BATCH)]:
        left = iter(drawn)
        inputs = [array(each, left, batch, words) for each in model.inputs]
        inputs = alike(inputs) if texts else inputs
        try:
            return shape(model(inputs[0] if len(inputs) == 1 else inputs))
        except Exception as problem:  # noqa: BLE001, whatever it raises is the answer
            error = error or problem
            forget(model)
    raise error


def forget(model):
    """What a run that failed left in the cells of Keras 2 would fail the next one."""
    for cell in model._flatten_layers():
        for reset in ("reset_dropout_mask", "reset_recurrent_dropout_mask"):
            getattr(cell, reset, lambda: None)()


def layer_shape(layer):
    try:
        return shape(layer.output)
    except Exception:  # noqa: BLE001, a layer that has no output of its own
        return None


def judge(text, forward, most):
    names, answer = {"__name__": "__main__"}, {"raised": None, "shapes": {}, "layers": [], "params": None, "real": None}
    for node in ast.parse(text).body:
        try:
            exec(compile(ast.Module([node], []), "<model>", "exec"), names)  # noqa: S102
        except Exception as error:  # noqa: BLE001, whatever it raises is the answer
            answer["raised"] = told(error, "build", node.lineno, node.end_lineno)
            return answer
    model = names["model"]
    answer["shapes"] = {name: shape(value) for name, value in names.items() if re.fullmatch(r"t\d+", name)}
    try:
        answer["layers"] = [layer_shape(layer) for layer in model.layers if type(layer).__name__ != "InputLayer"]
        answer["params"] = model.count_params()
        if forward:
            answer["real"] = run(model, most)
    except Exception as error:  # noqa: BLE001, whatever it raises is the answer
        answer["raised"] = told(error, "run")
    return answer


def main():
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", KERAS_BACKEND="tensorflow")
    warnings.simplefilter("ignore")
    package = sys.argv[1]
    keras = __import__(package)
    out = sys.stdout
    print(json.dumps(keras.__version__), file=out, flush=True)
    for count, line in enumerate(sys.stdin):
        asked = json.loads(line)
        text = asked["text"]
        if package != "keras":
            text = text.replace("import keras\n", f"import {package} as keras\n").replace(
                "from keras ", f"from {package} "
            )
        if count % ROUND == 0:  # it costs more than most models
            keras.backend.clear_session()
        with contextlib.redirect_stdout(io.StringIO()):
            answer = judge(text, asked["forward"], asked.get("most", False))
        print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
