"""Keyword arguments that came from elsewhere: from an older Keras, from another library, from memory.

What a name became is offered only where the layer at hand takes the new one, as the generated signatures tell.
"""

from collections.abc import Iterator

from lstm_lint.checks.case import Case, fact
from lstm_lint.claims import Claim
from lstm_lint.findings import Target
from lstm_lint.records import replace
from lstm_lint.trace import Clashed

SPELLING = 0.8
"""How alike two names must be (difflib) for the one to be named as what is meant."""

SLIP = 0.9
"""How alike, for nothing else to be meant."""

UNSURE = ("dropout_rate", "output_size")
"""Confused names that have another meaning as well."""

CONFUSED: dict[str, tuple[str, ...]] = {
    "return_sequence": ("return_sequences",),
    "return_seq": ("return_sequences",),
    "return_seqs": ("return_sequences",),
    "return_states": ("return_state",),
    "input_size": ("input_shape",),
    "hidden_size": ("units",),
    "hidden_dim": ("units",),
    "hidden_units": ("units",),
    "num_hidden": ("units",),
    "num_units": ("units",),
    "nb_units": ("units",),
    "n_units": ("units",),
    "unit": ("units",),
    "output_size": ("units", "filters"),
    "out_features": ("units",),
    "out_channels": ("filters",),
    "num_filters": ("filters",),
    "n_filters": ("filters",),
    "dropout_rate": ("dropout", "rate"),
    "recurrent_dropout_rate": ("recurrent_dropout",),
    "num_embeddings": ("input_dim",),
    "vocab_size": ("input_dim",),
    "embedding_dim": ("output_dim",),
    "num_epochs": ("epochs",),
}
"""Names of other libraries and of memory, and what they mean in Keras."""

RENAMED: dict[str, tuple[str, ...]] = {
    "output_dim": ("units", "filters"),
    "nb_filter": ("filters",),
    "filter_length": ("kernel_size",),
    "border_mode": ("padding",),
    "subsample_length": ("strides",),
    "subsample": ("strides",),
    "pool_length": ("pool_size",),
    "stride": ("strides",),
    "init": ("kernel_initializer", "embeddings_initializer"),
    "inner_init": ("recurrent_initializer",),
    "inner_activation": ("recurrent_activation",),
    "W_regularizer": ("kernel_regularizer", "embeddings_regularizer"),
    "U_regularizer": ("recurrent_regularizer",),
    "b_regularizer": ("bias_regularizer",),
    "W_constraint": ("kernel_constraint", "embeddings_constraint"),
    "U_constraint": ("recurrent_constraint",),
    "b_constraint": ("bias_constraint",),
    "dropout_W": ("dropout",),
    "dropout_U": ("recurrent_dropout",),
    "bias": ("use_bias",),
    "p": ("rate",),
    "sigma": ("stddev",),
    "nb_epoch": ("epochs",),
    "lr": ("learning_rate",),
    "input": ("inputs",),
    "output": ("outputs",),
}
"""Names of an older Keras that only changed: the value stays."""

REPLACED = {
    "batch_input_shape": "an Input(batch_shape=...) in front says it",
    "batch_shape": "Input(batch_shape=...) says it",
    "input_length": "the first axis of Input(shape=(timesteps, features)) says it",
    "input_dim": "Input(shape=...) says it",
    "input_shape": "Input(shape=...) says it",
    "batch_size": "Input(batch_size=...) says it",
    "time_major": "Keras wants (batch, timesteps, features): transpose before and after",
    "weights": "layer.set_weights([...]) once the layer is built says it",
    "dynamic": "compile(run_eagerly=True) says it",
    "implementation": "leave it out: it chose how the same numbers are computed",
    "consume_less": "leave it out: it chose how the same numbers are computed",
    "forget_bias_init": "unit_forget_bias=True says it",
    "input_dtype": "Input(dtype=...) says it",
    "dim_ordering": 'data_format="channels_last" or "channels_first" says it',
    "return_runtime": "leave it out",
    "decay": "learning_rate=keras.optimizers.schedules.InverseTimeDecay(...) says it",
    "show_accuracy": 'metrics=["accuracy"] in compile says it',
    "class_mode": "the loss says it",
    "workers": "leave it out: a PyDataset says it",
    "use_multiprocessing": "leave it out: a PyDataset says it",
    "max_queue_size": "leave it out: a PyDataset says it",
    "period": 'save_freq says it: "epoch", or a number of batches',
}
"""Names of an older Keras that something else replaces."""

IDLE = ("implementation", "consume_less", "return_runtime", "workers", "use_multiprocessing", "max_queue_size")
"""They changed nothing but the way to the same numbers: leaving them out changes nothing."""

EVERYWHERE = ("input_shape", "batch_input_shape", "name", "dtype", "trainable", "input_dim", "input_length", "weights")


def taken(case: Case[Clashed]) -> frozenset[str]:
    """The keywords that are taken here: those of the signature, and those that a layer passes on."""
    from lstm_lint.library import versions

    knowledge, callee = versions.load(case.target), called(case)
    parameters = {each.name for each in knowledge.parameters(callee) or () if each.kind in ("pos", "kw")}
    passed = (name for name in EVERYWHERE if knowledge.keyword(callee, name) == "accepted")
    return frozenset((*(fact(case, "known") or ()), *parameters, *passed))


def took(target: Target, callee: str, name: str) -> bool:
    """Does that generation take the keyword?"""
    from lstm_lint.library import versions

    knowledge, (owner, _, method) = versions.load(target), callee.rpartition(".")
    takes = knowledge.method(owner, method)
    if takes is not None:
        return any(each.name == name for each in takes)
    return knowledge.keyword(callee, name) in ("accepted", "ignored")


def called(case: Case[Clashed]) -> str:
    """The path of what is called."""
    return str(fact(case, "callee") or getattr(case.operation.operation, "callee", ""))


def outcome(case: Case[Clashed], claimed: Claim) -> Claim:
    """Python refuses a call that lacks a required argument before Keras sees the keyword that it does not know."""
    from lstm_lint.library import versions

    takes = versions.load(case.target).parameters(called(case)) or ()
    places = [each for each in takes if each.kind in ("pos", "posonly")]
    arguments = getattr(case.operation.operation, "arguments", ())
    placed = sum(not each.name for each in arguments)
    given = {each.name for each in places[:placed]} | {each.name for each in arguments}
    lacks = any(each.required and each.name not in given for each in takes)
    return replace(claimed, raises=("TypeError",), words=("missing",)) if lacks else claimed


def one_by_one(case: Case[Clashed]) -> Iterator[Case[Clashed]]:
    """A call may hold several keywords that are refused: each is a mistake of its own, though Keras stops once."""
    from lstm_lint.library import versions

    clashed, knowledge = case.operation, versions.load(case.target)
    yield case
    if clashed.clash.kind != "argument-refused":
        return
    for argument in getattr(clashed.operation, "arguments", ()):
        refused = knowledge.keyword(called(case), argument.name) in ("TypeError", "ValueError")
        if refused and argument.name not in ("", clashed.clash.at):
            yield replace(case, operation=replace(clashed, clash=replace(clashed.clash, at=argument.name)))
