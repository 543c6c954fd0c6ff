"""lstm-lint: knows the shape of every tensor in recurrent Keras code without running it, and proves what it says."""

__version__ = "0.1.0"
