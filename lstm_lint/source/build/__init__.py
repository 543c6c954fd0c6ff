"""Python's own tree of a text becomes the tree that is run: some ten times as fast as libcst makes its own."""
