"""Python's own functions and containers, and the standard library as far as sizes pass through it."""
