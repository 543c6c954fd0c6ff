"""The fields in which things of Keras keep what rooms tell each other."""

from lstm_lint.values.value import Thing

FITTING = Thing("fitting")
"""Its field `of` is the heap of the program whose model is being trained."""

EAGERLY = Thing("eagerly")
"""Its field `of` is the heap of a program that tells TensorFlow to run functions step by step."""

JUDGED = Thing("judged")
"""Its field `output` holds the tensor that a loss of the user's is given, and the layer that gave it."""

DOOMED = Thing("doomed")
"""Its field `of` is the heap of a program in which a run of some model surely fails."""

TOLD = Thing("told")
"""Its field `of` is the heap of a program in which a run gives some other shape than Keras tells before."""

JOINED = Thing("joined")
"""Its field `of` is the heap of a program in which batches are put together, one behind the other."""

TRAINED = Thing("trained")
"""Its field `of` is the heap of a program in which some layer runs in training by its own default."""
