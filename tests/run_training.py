"""Runs snippets of training under real Keras: a JSON list of them on stdin, exceptions and messages on stdout."""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

from run_programs import legacy

PRELUDE = Path(__file__).with_name("data") / "training_prelude.py"


def run(snippet, names):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(snippet, "<snippet>", "exec"), dict(names))  # noqa: S102
    except Exception as error:  # noqa: BLE001
        return [type(error).__name__, str(error)]
    return None


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    if sys.argv[1] == "keras2":
        legacy()
    names = {"__name__": "__main__"}
    exec(compile(PRELUDE.read_text(encoding="utf-8"), str(PRELUDE), "exec"), names)  # noqa: S102
    import keras

    assert keras.__version__.startswith(sys.argv[1][-1] + ".")
    answers = []
    for snippet in json.load(sys.stdin):
        names["keras"].backend.clear_session()
        answers.append(run(snippet, names))
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
