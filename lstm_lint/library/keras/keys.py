"""The fields in which things of Keras keep what rooms tell each other."""

from lstm_lint.values.value import Thing

BEGUN = ("begun",)
"""That the library base of a user's class was initialized: True, or `functional` if it was given tensors."""

MADE_IN_CALL = ("made in call",)
"""The name of the class in whose `call` a layer was made."""

FITTING = Thing("fitting")
"""Its field `of` is the heap of the program whose model is being trained."""
