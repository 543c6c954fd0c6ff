"""Runs programs in real Keras, for the tests alone: a JSON list of texts on stdin, what each raised on stdout.

Unlike `run_programs.py` each has an empty folder of its own, since some write files.
"""

import json
import os
import sys
import tempfile

from run_programs import run


def main():
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
    import keras

    assert keras.__version__.startswith("3."), keras.__version__
    answers = []
    for program in json.load(sys.stdin):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            answers.append(run(program))
            os.chdir("/")
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
