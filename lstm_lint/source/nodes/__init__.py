"""The tree that is run: what libcst's tree says of a program, in its names, without blanks, comments and brackets.

Whoever knows libcst's nodes knows these, and a node and its twin in libcst's tree of the same text can be told from the place
that they have in their trees. There are no positions: libcst is asked for those of the few nodes that somebody reports.
They are written out by hand: to make so many dataclasses takes a start 20 ms.
"""

from lstm_lint.source.nodes.expressions import *
from lstm_lint.source.nodes.statements import *
from lstm_lint.source.nodes.walk import names_of as names_of
from lstm_lint.source.nodes.walk import within as within
from lstm_lint.source.nodes.walk import words as words
