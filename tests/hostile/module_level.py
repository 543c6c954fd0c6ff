"""Whoever imports or runs this is found out: CANARY comes to be."""
import os
import subprocess
import sys

import keras

os.system("touch CANARY")
subprocess.Popen(["touch", "CANARY"])
open("CANARY", "w").close()
exec("open('CANARY', 'w')")
eval("open('CANARY', 'w')")
__import__("os").system("touch CANARY")
sys.exit(3)
