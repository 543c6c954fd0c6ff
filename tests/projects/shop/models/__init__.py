from .stack import build
