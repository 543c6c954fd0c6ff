"""Random models, each a program of plain Keras calls, judged by our inference and by real Keras."""
