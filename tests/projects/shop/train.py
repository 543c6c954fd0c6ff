import helpers.windows as windows
from models import build
from src.lib.core import nothing

model = build(windows.LENGTH, deep=True)
