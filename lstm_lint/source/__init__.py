"""Text and its tree: decode, parse, say where a node stands, heed comments, edit. The only room, with `interp`, that sees libcst.

Import the submodules by name: this file imports none, so that a run with nothing to parse imports no libcst.
"""
