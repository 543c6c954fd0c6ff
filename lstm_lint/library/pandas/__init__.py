"""pandas. A table is a thing (columns come and go in place), a column an array of rank 1.

What a file holds is not known, its rank is: a table read from outside has symbols for its rows and columns, and what is cut
from it shares them.
"""
