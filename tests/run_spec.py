"""Runs literate programs under real Keras, statement by statement: a JSON list of texts on stdin, answers on stdout.

For each text: the shapes that the names of its assignments then have, by row, and what each statement raised, by row.
A name that is missing because its own statement raised costs nothing further. Otherwise like run_programs.py.
"""

import ast
import contextlib
import io
import json
import os
import sys

from run_programs import legacy


def shape(value):
    found = getattr(value, "shape", None)
    try:
        return [None if dim is None else int(dim) for dim in found]
    except (TypeError, ValueError):
        return None


def targets(node):
    """The names that an assignment binds, in order."""
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    return []


def run(text):
    names, shapes, raised = {"__name__": "__main__"}, {}, {}
    for node in ast.parse(text).body:
        module = ast.Module([node], [])
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(module, "<spec>", "exec"), names)  # noqa: S102
        except NameError as error:
            if not raised:
                raised[node.lineno] = [type(error).__name__, str(error), node.end_lineno]
        except Exception as error:  # noqa: BLE001
            raised[node.lineno] = [type(error).__name__, str(error), node.end_lineno]
        else:
            shapes[node.lineno] = [shape(names.get(name)) for name in targets(node)]
    return {"shapes": shapes, "raised": raised}


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    if sys.argv[1] == "keras2":
        legacy()
    import keras

    assert keras.__version__.startswith(sys.argv[1][-1] + ".")
    print(json.dumps([run(text) for text in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
