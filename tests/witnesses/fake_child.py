"""Stands in for a child: what befalls it is told by the recipe, so that each fault costs just the recipe that names it."""

import json
import os
import signal
import subprocess
import sys
import time

HELLO = {"keras": "Keras 3.0.0", "backend": "none 1.0", "device": os.environ.get("FAKE", "cpu"), "home": "keras"}


def answer(number):
    print(json.dumps({"id": number, "warned": []}), flush=True)


def act(word, number):
    if "HANG" in os.environ:
        with open("hanging", "w") as file:
            file.write(str(os.getpid()))
        time.sleep(600)
    if word == "hang":
        time.sleep(600)
    elif word == "deaf":
        answer(number)
        time.sleep(600)
    elif word == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "leave":
        sys.exit(3)
    elif word == "babble":
        print("I0000 00:00 not an answer", flush=True)
    elif word == "flood":
        sys.stdout.write("x" * 5_000_000)
        sys.stdout.flush()
    elif word == "confuse":
        answer(number + 1)
    elif word == "lie":
        print(json.dumps({"id": number, "warned": [], "at": "soon", "raised": 3}), flush=True)
    elif word == "breed":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        with open("pid", "w") as file:
            file.write(str(child.pid))
        print(json.dumps({"id": number, "warned": [], "at": child.pid, "refused": False,
                          "raised": {"types": [os.getcwd()], "message": ""}}), flush=True)  # fmt: skip
    elif word == "tell":
        told = {"types": sorted(os.environ), "message": os.getcwd()}
        print(json.dumps({"id": number, "warned": [], "at": 0, "refused": False, "raised": told}), flush=True)
    elif isinstance(word, list) and word[0] == "call" and word[1] == "keras.layers.LSTM":
        slow, fused = [0.5, 1.0, 1.4, 1.8], [0.0, 0.1, 0.2, 0.3]
        print(json.dumps({"id": number, "warned": [], "ends": [slow, fused]}), flush=True)
    else:
        answer(number)


def main():
    if sys.argv[-1] == "generations":
        print(json.dumps({"keras3": "keras"}))
        return
    print(json.dumps(HELLO), flush=True)
    for line in sys.stdin:
        recipe = json.loads(line)
        act(recipe["steps"][0]["do"], recipe["id"])


main()
