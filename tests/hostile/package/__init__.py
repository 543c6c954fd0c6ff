"""A package that does harm when it is imported."""
import os

os.system("touch CANARY")
open("CANARY", "w").close()
UNITS = 4
