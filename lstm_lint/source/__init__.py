"""Text and its tree: decode, parse, say where a node stands, heed comments, edit. The only room that sees libcst.

Import the submodules by name: this file imports none, so that a run that finds nothing imports no libcst.
"""
