"""Starts processes that stay, and bends the environment for those that come after."""
import multiprocessing
import os
import subprocess
import sys

import keras
from keras import layers

subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", "CANARY-PROCESS"])
os.environ["PYTHONPATH"] = os.environ["LD_PRELOAD"] = os.environ["KERAS_HOME"] = os.getcwd()
os.putenv("PYTHONSTARTUP", "module_level.py")
if os.fork() == 0:
    os.execv("/bin/sh", ["sh", "-c", "sleep 600 # CANARY-PROCESS"])
multiprocessing.Process(target=os.system, args=("sleep 600 # CANARY-PROCESS",)).start()
x = keras.Input((5, 3))
layers.LSTM(4)(layers.LSTM(4)(x))
layers.LSTM(4, name=os.popen("sleep 600 # CANARY-PROCESS").read())(layers.LSTM(4)(x))
