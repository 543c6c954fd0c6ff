"""Runs programs under real Keras, for the tests alone: a JSON list of texts on stdin, what each raised on stdout.

`run_programs.py keras2` takes tf_keras for `keras` where `keras` itself is of the third generation. Standard library
and Keras only: the interpreter is one in which the project need not be installed.
"""

import contextlib
import io
import json
import os
import sys


def legacy():
    """`keras` and `tensorflow.keras` become tf_keras, unless Keras 2 is what is there."""
    import importlib.metadata

    if int(importlib.metadata.version("keras").split(".")[0]) > 2:
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        import tf_keras

        for name, module in list(sys.modules.items()):
            if name == "tf_keras" or name.startswith("tf_keras."):
                sys.modules["keras" + name[len("tf_keras") :]] = module
        assert tf_keras.__version__.startswith("2.")


def run(program):
    """[type, message] of what it raised, or None."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102
    except Exception as error:  # noqa: BLE001, whatever it raises is the answer
        return [type(error).__name__, str(error)]
    return None


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    if sys.argv[1] == "keras2":
        legacy()
    import keras

    assert keras.__version__.startswith(sys.argv[1][-1] + "."), f"{keras.__version__} is not {sys.argv[1]}"
    print(json.dumps([run(program) for program in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
