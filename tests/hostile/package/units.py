import os

os.system("touch CANARY")
SIZE = 8
