"""numpy: what it makes, and what its functions do to shapes."""
